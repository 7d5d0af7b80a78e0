import '../../../src/node/engine';
import * as tf from '@tensorflow/tfjs';
import { layers, sequential } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { OwnModels } from '../../../src/workers/engine/own/own-models';
import { probeModel } from '../../../src/workers/engine/own/probe';
import { memoryStorage } from '../../../src/workers/models/own/storage';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { TfjsClassifier } from '../../../src/workers/tfjs/classifier';
import { layersNetwork, type Network } from '../../../src/workers/tfjs/network';
import {
  blobs,
  convolution,
  type GraphLayer,
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

const D = 8 * 6 * 3;
const x = normals(3, D).map((value) => 0.5 + 0.25 * value);

const greatest = (values: ArrayLike<number>, others: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value, i) => Math.max(most, Math.abs(value - (others[i] as number))), 0);

async function load(files: readonly SavedFile[]) {
  const own = new OwnModels(memoryStorage());
  const report = await own.inspect(blobs(files));
  return (await own.add(report.id, report.guessed, 'wasm')).loaded;
}

/** A convolution to four channels, something of one's own, and the mean over the picture as four logits. */
const withMiddle = (middle: readonly GraphLayer[], more: Parameters<typeof graphFiles>[0]['weights'] = []) =>
  graphFiles({
    shape: [-1, 8, 6, 3],
    weights: [
      { name: 'kernel', shape: [3, 3, 3, 4], values: normals(1, 108, 0.3) },
      { name: 'dense', shape: [4, 4], values: normals(2, 16) },
      ...more,
    ],
    layers: [
      convolution('conv', 'x', 'kernel'),
      pooling('pool', 'conv', 8, 6),
      squeeze('flat', 'pool'),
      ...middle,
    ],
    output: middle.at(-1)?.name ?? 'flat',
    outputShape: [-1, 4],
  });

beforeAll(async () => {
  await startBackend('wasm');
});

describe('what wasm cannot do', () => {
  it('forwards runs in plain JavaScript, which is said', async () => {
    const einsum: GraphLayer = {
      name: 'product',
      op: 'Einsum',
      input: ['flat', 'dense'],
      attr: { equation: { s: Buffer.from('ij,jk->ik').toString('base64') }, N: { i: '2' } },
    };
    const { classifier, words, noGradients } = await load(await withMiddle([einsum]));
    const plain = await load(await withMiddle([matMul('product', 'flat', 'dense')]));
    expect(words.join(' ')).toMatch(/op “Einsum”, which tfjs does not have on wasm.*plain JavaScript/);
    expect(classifier).toMatchObject({ forwardOn: 'cpu', backwardOn: 'cpu' });
    expect(noGradients).toMatch(/no gradient for the op “Einsum”/);
    expect(greatest(await classifier.logits(x), await plain.classifier.logits(x))).toBeLessThan(1e-5);
    expect(tf.getBackend()).toBe('wasm');
  });

  it('backwards runs there for gradients alone', async () => {
    const order = [2, 0, 3, 1];
    const gather: GraphLayer = {
      name: 'shuffled',
      op: 'GatherV2',
      input: ['flat', 'order', 'axis'],
      attr: { batch_dims: { i: '0' } },
    };
    const indices = { name: 'order', shape: [4], values: Int32Array.from(order) };
    const axis = { name: 'axis', shape: [], values: Int32Array.of(1) };
    const { classifier, words, noGradients } = await load(await withMiddle([gather], [indices, axis]));
    expect(noGradients).toBeNull();
    expect(classifier).toMatchObject({ forwardOn: null, backwardOn: 'cpu' });
    expect(words.join(' ')).toMatch(/gradients are taken in plain JavaScript.*“UnsortedSegmentSum” on wasm/);

    const plain = await load(await withMiddle([]));
    const cotangents = normals(4, 2 * 4);
    const back = cotangents.map((_, i) => cotangents[4 * Math.floor(i / 4) + order.indexOf(i % 4)] as number);
    for (let round = 0; round < 2; round++) {
      const { gradients, logits } = await classifier.gradients(x, cotangents);
      expect(greatest(gradients, (await plain.classifier.gradients(x, back)).gradients)).toBeLessThan(1e-5);
      // Weights go back to wasm.
      expect(greatest(await classifier.logits(x), logits)).toBeLessThan(1e-5);
    }
  });

  it('rightly is found out by comparing', async () => {
    const right = layersNetwork(
      randomise(
        sequential({ layers: [layers.flatten({ inputShape: [8, 6, 3] }), layers.dense({ units: 3 })] }),
        5,
      ),
    );
    const wrongOn = (what: 'forward' | 'backward'): Network => ({
      ...right,
      forward: (inputs) => {
        const logits = right.forward(inputs);
        return what === 'forward' && tf.getBackend() === 'wasm' ? tf.mul(logits, 1.01) : logits;
      },
      backward: (inputs, cotangents) => {
        const { logits, gradients } = right.backward(inputs, cotangents);
        const isWrong = what === 'backward' && tf.getBackend() === 'wasm';
        return { logits, gradients: isWrong ? tf.mul(gradients, 1.1) : gradients };
      },
    });
    const forward = new TfjsClassifier(wrongOn('forward'), [8, 6, 3], 3);
    const found = await probeModel(forward, 'wasm', null);
    expect(forward).toMatchObject({ forwardOn: 'cpu', backwardOn: 'cpu' });
    expect(found).toMatchObject({
      noGradients: null,
      words: [expect.stringMatching(/On wasm it gives other numbers/)],
    });

    const backward = new TfjsClassifier(wrongOn('backward'), [8, 6, 3], 3);
    expect((await probeModel(backward, 'wasm', null)).noGradients).toBeNull();
    expect(backward).toMatchObject({ forwardOn: null, backwardOn: 'cpu' });

    const sound = new TfjsClassifier(right, [8, 6, 3], 3);
    expect(await probeModel(sound, 'wasm', null)).toEqual({ noGradients: null, words: [] });
    expect(sound).toMatchObject({ forwardOn: null, backwardOn: null });
  });
});

