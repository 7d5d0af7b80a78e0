import { type Classifier, centredGram, type NoisyBatch } from '../../src/estimators/model';
import { NormalSource } from '../../src/estimators/noise/gaussian';

export type LogitFunction = (x: ArrayLike<number>) => Float64Array;
/** K x d, row-major */
export type JacobianFunction = (x: ArrayLike<number>) => Float64Array;

/** Central differences in float64; exact inside a linear piece. */
export function numericalJacobian(f: LogitFunction, step = 1e-6): JacobianFunction {
  return (x) => {
    const point = Float64Array.from(x);
    const columns = Array.from(point, (value, j) => {
      point[j] = value + step;
      const above = f(point);
      point[j] = value - step;
      const below = f(point);
      point[j] = value;
      return above.map((a, i) => (a - (below[i] as number)) / (2 * step));
    });
    const classCount = (columns[0] as Float64Array).length;
    const jacobian = new Float64Array(classCount * point.length);
    for (const [j, column] of columns.entries()) {
      for (const [i, value] of column.entries()) jacobian[i * point.length + j] = value;
    }
    return jacobian;
  };
}

/** A classifier given by formulas, evaluated in float64: the port's reference adapter. */
export class ClosedFormClassifier implements Classifier {
  /** Every noisy input that was evaluated, in order. */
  readonly seen: Float64Array[] = [];

  constructor(
    readonly inputLength: number,
    readonly classCount: number,
    readonly f: LogitFunction,
    readonly jacobian: JacobianFunction = numericalJacobian(f),
    readonly record = false,
  ) {}

  async logits(x: Float32Array): Promise<Float32Array> {
    return Float32Array.from(this.f(x));
  }

  async noisyLogits({ x, sigma, seed, stream, firstSample, count }: NoisyBatch): Promise<Float32Array> {
    const source = new NormalSource(seed, stream);
    const noise = new Float64Array(this.inputLength);
    const result = new Float32Array(count * this.classCount);
    for (let i = 0; i < count; i++) {
      source.fill(firstSample + i, noise);
      const noisy = noise.map((value, j) => (x[j] as number) + sigma * value);
      if (this.record) this.seen.push(noisy);
      result.set(this.f(noisy), i * this.classCount);
    }
    return result;
  }

  async linearise(x: Float32Array) {
    return { logits: this.f(x), gram: centredGram(this.jacobian(x), this.classCount) };
  }
}

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
