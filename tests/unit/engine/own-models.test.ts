import '../../../src/node/engine';
import * as tf from '@tensorflow/tfjs';
import { type LayersModel, layers, loadGraphModel, sequential } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { softmax } from '../../../src/estimators/math/softmax';
import { ESTIMATORS } from '../../../src/estimators/registry';
import { OwnModels } from '../../../src/workers/engine/own/own-models';
import type { OwnModelDescription } from '../../../src/workers/models/own/description';
import { memoryStorage } from '../../../src/workers/models/own/storage';
import { startBackend } from '../../../src/workers/tfjs/backend';
import {
  blobs,
  convolution,
  graphFiles,
  json,
  matMul,
  normals,
  pooling,
  randomise,
  type SavedFile,
  savedFiles,
  squeeze,
  text,
} from '../../support/own-models';
import { contextFor, finalEstimates } from '../../support/run';

const greatest = (values: ArrayLike<number>, others: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value, i) => Math.max(most, Math.abs(value - (others[i] as number))), 0);

const small = (activation: 'softmax' | 'linear' | 'sigmoid', units = 4): LayersModel =>
  randomise(
    sequential({
      layers: [
        layers.conv2d({ inputShape: [8, 6, 3], filters: 4, kernelSize: 3, activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units, activation }),
      ],
    }),
    7,
  );

async function load(
  files: readonly SavedFile[],
  change: Partial<OwnModelDescription> = {},
  backend: 'cpu' | 'wasm' = 'wasm',
) {
  const own = new OwnModels(memoryStorage());
  const report = await own.inspect(blobs(files));
  const { loaded, notKept } = await own.add(report.id, { ...report.guessed, ...change }, backend);
  return { report, ...loaded, notKept, own };
}

/** The gradient of sum_k c_k f_k along a direction, by central differences in float32. */
async function slope(
  logits: (x: Float32Array) => Promise<Float32Array>,
  x: Float32Array,
  direction: Float32Array,
  cotangent: Float32Array,
): Promise<number> {
  const step = 1e-2;
  const value = async (sign: number) => {
    const found = await logits(x.map((each, j) => each + sign * step * (direction[j] as number)));
    return found.reduce((sum, each, k) => sum + each * (cotangent[k] as number), 0);
  };
  return ((await value(1)) - (await value(-1))) / (2 * step);
}

beforeAll(async () => {
  await startBackend('wasm');
});

