import type { ClassReading } from './classes/reading';
import type { Estimate } from './estimate';
import type { Classifier } from './model';
import { assertSeed } from './noise/gaussian';

/** What every question about one image asks of. */
export interface EstimatorRequest {
  readonly classifier: Pick<Classifier, 'classCount' | 'inputLength'>;
  readonly x: Float32Array;
  readonly target: number;
  readonly sigmas: readonly number[];
  readonly seed: number;
}

/** Thrown for a question that has no answer; the message says what to change. */
export class RequestError extends RangeError {
  override readonly name = 'RequestError';
}

/** Thrown where arithmetic would have ended in something that is no probability or no error. */
export class EstimateError extends Error {
  override readonly name = 'EstimateError';
}

/** Throws RequestError unless the image fits the model and holds finite values. */
export function assertImage({ classifier, x }: Pick<EstimatorRequest, 'classifier' | 'x'>): void {
  const { classCount, inputLength } = classifier;
  if (!(classCount >= 2)) {
    throw new RequestError(
      `The model has ${classCount === 1 ? 'one class only' : 'no classes'}: robustness needs at least two to choose from.`,
    );
  }
  if (x.length !== inputLength) {
    throw new RequestError(`The image has ${x.length} values and the model takes ${inputLength}.`);
  }
  if (!x.every(Number.isFinite)) {
    throw new RequestError('The image has values that are not finite numbers.');
  }
}

/** Throws RequestError unless the model has the class. */
export function assertTarget({ classifier, target }: Pick<EstimatorRequest, 'classifier' | 'target'>): void {
  if (!(Number.isInteger(target) && target >= 0 && target < classifier.classCount)) {
    throw new RequestError(
      `The model has no class ${target}; its classes are numbered 0 to ${classifier.classCount - 1}.`,
    );
  }
}

/** Throws RequestError unless there are radii and all of them are positive and finite. */
function assertRadii(sigmas: readonly number[]): void {
  if (sigmas.length === 0) throw new RequestError('A sweep needs at least one radius.');
  for (const sigma of sigmas) {
    if (!(sigma > 0 && Number.isFinite(sigma))) {
      throw new RequestError(`A noise radius is a positive, finite number, not ${sigma}.`);
    }
  }
}

/** All of the above, and the seed. Throws RequestError, or RangeError for a seed. */
export function assertRequest(request: EstimatorRequest): void {
  assertImage(request);
  assertTarget(request);
  assertRadii(request.sigmas);
  assertSeed(request.seed);
}

/** Throws EstimateError unless every number of the estimate is what it claims to be. */
export function assertEstimate(name: string, estimate: Estimate): void {
  const { sigma, p, lo, hi, level, numericalError, samplingError, evaluations, gradients, ms } = estimate;
  const sizes = [numericalError, samplingError, evaluations, gradients, ms];
  assertSound(name, sigma, [p, lo, hi, level], sizes);
}

/** The same for the probabilities of all classes. */
export function assertReading(name: string, { classes, sigma, others }: ClassReading): void {
  const sizes = classes.flatMap(({ numericalError, samplingError }) => [numericalError, samplingError]);
  assertSound(name, sigma, [others.atMost, ...classes.map(({ p }) => p)], sizes);
}

function assertSound(
  name: string,
  sigma: number,
  probabilities: readonly (number | null)[],
  sizes: readonly (number | null)[],
): void {
  const isProbability = (value: number | null): boolean => value === null || (value >= 0 && value <= 1);
  const isSize = (value: number | null): boolean => value === null || (value >= 0 && Number.isFinite(value));
  if (probabilities.every(isProbability) && sizes.every(isSize)) return;
  throw new EstimateError(
    `${name} found no usable number at radius ${sigma}; the model's values may be extreme.`,
  );
}
