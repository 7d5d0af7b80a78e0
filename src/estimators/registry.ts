import type { EstimatorDefinition } from './definition';
import { mc } from './mc';
import { softmaxBaseline } from './softmax';
import { taylor, taylorMvs } from './taylor';

/** Every estimator, in the order in which a sweep runs them: what is quick comes first. */
export const ESTIMATORS: readonly EstimatorDefinition[] = [taylor, taylorMvs, softmaxBaseline, mc];

/** The definition of an id, undefined for an unknown one. */
export function findEstimator(id: string): EstimatorDefinition | undefined {
  return ESTIMATORS.find((estimator) => estimator.id === id);
}
