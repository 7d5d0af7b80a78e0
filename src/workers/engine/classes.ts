import type { ClassReading } from '../../estimators/classes';
import { DEFAULT_STOP } from '../../estimators/estimate';
import { findEstimator } from '../../estimators/registry';
import { EngineError } from '../errors';
import type { ClassesRequest } from '../protocol/explain';
import { estimatorContext } from './context';
import { drive } from './drive';
import { assertGradients } from './gradients';
import type { JobSetting } from './job';

/** P[argmax = k] of all classes by one estimator; null if it was cancelled. Throws EngineError bad_request. */
export async function classReading(
  { estimatorId, x, sigma, seed }: Omit<ClassesRequest, 'modelId' | 'id'>,
  setting: JobSetting,
): Promise<ClassReading | null> {
  const definition = findEstimator(estimatorId);
  if (definition?.classes === undefined) {
    throw new EngineError('bad_request', `“${estimatorId}” has no probabilities of single classes.`);
  }
  if (definition.needsGradients) assertGradients(definition.name, setting.noGradients);
  const context = estimatorContext({ x, target: 0, sigmas: [sigma], seed, stop: DEFAULT_STOP }, setting);
  return drive(definition.classes(context, sigma), setting);
}
