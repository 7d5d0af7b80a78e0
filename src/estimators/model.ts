/**
 * All that the estimators know of a classifier. K is the number of classes, d the number of input values.
 * Adapters: tfjs in the worker, closed forms in the tests.
 */
export interface Classifier {
  /** K */
  readonly classCount: number;
  /** d */
  readonly inputLength: number;
  /** K logits f(x) of one input of d values. */
  logits(x: Float32Array): Promise<Float32Array>;
  /** count x K logits, row-major, of x + sigma * eps for consecutive noise samples. The input is never clipped. */
  noisyLogits(batch: NoisyBatch): Promise<Float32Array>;
  /** Logits and gradient geometry at x, from one forward pass and one Jacobian. */
  linearise(x: Float32Array): Promise<Linearisation>;
}

export interface NoisyBatch {
  readonly x: Float32Array;
  readonly sigma: number;
  readonly seed: number;
  readonly stream: number;
  /** Number of the first noise sample; samples firstSample ... firstSample + count - 1 are used. */
  readonly firstSample: number;
  readonly count: number;
}

/** First-order picture of the logits at a point. */
export interface Linearisation {
  /** K logits */
  readonly logits: Float64Array;
  /** K x K inner products of the logits' input gradients less their mean over the classes, row-major. */
  readonly gram: Float64Array;
}

/**
 * Inner products of the rows of a K x d Jacobian after subtracting their mean: margins do not see what all
 * logits share, and without it the products keep their digits.
 */
export function centredGram(jacobian: Float32Array | Float64Array, classCount: number): Float64Array {
  const d = jacobian.length / classCount;
  const rows = Float64Array.from(jacobian);
  for (let j = 0; j < d; j++) {
    let mean = 0;
    for (let i = 0; i < classCount; i++) mean += rows[i * d + j] as number;
    mean /= classCount;
    for (let i = 0; i < classCount; i++) rows[i * d + j] = (rows[i * d + j] as number) - mean;
  }
  const gram = new Float64Array(classCount * classCount);
  for (let a = 0; a < classCount; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (rows[a * d + j] as number) * (rows[b * d + j] as number);
      gram[a * classCount + b] = sum;
      gram[b * classCount + a] = sum;
    }
  }
  return gram;
}

/** Index of the largest logit, the first of equals. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

/** Thrown when a classifier returns NaN or infinite logits, or an index is outside its classes. */
export class ClassifierError extends Error {
  override readonly name = 'ClassifierError';
}

export function assertFinite(values: ArrayLike<number>, what: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new ClassifierError(`the model returned ${values[i]} as one of its ${what}`);
  }
}
