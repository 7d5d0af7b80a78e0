import { type Classifier, centredGram, type Linearisation, type NoisyBatch } from '../../estimators/model';
import { NoiseCache } from '../../estimators/noise/cache';
import type { Pass } from '../protocol';
import * as tf from './tf';

/** WebGPU keeps a pool of buffers by size that never shrinks, so there every batch has this size. */
const FIXED_BATCH = 256;

const noise = new NoiseCache();

/** A pass whose inputs lie where the model runs, so that it can be repeated. To be disposed of. */
export interface PreparedPass {
  /** n x K logits or n x d gradients, read back. */
  run(): Promise<Float32Array>;
  dispose(): void;
}

/** The estimators' view of a tfjs Layers model that maps [n, H, W, C] to n x K logits. */
export class TfjsClassifier implements Classifier {
  readonly inputLength: number;
  /** K x K identity: row k selects logit k of input k. */
  readonly #identity: tf.Tensor2D;

  constructor(
    readonly model: tf.LayersModel,
    readonly shape: readonly [number, number, number],
    readonly classCount: number,
  ) {
    this.inputLength = shape[0] * shape[1] * shape[2];
    this.#identity = tf.eye(classCount) as tf.Tensor2D;
  }

  dispose(): void {
    this.#identity.dispose();
    this.model.dispose();
  }

  async logits(x: Float32Array): Promise<Float32Array> {
    return this.#forward(x, 1);
  }

  async noisyLogits(batch: NoisyBatch): Promise<Float32Array> {
    const { x, sigma, seed, stream, firstSample, count } = batch;
    const d = this.inputLength;
    const rows = tf.getBackend() === 'webgpu' ? Math.max(count, FIXED_BATCH) : count;
    const normals = noise.get(seed, stream, firstSample, count, d);
    const inputs = new Float32Array(rows * d);
    for (let i = 0, at = 0; i < count; i++) {
      for (let j = 0; j < d; j++, at++) inputs[at] = (x[j] as number) + sigma * (normals[at] as number);
    }
    const logits = await this.#forward(inputs, rows);
    return logits.subarray(0, count * this.classCount);
  }

  async linearise(x: Float32Array): Promise<Linearisation> {
    const logits = await this.#forward(x, 1);
    const jacobian = await this.#jacobian(x);
    return { logits: Float64Array.from(logits), gram: centredGram(jacobian, this.classCount) };
  }

  /** @param inputs n x d values; input i is differentiated through logit i mod K, as a Jacobian does with copies. */
  prepare(pass: Pass, inputs: Float32Array): PreparedPass {
    const rows = inputs.length / this.inputLength;
    const K = this.classCount;
    const x = tf.tensor(inputs, [rows, ...this.shape]);
    const selection = tf.tidy(() => {
      const classes = Int32Array.from({ length: rows }, (_, i) => i % K);
      return tf.cast(tf.oneHot(tf.tensor1d(classes, 'int32'), K), 'float32') as tf.Tensor2D;
    });
    const pure = pass === 'forward' ? () => this.#apply(x) : () => this.#inputGradient(x, selection);
    return {
      run: () => readAndDispose(tf.tidy(pure)),
      dispose: () => tf.dispose([x, selection]),
    };
  }

  #apply(inputs: tf.Tensor): tf.Tensor2D {
    return this.model.apply(inputs) as tf.Tensor2D;
  }

  async #forward(inputs: Float32Array, rows: number): Promise<Float32Array> {
    const output = tf.tidy(() => this.#apply(tf.tensor(inputs, [rows, ...this.shape])));
    return readAndDispose(output);
  }

  /** K x d in one pass: K copies of x, the gradient of the sum of logit k of copy k. */
  async #jacobian(x: Float32Array): Promise<Float32Array> {
    const gradient = tf.tidy(() => {
      const copies = tf.tile(tf.tensor(x, [1, ...this.shape]), [this.classCount, 1, 1, 1]);
      return this.#inputGradient(copies, this.#identity);
    });
    return readAndDispose(gradient);
  }

  /** Gradient of the sum of the selected logits; rows do not see each other, so each row gets its own gradient. */
  #inputGradient(inputs: tf.Tensor, selection: tf.Tensor2D): tf.Tensor {
    return tf.grad((x) => tf.sum(tf.mul(this.#apply(x), selection)))(inputs);
  }
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
