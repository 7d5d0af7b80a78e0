import { type Classifier, centredGram, type Linearisation, type NoisyBatch } from '../../estimators/model';
import { NoiseCache } from '../../estimators/noise/cache';
import type { Pass } from '../protocol';
import { ReverseSweep } from './backward/reverse';
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
  /** Rows of a forward pass; what it is changes nothing but the time. On WebGPU always FIXED_BATCH. */
  batch = FIXED_BATCH;
  /** K x K identity: row k selects logit k of input k. */
  readonly #identity: tf.Tensor2D;
  readonly #reverse: ReverseSweep;

  constructor(
    readonly model: tf.LayersModel,
    readonly shape: readonly [number, number, number],
    readonly classCount: number,
  ) {
    this.inputLength = shape[0] * shape[1] * shape[2];
    this.#identity = tf.eye(classCount) as tf.Tensor2D;
    this.#reverse = new ReverseSweep(model);
  }

  dispose(): void {
    this.#identity.dispose();
    this.model.dispose();
  }

  /** n x K logits of n x d inputs. */
  async logits(inputs: Float32Array): Promise<Float32Array> {
    return this.#forward(inputs, inputs.length / this.inputLength);
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

  /** One forward pass and K rows backwards: row k of the Jacobian is the gradient of logit k. */
  async linearise(x: Float32Array): Promise<Linearisation> {
    const { logits, gradients } = tf.tidy(() =>
      this.#reverse.run(tf.tensor(x, [1, ...this.shape]), this.#identity),
    );
    const [values, jacobian] = await Promise.all([readAndDispose(logits), readAndDispose(gradients)]);
    return { logits: Float64Array.from(values), gram: centredGram(jacobian, this.classCount) };
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
    const apply = (): tf.Tensor => this.model.apply(x) as tf.Tensor;
    const pure = pass === 'forward' ? apply : () => this.#reverse.run(x, selection).gradients;
    return {
      run: () => readAndDispose(tf.tidy(pure)),
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
    const output = tf.tidy(() => this.model.apply(tf.tensor(inputs, [rows, ...this.shape])) as tf.Tensor2D);
    return readAndDispose(output);
  }
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
