import type { EstimatorContext, EstimatorDefinition, EstimatorUpdate } from '../../src/estimators/definition';
import { DEFAULT_STOP, type Estimate } from '../../src/estimators/estimate';
import { argmax, type Classifier } from '../../src/estimators/model';

/** A complete context around a classifier, with the clean prediction as target. */
export async function contextFor(
  classifier: Classifier,
  x: Float32Array,
  sigmas: readonly number[],
  overrides: Partial<EstimatorContext> = {},
): Promise<EstimatorContext> {
  const value = await classifier.linearise(x);
  return {
    classifier,
    x,
    target: argmax(value.logits),
    sigmas,
    seed: 1,
    stop: DEFAULT_STOP,
    linearisation: async () => ({ value, ms: 0 }),
    now: () => performance.now(),
    ...overrides,
  };
}

export async function collect(
  definition: EstimatorDefinition,
  context: EstimatorContext,
): Promise<EstimatorUpdate[]> {
  const updates: EstimatorUpdate[] = [];
  for await (const update of definition.run(context)) updates.push(update);
  return updates;
}

/** The last estimate of every radius. */
export async function finalEstimates(
  definition: EstimatorDefinition,
  context: EstimatorContext,
): Promise<Estimate[]> {
  const last: Estimate[] = [];
  for await (const { sigmaIndex, estimate } of definition.run(context)) last[sigmaIndex] = estimate;
  return last;
}