describe('shapes of inputs and outputs', () => {
  it('channels may come first', async () => {
    const toLast: GraphLayer = { name: 'last', op: 'Transpose', input: ['x', 'order'] };
    const files = await graphFiles({
      shape: [-1, 3, 8, 6],
      weights: [
        { name: 'kernel', shape: [3, 3, 3, 4], values: normals(1, 108, 0.3) },
        { name: 'order', shape: [4], values: Int32Array.of(0, 2, 3, 1) },
      ],
      layers: [
        toLast,
        convolution('conv', 'last', 'kernel'),
        pooling('pool', 'conv', 8, 6),
        squeeze('flat', 'pool'),
      ],
      output: 'flat',
      outputShape: [-1, 4],
    });
    const [first, last] = [await load(files), await load(await withMiddle([]))];
    expect(first.card.input.shape).toEqual([8, 6, 3]);
    expect(greatest(await first.classifier.logits(x), await last.classifier.logits(x))).toBeLessThan(1e-5);
    const cotangents = normals(4, 12);
    const gradients = await first.classifier.gradients(x, cotangents);
    expect(
      greatest(gradients.gradients, (await last.classifier.gradients(x, cotangents)).gradients),
    ).toBeLessThan(1e-6);
  });

  it('outputs may be 1 x 1 x K, from Layers and graphs', async () => {
    const model = randomise(
      sequential({
        layers: [
          layers.conv2d({ inputShape: [8, 6, 3], filters: 4, kernelSize: 3, activation: 'relu' }),
          layers.averagePooling2d({ poolSize: [6, 4] }),
          layers.conv2d({ filters: 5, kernelSize: 1 }),
        ],
      }),
      9,
    );
    const { classifier, noGradients } = await load(await savedFiles(model));
    expect(noGradients).toBeNull();
    const wanted = await (model.predict(tf.tensor(x, [1, 8, 6, 3])) as tf.Tensor).data();
    expect(greatest(await classifier.logits(x), wanted)).toBeLessThan(1e-5);
    const unsqueezed = await graphFiles({
      shape: [-1, 8, 6, 3],
      weights: [{ name: 'kernel', shape: [3, 3, 3, 4], values: normals(1, 108, 0.3) }],
      layers: [convolution('conv', 'x', 'kernel'), pooling('pool', 'conv', 8, 6)],
      output: 'pool',
      outputShape: [-1, 1, 1, 4],
    });
    const [spatial, flat] = [await load(unsqueezed), await load(await withMiddle([]))];
    const cotangents = normals(4, 12);
    const { gradients, logits } = await spatial.classifier.gradients(x, cotangents);
    expect(greatest(logits, await flat.classifier.logits(x))).toBeLessThan(1e-5);
    expect(greatest(gradients, (await flat.classifier.gradients(x, cotangents)).gradients)).toBeLessThan(
      1e-6,
    );
  });

  it('whole numbers and batches of a fixed size are refused in a sentence', async () => {
    const cast: GraphLayer = {
      name: 'f',
      op: 'Cast',
      input: ['x'],
      attr: { SrcT: { type: 'DT_INT32' }, DstT: { type: 'DT_FLOAT' } },
    };
    const whole = await graphFiles({
      shape: [-1, 8, 6, 3],
      weights: [{ name: 'kernel', shape: [3, 3, 3, 4], values: normals(1, 108, 0.3) }],
      layers: [
        cast,
        convolution('conv', 'f', 'kernel'),
        pooling('pool', 'conv', 8, 6),
        squeeze('flat', 'pool'),
      ],
      output: 'flat',
      outputShape: [-1, 4],
      inputType: 'DT_INT32',
    });
    await expect(load(whole)).rejects.toMatchObject({
      code: 'model_unsupported',
      message: expect.stringMatching(/whole numbers/),
    });
    const fixed = await graphFiles({
      shape: [8, 8, 6, 3],
      weights: [{ name: 'kernel', shape: [3, 3, 3, 4], values: normals(1, 108, 0.3) }],
      layers: [convolution('conv', 'x', 'kernel'), pooling('pool', 'conv', 8, 6), squeeze('flat', 'pool')],
      output: 'flat',
      outputShape: [8, 4],
    });
    await expect(load(fixed)).rejects.toMatchObject({
      message: expect.stringMatching(/exactly 8 pictures at a time/),
    });
  });
});

