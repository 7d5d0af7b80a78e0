import { NormalSource, STREAMS } from '../../estimators/noise/gaussian';
import { EngineError } from '../errors';
import type { MeasureRequest, PassRequest } from '../protocol/batch';
import type { TfjsClassifier } from '../tfjs/classifier';

const GREY = 0.5;
const SIGMA = 0.25;

/** n x K logits or n x d gradients of the given inputs. Throws EngineError bad_request for inputs of another size. */
export async function evaluatePass(
  classifier: TfjsClassifier,
  { pass, inputs }: Omit<PassRequest, 'modelId'>,
): Promise<Float32Array> {
  const d = classifier.inputLength;
  if (inputs.length === 0 || inputs.length % d !== 0) {
    throw new EngineError(
      'bad_request',
      `The model takes ${d} values an input and was given ${inputs.length}.`,
    );
  }
  const prepared = classifier.prepare(pass, inputs);
  try {
    return await prepared.run();
  } finally {
    prepared.dispose();
  }
}

/**
 * Milliseconds of each repeat of a pass over one batch of noisy grey images. Copying the inputs in is not part of
 * them, reading the result back is. Throws EngineError bad_request.
 */
export async function measurePass(
  classifier: TfjsClassifier,
  { pass, batch, repeats }: Omit<MeasureRequest, 'modelId'>,
): Promise<number[]> {
  if (![batch, repeats].every((count) => Number.isSafeInteger(count) && count > 0)) {
    throw new EngineError(
      'bad_request',
      'A measurement needs a batch and a number of repeats of at least 1.',
    );
  }
  const inputs = new Float32Array(batch * classifier.inputLength);
  new NormalSource(0, STREAMS.pilot).fill(0, inputs);
  const prepared = classifier.prepare(
    pass,
    inputs.map((normal) => GREY + SIGMA * normal),
  );
  const times: number[] = [];
  try {
    for (let i = 0; i < repeats; i++) {
      const start = performance.now();
      await prepared.run();
      times.push(performance.now() - start);
    }
  } finally {
    prepared.dispose();
  }
  return times;
}
