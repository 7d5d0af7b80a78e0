import type { ClassReading } from '../../estimators/classes';
import { DEFAULT_STOP } from '../../estimators/estimate';
import type { ChainIntegrator } from '../../estimators/gaussian-cdf';
import type { Classifier } from '../../estimators/model';
import { findEstimator } from '../../estimators/registry';
import { EngineError } from '../errors';
import type { ClassesRequest } from '../protocol';
import { estimatorContext } from './context';
import { drive } from './drive';
import { assertGradients } from './gradients';
import { type Pace, pauseBetweenSteps } from './pause';

/** P[argmax = k] of all classes by one estimator; null if it was cancelled. Throws EngineError bad_request. */
export async function classReading(
  request: Omit<ClassesRequest, 'modelId' | 'id'>,
  classifier: Classifier,
  signal: AbortSignal,
  pace: Pace,
  noGradients: string | null,
  integrator?: ChainIntegrator,
): Promise<ClassReading | null> {
  const { estimatorId, x, sigma, seed } = request;
  const definition = findEstimator(estimatorId);
  if (definition?.classes === undefined) {
    throw new EngineError('bad_request', `“${estimatorId}” has no probabilities of single classes.`);
  }
  if (definition.needsGradients) assertGradients(definition.name, noGradients);
  const context = estimatorContext({
    classifier,
    x,
    target: 0,
    sigmas: [sigma],
    seed,
    stop: DEFAULT_STOP,
    now: () => pace.now(),
    pause: pauseBetweenSteps(pace, signal),
    integrator,
  });
  return drive(definition.classes(context, sigma), signal, pace);
}
