import '../../../src/node/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { OwnModels } from '../../../src/workers/engine/own/own-models';
import { memoryStorage } from '../../../src/workers/models/own/storage';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { resamplingMatrix } from '../../../src/workers/tfjs/layers/resampling';
import { blobs, normals, text } from '../../support/own-models';

interface Given {
  readonly className: string;
  readonly config: object;
  readonly weights?: readonly (readonly [string, readonly number[], ArrayLike<number>])[];
}

const [H, W, C] = [4, 5, 3];

/** The outputs of one layer for pictures of 4 x 5 x 3, and their gradients, as a network of Keras 3 is read. */
async function load({ className, config, weights = [] }: Given) {
  const values = weights.flatMap(([, , each]) => [...Array.from(each)]);
  const layers = [
    { class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, H, W, C] } },
    { class_name: className, config: { name: 'it', ...config } },
    { class_name: 'Flatten', config: { name: 'flat' } },
  ];
  const json = {
    format: 'layers-model',
    modelTopology: {
      keras_version: '3.5.0',
      model_config: { class_name: 'Sequential', config: { name: 'net', layers } },
    },
    weightsManifest: [
      {
        paths: ['w.bin'],
        weights: weights.map(([name, shape]) => ({ name: `it/${name}`, shape, dtype: 'float32' })),
      },
    ],
  };
  const own = new OwnModels(memoryStorage());
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  const files = [
    { path: 'model.json', bytes: text(json) },
    { path: 'w.bin', bytes },
  ];
  const { id, guessed } = await own.inspect(blobs(files));
  const { loaded } = await own.add(id, { ...guessed, range: [0, 1] }, 'wasm');
  return loaded;
}

const x = normals(3, H * W * C).map((value) => 0.5 + 0.5 * value);
const at = (i: number, j: number, c: number): number => x[(i * W + j) * C + c] as number;
const each = (f: (i: number, j: number, c: number) => number): number[] =>
  Array.from({ length: H * W * C }, (_, n) => f(Math.floor(n / (W * C)), Math.floor(n / C) % W, n % C));
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const groupKernel = normals(5, 2 * 2 * 1 * 6);
/** Two filters a channel, 2 x 2, in steps of 2 between the taps. */
const grouped = (): number[] =>
  range(H - 2).flatMap((i) =>
    range(W - 2).flatMap((j) =>
      range(6).map((f) =>
        sum(
          range(4).map(
            (k) =>
              at(i + 2 * Math.floor(k / 2), j + 2 * (k % 2), Math.floor(f / 2)) *
              (groupKernel[k * 6 + f] as number),
          ),
        ),
      ),
    ),
  );

