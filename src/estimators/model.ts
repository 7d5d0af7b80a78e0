import { finish, type Steps } from './steps';

/**
 * All that the estimators know of a classifier. K is the number of classes, d the number of input values; matrices are
 * row-major. Adapters: tfjs in the worker, closed forms in the tests. Whatever needs noise in bulk names it by seed,
 * stream and sample number, so that an adapter can make it where the model runs; gradients are needed at few points,
 * so points and gradients themselves cross the port.
 */
export interface Classifier {
  /** K */
  readonly classCount: number;
  /** d */
  readonly inputLength: number;
  /** n x K logits of n inputs, given as n x d values. */
  logits(inputs: Float32Array): Promise<Float32Array>;
  /** count x K logits of noisy copies for consecutive noise samples. The input is never clipped. */
  noisyLogits(batch: NoisyBatch): Promise<Float32Array>;
  /** count x m inner products of the standard normal noise eps, before sigma and shift, with m x d directions. */
  noiseProjections(samples: NoiseSamples, directions: Float32Array): Promise<Float64Array>;
  /**
   * Vector-Jacobian products: for each of n inputs (n x d) and each of its m cotangents c (n x m x K) the input
   * gradient of sum_k c_k f_k. The identity as cotangents gives the Jacobian, e_t - e_i the gradient of a margin.
   */
  gradients(inputs: Float32Array, cotangents: Float32Array): Promise<Gradients>;
  /** Logits and Jacobian at x, from one forward pass and K gradients. */
  linearise(x: Float32Array): Promise<Linearisation>;
  /** What noisy copies are called and by how much, where that takes less than their logits; NaN margins mark bad logits. */
  readonly noisyCalls?: ((batch: NoisyBatch, target: number) => Promise<Calls>) | undefined;
  /**
   * Logits and gradients of n inputs (n x d) averaged with each row of n weights, where that takes less than all of the
   * gradients.
   */
  readonly averagedGeometry?:
    | ((inputs: Float32Array, weights: readonly Float64Array[]) => Promise<LogitGeometry[]>)
    | undefined;
  /** The same model in float64, found when it is first asked for; null where it has no such form. */
  readonly reference?: (() => Promise<ReferenceEvaluation | null>) | undefined;
}

/** A float64 evaluation of a classifier's own weights: tells a change of class from the rounding of float32. */
export interface ReferenceEvaluation {
  /** K logits of one input of d values. Slow: plain JavaScript, one input at a time. */
  logits(input: Float32Array): Promise<Float64Array>;
  /** Largest difference between margins in float32 and in float64 that was seen on calibration pictures. */
  readonly marginError: number;
}

/** Consecutive samples of a noise stream. */
export interface NoiseSamples {
  readonly seed: number;
  readonly stream: number;
  /** Number of the first noise sample; samples firstSample ... firstSample + count - 1 are used. */
  readonly firstSample: number;
  readonly count: number;
}

/** Copies x + sigma * (eps_i + u_i) of one input. A negative sigma gives the antithetic copies. */
export interface NoisyBatch extends NoiseSamples {
  readonly x: Float32Array;
  readonly sigma: number;
  /** The shifts u_i; none if absent. */
  readonly shifts?: NoiseShifts;
}

/** Which of a few shift vectors each sample of a batch gets. */
export interface NoiseShifts {
  /** m x d, in units of sigma */
  readonly vectors: Float32Array;
  /** For each of the batch's samples the number of its vector, -1 for none. */
  readonly vectorOf: Int32Array;
}

/** What each of some noisy copies is called. */
export interface Calls {
  readonly called: Int32Array;
  /** The target's logit less the largest of the others. */
  readonly margins: Float64Array;
}

export interface Gradients {
  /** n x K */
  readonly logits: Float32Array | Float64Array;
  /** n x m x d */
  readonly gradients: Float32Array | Float64Array;
}

/** Logits with the inner products of their gradients: what the margins of any target need. */
export interface LogitGeometry {
  /** K logits */
  readonly logits: Float64Array;
  /** K x K inner products of the logits' input gradients less their mean over the classes. */
  readonly gram: Float64Array;
  /** Squared norms of margin gradients up to this are rounding of the logits; 0 if absent. */
  readonly rounding?: number;
}

/** First-order picture of the logits at a point. */
export interface Linearisation extends LogitGeometry {
  /** K x d input gradients of the logits */
  readonly jacobian: Float32Array | Float64Array;
}

/** The K x K identity: as cotangents it asks for the whole Jacobian. */
export function identityCotangents(classCount: number): Float32Array {
  const identity = new Float32Array(classCount * classCount);
  for (let k = 0; k < classCount; k++) identity[k * (classCount + 1)] = 1;
  return identity;
}

/**
 * Inner products of the rows of a K x d Jacobian after subtracting their mean: margins do not see what all
 * logits share, and without it the products keep their digits.
 */
export function centredGram(jacobian: Float32Array | Float64Array, classCount: number): Float64Array {
  return finish(centredGramInSteps(jacobian, classCount));
}

/** `centredGram` in steps: a thousand classes of a large picture take half a minute. */
export function* centredGramInSteps(
  jacobian: Float32Array | Float64Array,
  classCount: number,
): Steps<Float64Array> {
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
    yield;
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
      throw new ClassifierError(
        `The model returned ${values[i]} as one of its ${what}: its weights may be damaged, or the image's values too large for it.`,
      );
  }
}