describe('a Layers model saved by tfjs', () => {
  it('gives the logits under its softmax, for pixels mapped as described, and their exact gradients', async () => {
    const model = small('softmax');
    const described = {
      range: [-1, 1] as [number, number],
      mean: [0.1, 0.2, 0.3],
      std: [0.5, 0.6, 0.7],
    };
    const { report, card, classifier, noGradients, words } = await load(await savedFiles(model), described);
    expect(report).toMatchObject({ format: 'layers', shape: [8, 6, 3], classCount: 4 });
    expect(report.parameters).toBe(model.countParams());
    expect(words.join(' ')).toMatch(/softmax at its end was taken off/);
    expect(noGradients).toBeNull();
    expect(card.labels).toEqual(['0', '1', '2', '3']);

    const x = normals(3, 144).map((value) => 0.5 + 0.25 * value);
    const mapped = x.map(
      (value, i) => (-1 + 2 * value - (described.mean[i % 3] as number)) / (described.std[i % 3] as number),
    );
    const wanted = await (model.predict(tf.tensor(mapped, [1, 8, 6, 3])) as tf.Tensor).data();
    const logits = await classifier.logits(x);
    expect(greatest(softmax(logits), wanted)).toBeLessThan(1e-5);

    const cotangent = normals(4, 4);
    const direction = normals(5, 144, 0.1);
    const { gradients } = await classifier.gradients(x, cotangent);
    const along = Float64Array.from(gradients).reduce(
      (sum, value, j) => sum + value * (direction[j] as number),
      0,
    );
    const found = await slope((point) => classifier.logits(point), x, direction, cotangent);
    expect(Math.abs(found - along)).toBeLessThan(0.02 * Math.abs(along) + 1e-3);
    classifier.dispose();
  });

  it('reads a single sigmoid as two classes', async () => {
    const model = small('sigmoid', 1);
    const { classifier, words, card } = await load(await savedFiles(model));
    expect(words.join(' ')).toMatch(/two classes/);
    expect(card.labels).toEqual(['0', '1']);
    const x = normals(3, 144).map((value) => 0.5 + 0.25 * value);
    const logits = await classifier.logits(x);
    const wanted = await (model.predict(tf.tensor(x, [1, 8, 6, 3])) as tf.Tensor).data();
    expect(1 / (1 + Math.exp(-(logits[1] as number)))).toBeCloseTo(wanted[0] as number, 5);
    const { gradients } = await classifier.gradients(x, Float32Array.of(1, 0, 0, 1));
    expect(gradients.subarray(0, 144).every((value) => value === 0)).toBe(true);
    expect(gradients.subarray(144).some((value) => value !== 0)).toBe(true);
    classifier.dispose();
  });

  it('refuses a single output that is no sigmoid', async () => {
    await expect(load(await savedFiles(small('linear', 1)))).rejects.toMatchObject({
      code: 'model_unsupported',
      message: expect.stringMatching(/has one output/),
    });
  });

  it('recovers logits where probabilities come out of something else', async () => {
    const averaged = sequential({
      layers: [
        layers.flatten({ inputShape: [4, 4, 1] }),
        layers.dense({ units: 6, activation: 'softmax' }),
        layers.reshape({ targetShape: [3, 2] }),
        layers.reshape({ targetShape: [6] }),
      ],
    });
    const model = randomise(averaged, 2);
    const { classifier, words } = await load(await savedFiles(model));
    expect(words.join(' ')).toMatch(/logarithms serve as logits/);
    const x = normals(3, 16).map((value) => 0.5 + 0.25 * value);
    const wanted = await (model.predict(tf.tensor(x, [1, 4, 4, 1])) as tf.Tensor).data();
    expect(greatest(softmax(await classifier.logits(x)), wanted)).toBeLessThan(1e-5);
    const { gradients } = await classifier.gradients(x, Float32Array.of(1, -1, 0, 0, 0, 0));
    const direction = normals(5, 16, 0.1);
    const along = Float64Array.from(gradients).reduce(
      (sum, value, j) => sum + value * (direction[j] as number),
      0,
    );
    const found = await slope(
      (point) => classifier.logits(point),
      x,
      direction,
      Float32Array.of(1, -1, 0, 0, 0, 0),
    );
    expect(Math.abs(found - along)).toBeLessThan(0.01 * Math.abs(along) + 1e-3);
    classifier.dispose();
  });

  it('takes rows of 784 numbers and pictures without a channel axis for grey pictures', async () => {
    for (const first of [
      layers.dense({ units: 5, inputShape: [784] }),
      layers.flatten({ inputShape: [28, 28] }),
    ]) {
      const model = randomise(sequential({ layers: [first, layers.dense({ units: 10 })] }), 4);
      const { report, classifier, card } = await load(await savedFiles(model));
      expect(report.guessed).toMatchObject({ shape: [28, 28, 1], preparation: 'mnist' });
      expect(card.input.shape).toEqual([28, 28, 1]);
      const x = normals(3, 784);
      const shape = model.inputs[0]?.shape.slice(1) as number[];
      const wanted = await (model.predict(tf.tensor(x, [1, ...shape])) as tf.Tensor).data();
      expect(greatest(await classifier.logits(x), wanted)).toBeLessThan(1e-4);
      classifier.dispose();
    }
  });

  it('leaves no tensor behind', async () => {
    const files = await savedFiles(small('softmax'));
    await (await load(files)).classifier.dispose();
    const before = tf.memory().numTensors;
    (await load(files)).classifier.dispose();
    await expect(load(files, { shape: [9, 6, 3] })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(load(files, { labels: ['a', 'b'] })).rejects.toMatchObject({ code: 'bad_request' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is kept under its hash, described anew, and refused once its files are not what they were', async () => {
    const files = await savedFiles(small('softmax'), 100);
    const { report, own, sha256, classifier, notKept } = await load(files);
    classifier.dispose();
    expect(notKept).toBeNull();
    expect(report.id).toBe(`sha256:${sha256}`);
    const again = await own.load(report.id, 'wasm');
    expect(again.card).toMatchObject({ id: report.id, name: 'My model' });
    again.classifier.dispose();
    const described = await own.describe(report.id, { ...report.guessed, name: 'Mine' }, 'wasm');
    described.classifier.dispose();
    expect((await own.storage.list())[0]?.described.name).toBe('Mine');
    expect(await own.inspect(blobs(files))).toMatchObject({ isKept: true, guessed: { name: 'Mine' } });
    const withLabels = (names: string) => [
      ...files,
      { path: 'labels.txt', bytes: new TextEncoder().encode(names) },
    ];
    const now = await own.inspect(blobs(withLabels('one\ntwo\nthree\nfour')));
    expect(now.guessed).toMatchObject({ name: 'Mine', labels: ['one', 'two', 'three', 'four'] });
    const short = await own.inspect(blobs(withLabels('one\ntwo')));
    expect(short.guessed.labels).toEqual(report.guessed.labels);

    const kept = await own.storage.read(sha256);
    if (kept === null) throw new Error('nothing was kept');
    const [model, first, ...rest] = kept.files;
    const bytes = new Uint8Array(await (first as { data: Blob }).data.arrayBuffer());
    bytes[3] = (bytes[3] as number) ^ 1;
    const altered = { path: (first as { path: string }).path, data: new Blob([bytes]) };
    await own.storage.put(kept.model, [model as { path: string; data: Blob }, altered, ...rest]);
    await expect(own.load(report.id, 'wasm')).rejects.toMatchObject({ code: 'model_checksum' });
    await own.remove(report.id);
    await expect(own.load(report.id, 'wasm')).rejects.toMatchObject({ code: 'model_not_found' });
  });
});

const graph = (change: Partial<Parameters<typeof graphFiles>[0]> = {}) =>
  graphFiles({
    shape: [-1, 8, 6, 3],
    weights: [
      { name: 'kernel', shape: [3, 3, 3, 4], values: normals(11, 108, 0.3) },
      { name: 'dense', shape: [4, 5], values: normals(12, 20, 0.7) },
    ],
    layers: [
      convolution('conv', 'x', 'kernel', 2),
      { name: 'relu', op: 'Relu', input: ['conv'] },
      pooling('pool', 'relu', 4, 3),
      squeeze('flat', 'pool'),
      matMul('logits', 'flat', 'dense'),
      { name: 'p', op: 'Softmax', input: ['logits'] },
      { name: 'Identity', op: 'Identity', input: ['p'] },
    ],
    output: 'Identity',
    outputShape: [-1, 5],
    ...change,
  });

/** What tfjs itself says of an input. */
async function predicted(
  files: readonly SavedFile[],
  x: Float32Array,
  shape: number[],
): Promise<Float32Array> {
  const { weightsManifest, ...rest } = json(files[0]?.bytes);
  const [{ weights: weightSpecs }] = weightsManifest;
  const weightData = Uint8Array.from(files.slice(1).flatMap(({ bytes }) => [...bytes])).buffer;
  const model = await loadGraphModel(tf.io.fromMemory({ ...rest, weightSpecs, weightData }));
  return (await (model.predict(tf.tensor(x, shape)) as tf.Tensor).data()) as Float32Array;
}

describe('a Graph model saved by tfjs', () => {
  it('gives the logits under its softmax, and the gradients', async () => {
    const { report, classifier, words, noGradients } = await load(await graph());
    expect(report).toMatchObject({ format: 'graph', shape: [8, 6, 3], classCount: 5 });
    expect(words.join(' ')).toMatch(/softmax at its end was taken off/);
    expect(noGradients).toBeNull();
    const x = normals(3, 2 * 144).map((value) => 0.5 + 0.25 * value);
    const logits = await classifier.logits(x);
    const cotangents = normals(4, 2 * 3 * 5);
    const { gradients, logits: same } = await classifier.gradients(x, cotangents);
    expect(greatest(same, logits)).toBeLessThan(1e-5);
    const wanted = await predicted(await graph(), x, [2, 8, 6, 3]);
    for (const row of [0, 1]) {
      const [from, to] = [row * 5, row * 5 + 5];
      expect(greatest(softmax(logits.subarray(from, to)), wanted.subarray(from, to))).toBeLessThan(1e-5);
    }
    for (let row = 0; row < 6; row++) {
      const direction = normals(20 + row, 144, 0.1);
      const at = x.subarray(144 * Math.floor(row / 3), 144 * (Math.floor(row / 3) + 1));
      const along = direction.reduce(
        (sum, value, j) => sum + value * (gradients[row * 144 + j] as number),
        0,
      );
      const cotangent = cotangents.subarray(row * 5, row * 5 + 5);
      const found = await slope((point) => classifier.logits(point), at, direction, cotangent);
      expect(Math.abs(found - along)).toBeLessThan(0.02 * Math.abs(along) + 2e-3);
    }
    classifier.dispose();
  });

  it.each([
    ['beyond 32 bits', 3000],
    ['of more than a gigabyte', 800],
  ])('is refused where a value is %s, and the next one runs', async (_, times) => {
    const tiled = await graph({
      weights: [{ name: 'times', shape: [4], values: Int32Array.of(1, times, times, 1) }],
      layers: [
        { name: 'tiled', op: 'Tile', input: ['x', 'times'], attr: { Tmultiples: { type: 'DT_INT32' } } },
        pooling('pool', 'tiled', 8 * times, 6 * times),
        squeeze('Identity', 'pool'),
      ],
      outputShape: [-1, 3],
    });
    await expect(load(tiled)).rejects.toMatchObject({
      code: 'model_too_large',
      message: expect.stringMatching(/needs more memory than there is: \d+ MB/),
    });
    const { classifier } = await load(await graph());
    classifier.dispose();
  });

  it('goes one by one through a graph with a batch of one', async () => {
    const many = await load(await graph());
    const one = await load(await graph({ shape: [1, 8, 6, 3] }));
    const x = normals(3, 3 * 144);
    expect(greatest(await one.classifier.logits(x), await many.classifier.logits(x))).toBeLessThan(1e-5);
    const c = normals(4, 3 * 5);
    const [a, b] = [await one.classifier.gradients(x, c), await many.classifier.gradients(x, c)];
    expect(greatest(a.gradients, b.gradients)).toBeLessThan(1e-5);
  });

  it.each([
    ['weights of zero', { name: 'x0', op: 'Relu', input: ['flat'] }, 0],
    ['steps', { name: 'x0', op: 'Round', input: ['flat'] }, 1],
    ['whole numbers between', { name: 'x0', op: 'Identity', input: ['cast'] }, 1],
  ])('has gradients of zero, and says so: %s', async (_, layer, scale) => {
    const files = await graph({
      weights: [
        { name: 'kernel', shape: [3, 3, 3, 4], values: normals(11, 108, 0.01) },
        { name: 'dense', shape: [4, 5], values: normals(12, 20, scale) },
        { name: 'bias', shape: [5], values: Float32Array.of(0, 3, 0, 1, 0) },
      ],
      layers: [
        convolution('conv', 'x', 'kernel', 2),
        pooling('pool', 'conv', 4, 3),
        squeeze('flat', 'pool'),
        {
          name: 'whole',
          op: 'Cast',
          input: ['flat'],
          attr: { SrcT: { type: 'DT_FLOAT' }, DstT: { type: 'DT_INT32' } },
        },
        {
          name: 'cast',
          op: 'Cast',
          input: ['whole'],
          attr: { SrcT: { type: 'DT_INT32' }, DstT: { type: 'DT_FLOAT' } },
        },
        layer,
        matMul('product', 'x0', 'dense'),
        { name: 'logits', op: 'AddV2', input: ['product', 'bias'] },
      ],
      output: 'logits',
    });
    const { classifier, noGradients, words } = await load(files);
    expect(noGradients).toBeNull();
    expect(words.join(' ')).toMatch(/All gradients are zero/);
    const x = normals(3, 144, 0.1);
    const { logits, jacobian } = await classifier.linearise(x);
    expect([...logits]).toEqual([0, 3, 0, 1, 0]);
    expect(jacobian.every((value) => value === 0)).toBe(true);
    const context = await contextFor(classifier, x, [0.01], { stop: { rule: 'fixed', samples: 256 } });
    for (const estimator of ESTIMATORS.filter(({ id }) => id !== 'softmax')) {
      const [estimate] = await finalEstimates(estimator, context);
      expect(estimate?.p, estimator.id).toBe(1);
    }
    classifier.dispose();
  });

  it('names the op that has no gradient, and still gives logits', async () => {
    const files = await graph({
      layers: [
        convolution('wide', 'x', 'kernel'),
        {
          name: 'shuffled',
          op: 'DepthToSpace',
          input: ['wide'],
          attr: { block_size: { i: '2' }, data_format: { s: Buffer.from('NHWC').toString('base64') } },
        },
        pooling('pool', 'shuffled', 16, 12),
        squeeze('flat', 'pool'),
        matMul('logits', 'flat', 'dense'),
      ],
      weights: [
        { name: 'kernel', shape: [3, 3, 3, 16], values: normals(1, 432, 0.3) },
        { name: 'dense', shape: [4, 5], values: normals(2, 20) },
      ],
      output: 'logits',
    });
    const { classifier, noGradients } = await load(files);
    expect(noGradients).toMatch(/no gradient for the op “DepthToSpace”/);
    expect(await classifier.logits(normals(3, 144))).toHaveLength(5);
  });

  it('names an op that tfjs does not have', async () => {
    const files = await graph();
    const model = json(files[0]?.bytes);
    model.modelTopology.node.find((node: { name: string }) => node.name === 'relu').op = 'Frobnicate';
    await expect(load([{ path: 'model.json', bytes: text(model) }, ...files.slice(1)])).rejects.toMatchObject(
      {
        code: 'model_unsupported',
        message: expect.stringMatching(/op “Frobnicate”/),
      },
    );
  });
});
