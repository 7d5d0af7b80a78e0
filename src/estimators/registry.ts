import type { EstimatorDefinition } from './definition';
import { guarded } from './guard';
import { gaussianMargin } from './methods/gaussian-margin';
import { importance } from './methods/importance';
import { mc } from './methods/mc';
import { mmse } from './methods/mmse';
import { mmseMvs } from './methods/mmse-mvs';
import { mmsePairs } from './methods/mmse-pairs';
import { softmaxBaseline } from './methods/softmax';
import { taylor } from './methods/taylor';
import { taylorMvs } from './methods/taylor-mvs';

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
