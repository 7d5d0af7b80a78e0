import type { EstimatorDefinition } from './definition';
import { gaussianMargin } from './gaussian-margin';
import { guarded } from './guard';
import { importance } from './importance';
import { mc } from './mc';
import { mmse, mmseMvs, mmsePairs } from './mmse';
import { softmaxBaseline } from './softmax';
import { taylor, taylorMvs } from './taylor';

/** Every estimator, in the order in which a sweep runs them: what is quick comes first. */
export const ESTIMATORS: readonly EstimatorDefinition[] = [
  taylor,
  taylorMvs,
  softmaxBaseline,
  gaussianMargin,
  mmse,
  mmseMvs,
  mmsePairs,
  mc,
  importance,
].map(guarded);

/** The definition of an id, undefined for an unknown one. */
export function findEstimator(id: string): EstimatorDefinition | undefined {
  return ESTIMATORS.find((estimator) => estimator.id === id);
}
