import { weightedSum } from '../../estimators/averaged-geometry';
import { identityCotangents, type Linearisation, type LogitGeometry } from '../../estimators/model';
import type { Network } from './network';
import { readAndDispose } from './read';
import * as tf from './tf';

interface Shapes {
  /** Of one input */
  readonly input: readonly [number, number, number];
  /** K */
  readonly classCount: number;
  /** Cotangents in one backward pass */
  readonly most: number;
  /** The number of rows that so many are filled up to. */
  rowsOf(count: number): number;
}

/**
 * Jacobians, their averages and Gram matrices in float32, where the model runs: K x K numbers come back where K x d would
 * have to be read from a graphics device.
 */
export class DeviceGeometry {
  constructor(
    private readonly network: Network,
    private readonly shapes: Shapes,
  ) {}

  /** Logits, Jacobian and Gram matrix at x. */
  async linearise(x: Float32Array): Promise<Linearisation> {
    const { classCount: K } = this.shapes;
    const tensors = tf.tidy(() => {
      const { logits, gradients } = this.#jacobians(x, 1);
      return { logits, gradients, gram: centredGrams(gradients) };
    });
    const [logits, jacobian, gram] = await Promise.all(
      [tensors.logits, tensors.gradients, tensors.gram].map(readAndDispose),
    );
    return {
      logits: Float64Array.from((logits as Float32Array).subarray(0, K)),
      jacobian: jacobian as Float32Array,
      gram: Float64Array.from(gram as Float32Array),
    };
  }

  /** Logits and gradients of n inputs averaged with each row of n weights, a few inputs at a time. */
  async averaged(inputs: Float32Array, weights: readonly Float64Array[]): Promise<LogitGeometry[]> {
    const { classCount: K, most } = this.shapes;
    const d = this.#inputLength;
    const count = inputs.length / d;
    const logits = new Float32Array(count * K);
    const chunk = 2 ** Math.floor(Math.log2(Math.max(1, most / K)));
    let sums = tf.zeros([weights.length, K * d]);
    for (let first = 0; first < count; first += chunk) {
      const n = Math.min(chunk, count - first);
      const shares = weights.map((row) => Array.from(row.subarray(first, first + n)));
      const found = tf.tidy(() => {
        const { logits: values, gradients } = this.#jacobians(inputs.subarray(first * d, (first + n) * d), n);
        const more = tf.matMul(tf.tensor2d(shares), tf.reshape<tf.Rank.R2>(gradients, [n, K * d]));
        return { values, sums: tf.add(sums, more) };
      });
      sums.dispose();
      sums = found.sums;
      logits.set((await readAndDispose(found.values)).subarray(0, n * K), first * K);
    }
    const grams = tf.tidy(() => centredGrams(tf.reshape(sums, [weights.length, K, d])));
    sums.dispose();
    const values = await readAndDispose(grams);
    return weights.map((row, r) => ({
      logits: weightedSum(logits, row),
      gram: Float64Array.from(values.subarray(r * K * K, (r + 1) * K * K)),
    }));
  }

  get #inputLength(): number {
    const [height, width, channels] = this.shapes.input;
    return height * width * channels;
  }

  /** Logits of n inputs, filled up with more rows, and their n x K x d Jacobians; one input may take several passes. */
  #jacobians(inputs: Float32Array, n: number): { logits: tf.Tensor2D; gradients: tf.Tensor3D } {
    const { classCount: K, most, input, rowsOf } = this.shapes;
    const d = this.#inputLength;
    const identity = identityCotangents(K);
    const rows = rowsOf(n);
    const filled = new Float32Array(rows * d);
    filled.set(inputs);
    const x = tf.tensor(filled, [rows, ...input]);
    const parts: tf.Tensor[] = [];
    let logits: tf.Tensor2D | undefined;
    const step = n === 1 ? Math.min(most, K) : K;
    for (let k = 0; k < K; k += step) {
      const some = Math.min(step, K - k);
      const perRow = n === 1 ? rowsOf(some) : K;
      const cotangents = new Float32Array(rows * perRow * K);
      for (let i = 0; i < n; i++) {
        cotangents.set(identity.subarray(k * K, (k + some) * K), i * perRow * K);
      }
      const found = this.network.backward(x, tf.tensor2d(cotangents, [rows * perRow, K]));
      logits = found.logits;
      parts.push(tf.slice(tf.reshape(found.gradients, [rows * perRow, d]), [0, 0], [n * some, d]));
    }
    return { logits: logits as tf.Tensor2D, gradients: tf.reshape(tf.concat(parts), [n, K, d]) };
  }
}

/** Inner products of the rows of g Jacobians (g x K x d) less their mean over the classes: `centredGram` of each. */
function centredGrams(jacobians: tf.Tensor3D): tf.Tensor3D {
  const centred = tf.sub(jacobians, tf.mean(jacobians, 1, true));
  return tf.matMul(centred, centred, false, true) as tf.Tensor3D;
}