describe('what other converters write', () => {
  const model = () =>
    randomise(
      sequential({
        name: 'net',
        layers: [
          layers.conv2d({
            inputShape: [8, 6, 3],
            filters: 4,
            kernelSize: 3,
            activation: 'relu',
            name: 'conv',
          }),
          layers.flatten({ name: 'flatten' }),
          layers.dense({ units: 4, activation: 'softmax', name: 'dense' }),
        ],
      }),
      7,
    );

  it('Keras 3’s form gives the same logits as tfjs’s own', async () => {
    const files = await savedFiles(model());
    const description = json(files[0]?.bytes);
    const config = description.modelTopology.config as { layers: { config: Record<string, unknown> }[] };
    const policy = {
      module: 'keras',
      class_name: 'DTypePolicy',
      config: { name: 'float32' },
      registered_name: null,
    };
    const [first] = config.layers;
    delete first?.config.batch_input_shape;
    for (const layer of config.layers) layer.config.dtype = policy;
    const input = { batch_shape: [null, 8, 6, 3], dtype: 'float32', sparse: false, name: 'input_layer' };
    config.layers.unshift({ class_name: 'InputLayer', config: input } as (typeof config.layers)[number]);
    for (const weight of description.weightsManifest[0].weights) weight.name = `net/${weight.name}`;
    const keras3 = [{ path: 'model.json', bytes: text(description) }, ...files.slice(1)];
    const [mended, plain] = [await load(keras3), await load(files)];
    expect(mended.words.join(' ')).toMatch(/Keras 3 wrote it in a form of its own/);
    expect(plain.words.join(' ')).not.toMatch(/Keras 3/);
    expect(greatest(await mended.classifier.logits(x), await plain.classifier.logits(x))).toBe(0);
  });

  it('float16 weights give nearly the same', async () => {
    const files = await savedFiles(model());
    const description = json(files[0]?.bytes);
    const values = new Float32Array(Uint8Array.from(files[1]?.bytes as Uint8Array).buffer);
    for (const weight of description.weightsManifest[0].weights) weight.quantization = { dtype: 'float16' };
    const halves = Uint16Array.from(values, toHalf);
    const quantised = [
      { path: 'model.json', bytes: text(description) },
      { path: files[1]?.path as string, bytes: new Uint8Array(halves.buffer) },
    ];
    const [half, full] = [await load(quantised), await load(files)];
    const difference = greatest(await half.classifier.logits(x), await full.classifier.logits(x));
    expect(difference).toBeGreaterThan(0);
    // Each weight is off by at most 2^-11 of itself, and the logits are sums of a few dozen products of order 1.
    expect(difference).toBeLessThan(5e-3);
  });

  /** The nearest float16 of a number of ordinary size. */
  function toHalf(value: number): number {
    const magnitude = Math.abs(value);
    if (magnitude < 2 ** -14) return 0;
    const exponent = Math.floor(Math.log2(magnitude));
    const mantissa = Math.round((magnitude / 2 ** exponent - 1) * 1024);
    return (value < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + mantissa;
  }
});
