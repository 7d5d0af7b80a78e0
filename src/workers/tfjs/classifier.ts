import {
  type Classifier,
  centredGram,
  type Gradients,
  identityCotangents,
  type Linearisation,
  type NoiseSamples,
  type NoisyBatch,
} from '../../estimators/model';
import { NoiseCache } from '../../estimators/noise/cache';
import { project } from '../../estimators/noise/projections';
import * as tf from './tf';

/** WebGPU keeps a pool of buffers by size that never shrinks, so there every batch of noisy copies has this size. */
const FIXED_BATCH = 256;
/** Rows that are differentiated at once: a backward pass holds every layer's output for each. */
const GRADIENT_BATCH = 128;

const noise = new NoiseCache();

/** The estimators' view of a tfjs Layers model that maps [n, H, W, C] to n x K logits. */
export class TfjsClassifier implements Classifier {
  readonly inputLength: number;

  constructor(
    readonly model: tf.LayersModel,
    readonly shape: readonly [number, number, number],
    readonly classCount: number,
  ) {
    this.inputLength = shape[0] * shape[1] * shape[2];
  }

  dispose(): void {
    this.model.dispose();
  }

  async logits(inputs: Float32Array): Promise<Float32Array> {
    const { inputLength: d, classCount: K } = this;
    const count = inputs.length / d;
    const logits = new Float32Array(count * K);
    for (let first = 0; first < count; first += FIXED_BATCH) {
      const n = Math.min(FIXED_BATCH, count - first);
      const rows = paddedRows(n);
      const part = padded(inputs.subarray(first * d, (first + n) * d), rows * d);
      logits.set((await this.#forward(part, rows)).subarray(0, n * K), first * K);
    }
    return logits;
  }

  async noisyLogits(batch: NoisyBatch): Promise<Float32Array> {
    const { x, sigma, seed, stream, firstSample, count, shifts } = batch;
    const d = this.inputLength;
    const rows = tf.getBackend() === 'webgpu' ? Math.max(count, FIXED_BATCH) : count;
    const normals = noise.get(seed, stream, firstSample, count, d);
    const inputs = new Float32Array(rows * d);
    for (let i = 0, at = 0; i < count; i++) {
      const vector = shifts?.vectorOf[i] ?? -1;
      if (shifts === undefined || vector < 0) {
        for (let j = 0; j < d; j++, at++) inputs[at] = (x[j] as number) + sigma * (normals[at] as number);
      } else {
        for (let j = 0, u = vector * d; j < d; j++, u++, at++) {
          inputs[at] = (x[j] as number) + sigma * ((normals[at] as number) + (shifts.vectors[u] as number));
        }
      }
    }
    const logits = await this.#forward(inputs, rows);
    return logits.subarray(0, count * this.classCount);
  }

  async noiseProjections(samples: NoiseSamples, directions: Float32Array): Promise<Float64Array> {
    const { seed, stream, firstSample, count } = samples;
    const d = this.inputLength;
    return project(noise.get(seed, stream, firstSample, count, d), directions, d);
  }

  async gradients(inputs: Float32Array, cotangents: Float32Array): Promise<Gradients> {
    const { inputLength: d, classCount: K } = this;
    const count = inputs.length / d;
    const total = cotangents.length / K;
    const perInput = total / count;
    const logits = new Float32Array(count * K);
    const gradients = new Float32Array(total * d);
    for (let first = 0; first < total; first += GRADIENT_BATCH) {
      const n = Math.min(GRADIENT_BATCH, total - first);
      const rows = paddedRows(n);
      const copies = new Float32Array(rows * d);
      for (let r = 0; r < n; r++) {
        const input = Math.floor((first + r) / perInput);
        copies.set(inputs.subarray(input * d, (input + 1) * d), r * d);
      }
      const weights = padded(cotangents.subarray(first * K, (first + n) * K), rows * K);
      const found = await this.#weightedGradients(copies, weights, rows);
      gradients.set(found.gradients.subarray(0, n * d), first * d);
      for (let r = 0; r < n; r++) {
        const input = Math.floor((first + r) / perInput);
        logits.set(found.logits.subarray(r * K, (r + 1) * K), input * K);
      }
    }
    return { logits, gradients };
  }

  async linearise(x: Float32Array): Promise<Linearisation> {
    const { logits, gradients: jacobian } = await this.gradients(x, identityCotangents(this.classCount));
    return { logits: Float64Array.from(logits), jacobian, gram: centredGram(jacobian, this.classCount) };
  }

  #apply(inputs: tf.Tensor): tf.Tensor2D {
    return this.model.apply(inputs) as tf.Tensor2D;
  }

  async #forward(inputs: Float32Array, rows: number): Promise<Float32Array> {
    const output = tf.tidy(() => this.#apply(tf.tensor(inputs, [rows, ...this.shape])));
    return readAndDispose(output);
  }

  /** The rows do not mix, so the gradient of the sum over all of them is each row's own. */
  async #weightedGradients(copies: Float32Array, weights: Float32Array, rows: number) {
    let output: tf.Tensor2D | undefined;
    const gradient = tf.tidy(() => {
      const cotangents = tf.tensor2d(weights, [rows, this.classCount]);
      return tf.grad((inputs: tf.Tensor) => {
        output = tf.keep(this.#apply(inputs));
        return tf.sum(tf.mul(output, cotangents));
      })(tf.tensor(copies, [rows, ...this.shape]));
    });
    const [gradients, logits] = await Promise.all([
      readAndDispose(gradient),
      readAndDispose(output as unknown as tf.Tensor2D),
    ]);
    return { gradients, logits };
  }
}

/** On WebGPU powers of two, so that the pool of buffers stays small. */
function paddedRows(count: number): number {
  return tf.getBackend() === 'webgpu' ? 2 ** Math.ceil(Math.log2(count)) : count;
}

function padded(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const result = new Float32Array(length);
  result.set(values);
  return result;
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
