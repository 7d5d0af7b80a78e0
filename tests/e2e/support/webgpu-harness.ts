/** What the WebGPU tests call in a page of its own, with WebGPU running: kernels and the classifier's parts on it. */

import * as tf from '@tensorflow/tfjs';
import { averagedGeometry } from '../../../src/estimators/averaged-geometry';
import { conditionalChain } from '../../../src/estimators/gaussian-cdf/factor';
import {
  type ChainIntegral,
  integrate,
  SHIFTS,
  toleranceOf,
} from '../../../src/estimators/gaussian-cdf/integrate';
import { type Classifier, centredGram, identityCotangents } from '../../../src/estimators/model';
import { finish } from '../../../src/estimators/steps';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { TfjsClassifier } from '../../../src/workers/tfjs/classifier';
import { watchDevice } from '../../../src/workers/tfjs/device';
import type { Network } from '../../../src/workers/tfjs/network';
import { HostNoise } from '../../../src/workers/tfjs/noise';
import { readAndDispose } from '../../../src/workers/tfjs/read';
import { deviceCalls } from '../../../src/workers/webgpu/calls';
import { DeviceIntegrator } from '../../../src/workers/webgpu/gaussian-cdf';
import { DeviceNoise } from '../../../src/workers/webgpu/noise';
import { type Kernel, runKernel, u32 } from '../../../src/workers/webgpu/program';
import { NORMALS } from '../../../src/workers/webgpu/wgsl/normals';
import { goldenModel } from '../../support/golden-model';

interface Samples {
  readonly seed: number;
  readonly stream: number;
  readonly firstSample: number;
  readonly count: number;
}

const troubles: string[] = [];

const WORDS: Kernel = {
  name: 'TestPhilox',
  inputs: ['blocks'],
  uniforms: 'count: u32,',
  code: `${NORMALS}
fn main(index: i32) {
  let i = u32(index);
  if (i >= uniforms.count) { return; }
  let c = bitcast<vec4<u32>>(vec4<i32>(blocks[6 * i], blocks[6 * i + 1], blocks[6 * i + 2], blocks[6 * i + 3]));
  let words = philox(c, bitcast<vec2<u32>>(vec2<i32>(blocks[6 * i + 4], blocks[6 * i + 5])));
  for (var k = 0u; k < 4u; k++) { result[4 * i + k] = bitcast<i32>(words[k]); }
}`,
};

const FROM_WORDS: Kernel = {
  name: 'TestNormals',
  inputs: ['words'],
  uniforms: 'count: u32,',
  code: `${NORMALS}
fn main(index: i32) {
  let i = u32(index);
  if (i >= uniforms.count) { return; }
  let block = bitcast<vec4<u32>>(vec4<i32>(words[4 * i], words[4 * i + 1], words[4 * i + 2], words[4 * i + 3]));
  let normals = normalsOfWords(block);
  for (var k = 0u; k < 4u; k++) { result[4 * i + k] = normals[k]; }
}`,
};

const ints = (values: readonly number[]): tf.Tensor1D =>
  tf.tensor1d(new Int32Array(Uint32Array.from(values).buffer), 'int32');

/** The largest difference; NaN if one of them is. */
function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.NaN;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    if (!(difference <= most)) most = difference;
  }
  return most;
}

/** A linear network of K outputs, whose gradients are the columns of its d x K weights. */
function linearNetwork(weights: tf.Tensor2D): Network {
  const forward = (inputs: tf.Tensor): tf.Tensor2D =>
    tf.matMul(tf.reshape<tf.Rank.R2>(inputs, [inputs.shape[0] as number, weights.shape[0]]), weights);
  return {
    forward,
    backward: (inputs, cotangents) =>
      tf.tidy(() => {
        const logits = forward(inputs);
        const given = typeof cotangents === 'function' ? cotangents(logits) : cotangents;
        return { logits, gradients: tf.matMul(given, weights, false, true) as tf.Tensor };
      }),
    float64: async () => null,
    weights: () => [weights],
    dispose: () => weights.dispose(),
  };
}

/** Geometry on the device, and of the same gradients in float64: differences as a share of the largest entry. */
async function compareGeometry(classifier: TfjsClassifier, inputs: Float32Array, weights: Float64Array[]) {
  const { classCount: K, inputLength: d } = classifier;
  const host = { classCount: K, inputLength: d, gradients: classifier.gradients.bind(classifier) };
  const found = await averagedGeometry(classifier, inputs, weights);
  const wanted = await averagedGeometry(host as unknown as Classifier, inputs, weights);
  const x = inputs.subarray(0, d);
  const linearised = await classifier.linearise(x);
  const { gradients, logits } = await classifier.gradients(x, identityCotangents(K));
  const gram = centredGram(gradients, K);
  const scale = gram.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    logits: Math.max(
      largest(linearised.logits, logits),
      ...found.map((each, i) => largest(each.logits, wanted[i]?.logits ?? [])),
    ),
    jacobian: largest(linearised.jacobian, gradients),
    gram:
      Math.max(
        largest(linearised.gram, gram),
        ...found.map((each, i) => largest(each.gram, wanted[i]?.gram ?? [])),
      ) / scale,
  };
}

/** The integral with nothing else known of it. */
function integralOf(z: number[], correlation: number[]): ChainIntegral {
  const chain = finish(conditionalChain(Float64Array.from(z), Float64Array.from(correlation), z.length));
  if (chain === null) throw new Error('not a correlation matrix');
  return { chain, bounds: null, controlFor: () => null };
}

