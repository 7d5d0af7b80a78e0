import * as tf from '@tensorflow/tfjs';
import { weightedSum } from '../../estimators/averaged-geometry';
import { identityCotangents, type Linearisation, type LogitGeometry } from '../../estimators/model';
import type { Network } from '../tfjs/network';
import { readAndDispose } from '../tfjs/read';
import { PARTS, sumOfParts } from './parts';
import { type Kernel, runKernel, u32 } from './program';

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
    let sums: tf.Tensor1D = tf.zeros([weights.length * K * d]);
    for (let first = 0; first < count; first += chunk) {
      const n = Math.min(chunk, count - first);
      const shares = Float32Array.from(weights.flatMap((row) => [...row.subarray(first, first + n)]));
      const found = tf.tidy(() => {
        const { logits: values, gradients } = this.#jacobians(inputs.subarray(first * d, (first + n) * d), n);
        const terms = tf.reshape<tf.Rank.R1>(gradients, [n * K * d]);
        const uniforms = [sums.size, n, K * d].map(u32);
        return {
          values,
          sums: runKernel(AVERAGE, [sums, tf.tensor1d(shares), terms], uniforms, sums.size, sums.size),
        };
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

/** Adds to each sum of a row of weights its weighted terms. */
const AVERAGE: Kernel = {
  name: 'ProbustAverage',
  inputs: ['sums', 'shares', 'terms'],
  uniforms: 'size: u32, count: u32, length: u32,',
  code: /* wgsl */ `
fn main(index: i32) {
  let at = u32(index);
  if (at >= uniforms.size) { return; }
  let row = at / uniforms.length;
  let column = at % uniforms.length;
  var sum = sums[at];
  for (var i = 0u; i < uniforms.count; i++) {
    sum += shares[row * uniforms.count + i] * terms[i * uniforms.length + column];
  }
  result[at] = sum;
}
`,
};

/** Up to so many classes their products are taken one by one; of more, by tfjs in tiles. */
const FEW_CLASSES = 32;

const PARTIAL_GRAMS: Kernel = {
  name: 'ProbustPartialGrams',
  inputs: ['rows'],
  uniforms: 'threads: u32, classes: u32, length: u32,',
  code: /* wgsl */ `
fn main(index: i32) {
  let thread = u32(index);
  if (thread >= uniforms.threads) { return; }
  let pair = thread / ${PARTS}u;
  let b = pair % uniforms.classes;
  let a = pair / uniforms.classes % uniforms.classes;
  let first = pair / (uniforms.classes * uniforms.classes) * uniforms.classes;
  var sum = 0.0;
  for (var j = thread % ${PARTS}u; j < uniforms.length; j += ${PARTS}u) {
    sum += rows[(first + a) * uniforms.length + j] * rows[(first + b) * uniforms.length + j];
  }
  result[thread] = sum;
}
`,
};

/** Takes from each row of every Jacobian (g x K x d) their mean. */
const CENTRED: Kernel = {
  name: 'ProbustCentred',
  inputs: ['jacobians'],
  uniforms: 'columns: u32, classes: u32, length: u32,',
  code: /* wgsl */ `
fn main(index: i32) {
  let column = u32(index);
  if (column >= uniforms.columns) { return; }
  let first = column / uniforms.length * uniforms.classes * uniforms.length + column % uniforms.length;
  var sum = 0.0;
  for (var k = 0u; k < uniforms.classes; k++) { sum += jacobians[first + k * uniforms.length]; }
  let mean = sum / f32(uniforms.classes);
  for (var k = 0u; k < uniforms.classes; k++) {
    let at = first + k * uniforms.length;
    result[at] = jacobians[at] - mean;
  }
}
`,
};

/** Inner products of the rows of g Jacobians (g x K x d) less their mean over the classes: `centredGram` of each. */
function centredGrams(jacobians: tf.Tensor3D): tf.Tensor3D {
  const [g, K, d] = jacobians.shape;
  const flat = tf.reshape<tf.Rank.R1>(jacobians, [g * K * d]);
  const centred = runKernel(CENTRED, [flat], [g * d, K, d].map(u32), g * K * d, g * d);
  if (K <= FEW_CLASSES) {
    const threads = g * K * K * PARTS;
    const parts = runKernel(PARTIAL_GRAMS, [centred], [threads, K, d].map(u32), threads, threads);
    return tf.reshape(sumOfParts(parts, 1), [g, K, K]);
  }
  const rows = tf.reshape<tf.Rank.R3>(centred, [g, K, d]);
  return tf.matMul(rows, rows, false, true);
}