const CASES: readonly (readonly [string, Given, () => number[]])[] = [
  [
    'ReLU with slope, threshold and largest value',
    { className: 'ReLU', config: { negative_slope: 0.25, threshold: 0.3, max_value: 0.9 } },
    () => [...x].map((v) => (v >= 0.9 ? 0.9 : v > 0.3 ? v : 0.25 * (v - 0.3))),
  ],
  [
    'LeakyReLU by Keras 3',
    { className: 'LeakyReLU', config: { negative_slope: 0.1 } },
    () => [...x].map((v) => (v > 0 ? v : 0.1 * v)),
  ],
  [
    'ELU',
    { className: 'ELU', config: { alpha: 0.4 } },
    () => [...x].map((v) => (v > 0 ? v : 0.4 * Math.expm1(v))),
  ],
  [
    'hard_sigmoid by Keras 3',
    { className: 'Activation', config: { activation: 'hard_sigmoid' } },
    () => [...x].map((v) => Math.min(1, Math.max(0, v / 6 + 0.5))),
  ],
  [
    'softmax along rows',
    { className: 'Softmax', config: { axis: 2 } },
    () => each((i, j, c) => Math.exp(at(i, j, c)) / sum(range(W).map((k) => Math.exp(at(i, k, c))))),
  ],
  [
    'batch normalisation along rows, without scale',
    {
      className: 'BatchNormalization',
      config: { axis: 1, scale: false, epsilon: 0.1 },
      weights: [
        ['beta', [H], [1, 2, 3, 4]],
        ['moving_mean', [H], [0.1, 0.2, 0.3, 0.4]],
        ['moving_variance', [H], [1, 2, 0.5, 0.25]],
      ],
    },
    () =>
      each(
        (i, j, c) =>
          (at(i, j, c) - 0.1 * (i + 1)) / Math.sqrt(([1, 2, 0.5, 0.25][i] as number) + 0.1) + i + 1,
      ),
  ],
  [
    'group normalisation, one group',
    {
      className: 'GroupNormalization',
      config: { groups: 1, epsilon: 0.01, center: false },
      weights: [['gamma', [C], [1, 2, 3]]],
    },
    () => {
      const m = mean([...x]);
      const s = Math.sqrt(mean([...x].map((v) => (v - m) ** 2)) + 0.01);
      return each((i, j, c) => ((at(i, j, c) - m) / s) * (c + 1));
    },
  ],
  [
    'a normalisation by stored means',
    {
      className: 'Normalization',
      config: { axis: [-1] },
      weights: [
        ['mean', [C], [0.1, 0.2, 0.3]],
        ['variance', [C], [4, 0.25, 1]],
        ['count', [], [9]],
      ],
    },
    () => each((i, j, c) => (at(i, j, c) - 0.1 * (c + 1)) / ([2, 0.5, 1][c] as number)),
  ],
  [
    'a rescaling by channel',
    { className: 'Rescaling', config: { scale: [1, 2, 3], offset: [0, 0.5, 0] } },
    () => each((i, j, c) => at(i, j, c) * (c + 1) + (c === 1 ? 0.5 : 0)),
  ],
  [
    'a dilated convolution by groups',
    {
      className: 'Conv2D',
      config: { filters: 6, kernel_size: [2, 2], groups: 3, dilation_rate: [2, 2], activation: 'tanh' },
      weights: [
        ['kernel', [2, 2, 1, 6], groupKernel],
        ['bias', [6], [0, 0, 0.5, 0, 0, 0]],
      ],
    },
    () => grouped().map((v, n) => Math.tanh(v + (n % 6 === 2 ? 0.5 : 0))),
  ],
  [
    'the same as a depthwise one',
    {
      className: 'DepthwiseConv2D',
      config: { kernel_size: [2, 2], depth_multiplier: 2, dilation_rate: [2, 2], use_bias: false },
      weights: [['kernel', [2, 2, 3, 2], groupKernel]],
    },
    grouped,
  ],
  [
    'a crop of the middle, and one row less above than below',
    { className: 'CenterCrop', config: { height: 1, width: 3 } },
    () => range(3).flatMap((j) => range(C).map((c) => at(1, j + 1, c))),
  ],
  [
    'a mean that keeps its dimensions',
    { className: 'GlobalAveragePooling2D', config: { keepdims: true } },
    () => range(C).map((c) => mean(range(H * W).map((n) => at(Math.floor(n / W), n % W, c)))),
  ],
  [
    'the largest that keeps its dimensions',
    { className: 'GlobalMaxPooling2D', config: { keepdims: true } },
    () => range(C).map((c) => Math.max(...range(H * W).map((n) => at(Math.floor(n / W), n % W, c)))),
  ],
  [
    'bilinear doubling',
    { className: 'UpSampling2D', config: { size: [1, 2], interpolation: 'bilinear' } },
    () =>
      range(H).flatMap((i) =>
        range(2 * W).flatMap((k) => {
          const [near, far] = [
            Math.floor(k / 2),
            Math.min(W - 1, Math.max(0, Math.floor(k / 2) + (k % 2 ? 1 : -1))),
          ];
          return range(C).map((c) => 0.75 * at(i, near, c) + 0.25 * at(i, far, c));
        }),
      ),
  ],
];

beforeAll(async () => {
  await startBackend('cpu');
  await startBackend('wasm');
});

describe('a layer of our own gives what Keras says, and its gradient', () => {
  it.each(CASES)('%s', async (_, given, expected) => {
    const { classifier, noGradients } = await load(given);
    expect(noGradients).toBeNull();
    const found = [...(await classifier.logits(x))];
    const wanted = expected();
    expect(found).toHaveLength(wanted.length);
    expect(Math.max(...found.map((v, k) => Math.abs(v - (wanted[k] as number))))).toBeLessThan(1e-5);

    const cotangent = normals(8, found.length);
    const { gradients } = await classifier.gradients(x, cotangent);
    const direction = normals(9, x.length);
    const along = sum([...gradients].map((v, j) => v * (direction[j] as number)));
    const value = async (step: number): Promise<number> => {
      const logits = await classifier.logits(x.map((v, j) => v + step * (direction[j] as number)));
      return sum([...logits].map((v, k) => v * (cotangent[k] as number)));
    };
    const slope = ((await value(1e-3)) - (await value(-1e-3))) / 2e-3;
    expect(Math.abs(slope - along)).toBeLessThan(0.02 * Math.abs(along) + 0.02);
    classifier.dispose();
  });
});

describe('resampling', () => {
  it.each(['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'] as const)(
    '%s keeps constants',
    (kind) => {
      for (const [size, to] of [
        [7, 3],
        [3, 7],
        [5, 5],
      ] as const) {
        const matrix = resamplingMatrix(size, to, { from: 0, size }, kind, size > to);
        for (let i = 0; i < to; i++)
          expect(sum([...matrix.slice(i * size, (i + 1) * size)])).toBeCloseTo(1, 5);
        if (size === to) for (const i of range(size)) expect(matrix[i * (size + 1)]).toBeCloseTo(1, 6);
      }
    },
  );

  it('weighs nothing beyond the samples', () => {
    const matrix = resamplingMatrix(2, 4, { from: -1, size: 4 }, 'bilinear', false);
    expect([...matrix]).toEqual([0, 0, 1, 0, 0, 1, 0, 0]);
  });
});