const harness = {
  async start(): Promise<string> {
    const { reason } = await startBackend('webgpu');
    watchDevice(({ message }) => troubles.push(message));
    return reason;
  },

  /** What the device complained of, and the tensors that are left. */
  end: () => ({ troubles, tensors: tf.memory().numTensors }),

  /** @param blocks counter and key, six words each */
  async philox(blocks: readonly number[][]): Promise<number[]> {
    const found = tf.tidy(() =>
      runKernel(
        WORDS,
        [ints(blocks.flat())],
        [u32(blocks.length)],
        4 * blocks.length,
        blocks.length,
        'int32',
      ),
    );
    const words = await readAndDispose(found);
    return [...new Uint32Array(Int32Array.from(words).buffer)];
  },

  /** @param words in blocks of four */
  async normalsOfWords(words: readonly number[]): Promise<number[]> {
    const count = words.length / 4;
    const found = tf.tidy(() => runKernel(FROM_WORDS, [ints(words)], [u32(count)], words.length, count));
    return [...(await readAndDispose(found))];
  },

  /** Noisy copies with shifts, and the noise itself: the first numbers of each sample, and how far from the CPU's. */
  async noise(samples: Samples, d: number): Promise<{ first8: number[][]; plain: number; shifted: number }> {
    const x = Float32Array.from({ length: d }, (_, i) => (i % 7) / 7);
    const vectors = Float32Array.from({ length: 3 * d }, (_, i) => Math.sin(i));
    const vectorOf = Int32Array.from({ length: samples.count }, (_, i) => (i % 4) - 1);
    const copies = async (source: DeviceNoise | HostNoise, batch: Parameters<DeviceNoise['batches']>[0]) => {
      const rows: number[] = [];
      for (const { inputs, count } of source.batches(batch, 256)) {
        rows.push(...(await readAndDispose(inputs)).subarray(0, count * d));
      }
      return rows;
    };
    const [device, host] = [new DeviceNoise(), new HostNoise()];
    const plain = { ...samples, x: new Float32Array(d), sigma: 1 };
    const shifted = { ...samples, x, sigma: -0.5, shifts: { vectors, vectorOf } };
    const found = await copies(device, plain);
    return {
      first8: Array.from({ length: samples.count }, (_, i) => found.slice(i * d, i * d + 8)),
      plain: largest(found, await copies(host, plain)),
      shifted: largest(await copies(device, shifted), await copies(host, shifted)),
    };
  },

  /** The largest difference of projections on directions of length 1. */
  async projections(samples: Samples, d: number, m: number): Promise<number> {
    const directions = Float32Array.from({ length: m * d }, (_, i) => Math.cos(0.37 * i) * Math.sqrt(2 / d));
    const device = await new DeviceNoise().projections(samples, directions, d);
    return largest(device, await new HostNoise().projections(samples, directions, d));
  },

  async calls(logits: number[][], target: number): Promise<{ called: number[]; margins: (number | null)[] }> {
    const rows = tf.tensor2d(logits);
    const { called, margins } = await deviceCalls(rows, logits.length, target);
    return {
      called: [...called],
      margins: [...margins].map((value) => (Number.isNaN(value) ? null : value)),
    };
  },

  async convolutional(inputs: number[], gradientBatch: number) {
    const classifier = new TfjsClassifier(await goldenModel(), [8, 8, 1], 5);
    classifier.gradientBatch = gradientBatch;
    const found = await compareGeometry(classifier, Float32Array.from(inputs), [
      Float64Array.of(0.5, 0.5, 0),
      Float64Array.of(0.2, 0.3, 0.5),
    ]);
    classifier.dispose();
    return found;
  },

  async linear(K: number, d: number) {
    const weights = tf.tensor2d(
      Float32Array.from({ length: d * K }, (_, i) => Math.sin(i * i)),
      [d, K],
    );
    const classifier = new TfjsClassifier(linearNetwork(weights), [d, 1, 1], K);
    const inputs = Float32Array.from({ length: 2 * d }, (_, i) => Math.cos(i));
    const found = await compareGeometry(classifier, inputs, [Float64Array.of(0.25, 0.75)]);
    classifier.dispose();
    return found;
  },

  /** On the same points: what the device finds and what float64 does. */
  async samePoints(problems: readonly { z: number[]; correlation: number[] }[], points: number) {
    const integrals = problems.map(({ z, correlation }) => integralOf(z, correlation));
    const chains = integrals.map(({ chain }) => chain);
    const found = await new DeviceIntegrator().evaluate(chains, points);
    return integrals.map((integral, i) => {
      const exact = finish(
        integrate(integral, { absoluteTolerance: 0, maxPoints: points * SHIFTS, closedForms: false }),
      );
      return {
        device: found[i]?.p,
        fail: found[i]?.fail,
        exact: exact.p,
        sameCount: exact.points === points * SHIFTS,
      };
    });
  },

  async gaussianCdfs(problems: readonly { z: number[]; correlation: number[] }[]) {
    const tasks = problems.map(({ z, correlation }) => ({
      ...integralOf(z, correlation),
      tolerance: toleranceOf({}),
    }));
    return new DeviceIntegrator().integrate(tasks);
  },
};

export type WebGpuHarness = typeof harness;
Object.assign(window, { harness });
