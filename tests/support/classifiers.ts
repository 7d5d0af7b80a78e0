import { ClosedFormClassifier } from '../../src/estimators/closed-form';
import type {
  Classifier,
  Gradients,
  Linearisation,
  NoiseSamples,
  NoisyBatch,
} from '../../src/estimators/model';

export {
  ClosedFormClassifier,
  numericalJacobian,
} from '../../src/estimators/closed-form';

/** f(x) = W x + b with W given as K rows of d. */
export function linearClassifier(
  weights: readonly (readonly number[])[],
  bias: readonly number[],
  record = false,
) {
  const d = (weights[0] as readonly number[]).length;
  return new ClosedFormClassifier(
    d,
    weights.length,
    (x) =>
      Float64Array.from(weights, (row, i) =>
        row.reduce((sum, w, j) => sum + w * (x[j] as number), bias[i] as number),
      ),
    () => Float64Array.from(weights.flat()),
    record,
  );
}

/** Passes everything on and counts inputs that were evaluated and scalars that were differentiated. */
export class CountingClassifier implements Classifier {
  readonly classCount: number;
  readonly inputLength: number;
  evaluations = 0;
  gradientCount = 0;

  constructor(readonly inner: Classifier) {
    this.classCount = inner.classCount;
    this.inputLength = inner.inputLength;
  }

  async logits(inputs: Float32Array): Promise<Float32Array> {
    this.evaluations += inputs.length / this.inputLength;
    return this.inner.logits(inputs);
  }

  async noisyLogits(batch: NoisyBatch): Promise<Float32Array> {
    this.evaluations += batch.count;
    return this.inner.noisyLogits(batch);
  }

  async noiseProjections(samples: NoiseSamples, directions: Float32Array): Promise<Float64Array> {
    return this.inner.noiseProjections(samples, directions);
  }

  async gradients(inputs: Float32Array, cotangents: Float32Array): Promise<Gradients> {
    this.evaluations += inputs.length / this.inputLength;
    this.gradientCount += cotangents.length / this.classCount;
    return this.inner.gradients(inputs, cotangents);
  }

  async linearise(x: Float32Array): Promise<Linearisation> {
    this.evaluations += 1;
    this.gradientCount += this.classCount;
    return this.inner.linearise(x);
  }
}
