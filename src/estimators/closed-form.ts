import {
  type Classifier,
  centredGram,
  type Gradients,
  type NoiseSamples,
  type NoisyBatch,
  type ReferenceEvaluation,
} from './model';
import { NormalSource } from './noise/gaussian';
import { project } from './noise/projections';

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

/** A classifier given by formulas, evaluated in float64: the port's reference adapter, and the lesson's. */
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

  async logits(inputs: Float32Array): Promise<Float32Array> {
    const count = inputs.length / this.inputLength;
    const result = new Float32Array(count * this.classCount);
    for (let i = 0; i < count; i++) result.set(this.f(this.#row(inputs, i)), i * this.classCount);
    return result;
  }

  async noisyLogits({ x, sigma, shifts, ...samples }: NoisyBatch): Promise<Float32Array> {
    const d = this.inputLength;
    const normals = this.#normals(samples);
    const result = new Float32Array(samples.count * this.classCount);
    for (let i = 0; i < samples.count; i++) {
      const vector = shifts?.vectorOf[i] ?? -1;
      const shift = vector < 0 ? undefined : shifts?.vectors.subarray(vector * d, (vector + 1) * d);
      const noisy = normals
        .subarray(i * d, (i + 1) * d)
        .map((value, j) => (x[j] as number) + sigma * (value + (shift?.[j] ?? 0)));
      if (this.record) this.seen.push(noisy);
      result.set(this.f(noisy), i * this.classCount);
    }
    return result;
  }

  async noiseProjections(samples: NoiseSamples, directions: Float32Array): Promise<Float64Array> {
    return project(this.#normals(samples), directions, this.inputLength);
  }

  async gradients(inputs: Float32Array, cotangents: Float32Array): Promise<Gradients> {
    const { inputLength: d, classCount: K } = this;
    const count = inputs.length / d;
    const perInput = cotangents.length / K / count;
    const logits = new Float64Array(count * K);
    const gradients = new Float64Array(count * perInput * d);
    for (let i = 0; i < count; i++) {
      const point = this.#row(inputs, i);
      const jacobian = this.jacobian(point);
      logits.set(this.f(point), i * K);
      for (let r = i * perInput; r < (i + 1) * perInput; r++) {
        for (let k = 0; k < K; k++) {
          const weight = cotangents[r * K + k] as number;
          if (weight === 0) continue;
          for (let j = 0; j < d; j++) {
            gradients[r * d + j] =
              (gradients[r * d + j] as number) + weight * (jacobian[k * d + j] as number);
          }
        }
      }
    }
    return { logits, gradients };
  }

  async linearise(x: Float32Array) {
    const jacobian = this.jacobian(x);
    return { logits: this.f(x), jacobian, gram: centredGram(jacobian, this.classCount) };
  }

  /** The formula itself, before its logits are rounded to float32. */
  async reference(): Promise<ReferenceEvaluation> {
    return { logits: async (input) => this.f(input), marginError: 0 };
  }

  #row(inputs: Float32Array, i: number): Float32Array {
    return inputs.subarray(i * this.inputLength, (i + 1) * this.inputLength);
  }

  /** count x d in float64 */
  #normals({ seed, stream, firstSample, count }: NoiseSamples): Float64Array {
    const source = new NormalSource(seed, stream);
    const normals = new Float64Array(count * this.inputLength);
    for (let i = 0; i < count; i++)
      source.fill(firstSample + i, normals, i * this.inputLength, this.inputLength);
    return normals;
  }
}
