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
import type { BackendName, Pass } from '../protocol';
import { isNetwork, layersNetwork, type Network } from './network';
import { onBackend } from './on-backend';
import * as tf from './tf';

/** Most rows of a forward pass. WebGPU keeps a pool of buffers by size that never shrinks: there, all have as many. */
export const MOST_ROWS = 256;
/** Rows that are differentiated at once: a backward pass holds every layer's output for each. */
export const MOST_GRADIENT_ROWS = 128;

const noise = new NoiseCache();

/** A pass whose inputs lie where the model runs, so that it can be repeated. To be disposed of. */
export interface PreparedPass {
  /** n x K logits or n x d gradients, read back. */
  run(): Promise<Float32Array>;
  dispose(): void;
}

/** The estimators' view of a network that maps [n, H, W, C] to n x K logits. */
export class TfjsClassifier implements Classifier {
  readonly inputLength: number;
  /** Rows of a forward pass; what it is changes nothing but the time and the memory. */
  batch = MOST_ROWS;
  /** The same of a backward pass. */
  gradientBatch = MOST_GRADIENT_ROWS;
  /** Where passes run if not on the engine's backend. */
  forwardOn: BackendName | null = null;
  backwardOn: BackendName | null = null;
  readonly network: Network;

  constructor(
    model: tf.LayersModel | Network,
    readonly shape: readonly [number, number, number],
    readonly classCount: number,
  ) {
    this.inputLength = shape[0] * shape[1] * shape[2];
    this.network = isNetwork(model) ? model : layersNetwork(model);
  }

  dispose(): void {
    this.network.dispose();
  }

  async logits(inputs: Float32Array): Promise<Float32Array> {
    const { inputLength: d, classCount: K } = this;
    const count = inputs.length / d;
    const rows = paddedRows(count, this.forwardOn);
    return (await this.#forward(padded(inputs, rows * d), rows)).subarray(0, count * K);
  }

  async noisyLogits(batch: NoisyBatch): Promise<Float32Array> {
    const { x, sigma, seed, stream, firstSample, count, shifts } = batch;
    const d = this.inputLength;
    const rows = isWebGpu(this.forwardOn) ? Math.ceil(count / this.batch) * this.batch : count;
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
    const perInput = cotangents.length / (count * K);
    const logits = new Float32Array(count * K);
    const gradients = new Float32Array(count * perInput * d);
    // Either several inputs with all their cotangents, or one with some of its own.
    const n = Math.max(1, Math.floor(this.gradientBatch / perInput));
    const m = Math.min(perInput, this.gradientBatch);
    for (let i = 0; i < count; i += n) {
      for (let j = 0; j < perInput; j += m) {
        const first = i * perInput + j;
        const points = inputs.subarray(i * d, (i + n) * d);
        const found = await this.#sweep(
          points,
          cotangents.subarray(first * K, (first + (points.length / d) * Math.min(m, perInput - j)) * K),
        );
        logits.set(found.logits, i * K);
        gradients.set(found.gradients, first * d);
      }
    }
    return { logits, gradients };
  }

  async linearise(x: Float32Array): Promise<Linearisation> {
    const { logits, gradients: jacobian } = await this.gradients(x, identityCotangents(this.classCount));
    return { logits: Float64Array.from(logits), jacobian, gram: centredGram(jacobian, this.classCount) };
  }

  /** @param inputs n x d values; input i is differentiated through logit i mod K. */
  prepare(pass: Pass, inputs: Float32Array): PreparedPass {
    const rows = inputs.length / this.inputLength;
    const K = this.classCount;
    const x = tf.tensor(inputs, [rows, ...this.shape]);
    const selection = tf.tidy(() => {
      const classes = Int32Array.from({ length: rows }, (_, i) => i % K);
      return tf.cast(tf.oneHot(tf.tensor1d(classes, 'int32'), K), 'float32') as tf.Tensor2D;
    });
    const pure = (): tf.Tensor =>
      pass === 'forward' ? this.network.forward(x) : this.network.backward(x, selection).gradients;
    const where = pass === 'forward' ? this.forwardOn : this.backwardOn;
    return {
      run: () => readAndDispose(onBackend(where, () => tf.tidy(pure))),
      dispose: () => tf.dispose([x, selection]),
    };
  }

  async #forward(inputs: Float32Array, rows: number): Promise<Float32Array> {
    const { batch, inputLength: d, classCount: K } = this;
    if (rows <= batch) return this.#pass(inputs, rows);
    const logits = new Float32Array(rows * K);
    for (let first = 0; first < rows; first += batch) {
      const count = Math.min(batch, rows - first);
      logits.set(await this.#pass(inputs.subarray(first * d, (first + count) * d), count), first * K);
    }
    return logits;
  }

  async #pass(inputs: Float32Array, rows: number): Promise<Float32Array> {
    const output = onBackend(this.forwardOn, () =>
      tf.tidy(() => this.network.forward(tf.tensor(inputs, [rows, ...this.shape]))),
    );
    return readAndDispose(output);
  }

  /** One forward pass over n inputs and one backwards for all cotangents; on WebGPU of padded sizes. */
  async #sweep(inputs: Float32Array, cotangents: Float32Array): Promise<Gradients> {
    const { inputLength: d, classCount: K } = this;
    const [count, total] = [inputs.length / d, cotangents.length / K];
    const rows = paddedRows(count, this.backwardOn);
    const perInput = count === 1 ? paddedRows(total, this.backwardOn) : total / count;
    const { logits, gradients } = onBackend(this.backwardOn, () =>
      tf.tidy(() =>
        this.network.backward(
          tf.tensor(padded(inputs, rows * d), [rows, ...this.shape]),
          tf.tensor2d(padded(cotangents, rows * perInput * K), [rows * perInput, K]),
        ),
      ),
    );
    const [values, found] = await Promise.all([readAndDispose(logits), readAndDispose(gradients)]);
    return { logits: values.subarray(0, count * K), gradients: found.subarray(0, total * d) };
  }
}

const isWebGpu = (where: BackendName | null): boolean => (where ?? tf.getBackend()) === 'webgpu';

/** On WebGPU powers of two, so that the pool of buffers stays small. */
function paddedRows(count: number, where: BackendName | null): number {
  return isWebGpu(where) ? 2 ** Math.ceil(Math.log2(count)) : count;
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
