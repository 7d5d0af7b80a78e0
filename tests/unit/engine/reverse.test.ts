import '../../../src/node/engine';
import * as tf from '@tensorflow/tfjs';
import { layers, model as makeModel, type SymbolicTensor, input as symbolicInput } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { ReverseSweep } from '../../../src/workers/tfjs/backward/reverse';

const SHAPE = [9, 8, 3] as const;
const K = 4;

function normals(seed: number, length: number): Float32Array {
  const values = new Float32Array(length);
  new NormalSource(seed, 5).fill(0, values);
  return values;
}

type Build = (x: SymbolicTensor) => SymbolicTensor;
const through = (x: SymbolicTensor, ...path: tf.LayersModel['layers']): SymbolicTensor =>
  path.reduce((value, layer) => layer.apply(value) as SymbolicTensor, x);
const conv = (filters: number, options: object = {}) =>
  layers.conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', ...options });
const logits = () => layers.dense({ units: K });

const NETWORKS: Readonly<Record<string, Build>> = {
  'dense layers': (x) =>
    through(x, layers.flatten(), layers.dense({ units: 7, activation: 'relu' }), logits()),
  'strided convolutions': (x) =>
    through(
      x,
      conv(8, { strides: 2, kernelSize: 5 }),
      conv(8, { padding: 'valid' }),
      layers.flatten(),
      logits(),
    ),
  'pooling, largest and mean': (x) =>
    through(
      x,
      conv(8),
      layers.maxPooling2d({ poolSize: 2 }),
      conv(8),
      layers.averagePooling2d({ poolSize: 2 }),
      layers.flatten(),
      logits(),
    ),
  'residual blocks with a projection': (x) => {
    const stem = through(x, conv(8));
    const inner = through(stem, conv(8), conv(8, { activation: 'linear' }));
    const sum = through(
      layers.add().apply([inner, stem]) as SymbolicTensor,
      layers.activation({ activation: 'relu' }),
    );
    const down = through(sum, conv(12, { strides: 2 }), conv(12, { activation: 'linear' }));
    const shortcut = through(sum, conv(12, { strides: 2, kernelSize: 1, activation: 'linear' }));
    const last = through(
      layers.add().apply([down, shortcut]) as SymbolicTensor,
      layers.activation({ activation: 'relu' }),
    );
    return through(last, layers.globalAveragePooling2d({}), logits());
  },
  'layers that only the tape knows': (x) =>
    through(
      x,
      conv(4, { activation: 'elu' }),
      layers.batchNormalization(),
      layers.leakyReLU(),
      layers.flatten(),
      layers.dense({ units: 6, activation: 'tanh' }),
      logits(),
    ),
  'batch normalisation of every kind': (x) =>
    through(
      x,
      layers.batchNormalization({ axis: 1 }),
      conv(4),
      layers.batchNormalization({ epsilon: 0.1 }),
      layers.batchNormalization({ trainable: false, axis: 3 }),
      layers.flatten(),
      layers.batchNormalization(),
      logits(),
    ),
  'one layer used twice': (x) => {
    const shared = conv(3);
    return through(x, shared, shared, layers.flatten(), logits());
  },
};

function build(network: Build): tf.LayersModel {
  const inputs = symbolicInput({ shape: [...SHAPE] });
  const model = makeModel({ inputs, outputs: network(inputs) });
  model.setWeights(
    model.getWeights().map((weight, i) => {
      const fanIn = weight.size / (weight.shape.at(-1) as number);
      // Vectors are biases, and the variances of a batch normalisation among them.
      const values = normals(i, weight.size).map((value) =>
        weight.rank === 1 ? Math.abs(value) / 2 : value / Math.sqrt(fanIn),
      );
      return tf.tensor(values, weight.shape);
    }),
  );
  return model;
}

beforeAll(async () => {
  await startBackend('cpu');
  await startBackend('wasm');
});

describe.each(['wasm', 'cpu'] as const)('reverse sweep on %s', (backend) => {
  it.each(Object.entries(NETWORKS))(
    '%s: logits and gradients are those of the tape, row by row',
    async (_, network) => {
      await tf.setBackend(backend);
      const [n, m] = [2, 3];
      const model = build(network);
      const sweep = new ReverseSweep(model);
      const values = normals(50, n * 9 * 8 * 3);
      const weights = normals(51, n * m * K);
      const inputs = tf.tensor(values, [n, ...SHAPE]);
      const before = tf.memory().numTensors;
      const found = sweep.run(inputs, tf.tensor2d(weights, [n * m, K]));
      expect(tf.memory().numTensors).toBe(before + 3);
      const [y, gradients] = [await found.logits.data(), await found.gradients.data()];
      tf.dispose([found.logits, found.gradients]);

      const expected = tf.tidy(() => model.apply(inputs) as tf.Tensor).dataSync();
      expect(Math.max(...y.map((value, i) => Math.abs(value - (expected[i] as number))))).toBeLessThan(1e-5);
      const size = 9 * 8 * 3;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          const row = i * m + j;
          const byTape = tf
            .tidy(() => {
              const x = tf.tensor(values.slice(i * size, (i + 1) * size), [1, ...SHAPE]);
              const cotangent = tf.tensor2d(weights.slice(row * K, (row + 1) * K), [1, K]);
              return tf.grad((v) => tf.sum(tf.mul(model.apply(v) as tf.Tensor, cotangent)))(x);
            })
            .dataSync();
          const scale = Math.max(...byTape.map(Math.abs));
          expect(scale).toBeGreaterThan(0);
          const part = gradients.subarray(row * size, (row + 1) * size);
          const worst = Math.max(...part.map((value, k) => Math.abs(value - (byTape[k] as number))));
          expect(worst).toBeLessThan(1e-5 * scale);
        }
      }
    },
  );
});

it.each([
  { scale: false, center: true },
  { scale: true, center: false },
  { scale: false, center: false },
])(
  'batch normalisation with %j: the gradients of one with scale 1 or centre 0',
  async ({ scale, center }) => {
    await tf.setBackend('wasm');
    const make = (settings: object) =>
      build((x) => through(x, layers.batchNormalization(settings), layers.flatten(), logits()));
    const [short, full] = [make({ scale, center }), make({})];
    const given = [...short.getWeights()];
    const gamma = scale ? (given.shift() as tf.Tensor) : tf.ones([3]);
    const beta = center ? (given.shift() as tf.Tensor) : tf.zeros([3]);
    full.setWeights([gamma, beta, ...given]);
    const inputs = tf.tensor(normals(60, 9 * 8 * 3), [1, ...SHAPE]);
    const cotangents = tf.tensor2d(normals(61, 2 * K), [2, K]);
    const found = new ReverseSweep(short).run(inputs, cotangents);
    const expected = new ReverseSweep(full).run(inputs, cotangents);
    expect(found.gradients.dataSync()).toEqual(expected.gradients.dataSync());
    expect(found.logits.dataSync()).toEqual(expected.logits.dataSync());
    expect(Math.max(...found.gradients.dataSync())).toBeGreaterThan(0);
  },
);
