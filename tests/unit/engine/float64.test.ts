import * as tf from '@tensorflow/tfjs';
import {
  model as functional,
  type LayersModel,
  layers,
  sequential,
  input as symbolic,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { marginDifference, referenceOf } from '../../../src/workers/engine/reference';
import { float64Forward } from '../../../src/workers/float64/forward';
import { asLogits, asTwoClasses, withInputForm } from '../../../src/workers/tfjs/adapt';
import { TfjsClassifier } from '../../../src/workers/tfjs/classifier';
import { layersNetwork } from '../../../src/workers/tfjs/network';

const SHAPE = [7, 6, 3] as const;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function normals(sample: number, length: number): Float32Array {
  const values = new Float32Array(length);
  new NormalSource(21, 0).fill(sample, values);
  return values;
}

/** Seeded weights; variances stay positive. */
function setWeights(model: LayersModel): LayersModel {
  const weights = model.getWeights().map((weight, i) => {
    const values = normals(i, weight.size).map((value) => 0.5 * value);
    return tf.tensor(
      model.weights[i]?.name.includes('variance') ? values.map(Math.abs) : values,
      weight.shape,
    );
  });
  model.setWeights(weights);
  return model;
}

type Layer = Parameters<ReturnType<typeof sequential>['add']>[0];

/** A network with one layer under test between image and logits. */
function netWith(...tested: Layer[]): LayersModel {
  const net = sequential();
  net.add(layers.inputLayer({ inputShape: [...SHAPE] }));
  for (const layer of tested) net.add(layer);
  if (net.outputs[0]?.shape.length !== 2) net.add(layers.flatten());
  net.add(layers.dense({ units: 4 }));
  return setWeights(net);
}

function branches(
  merge: (tensors: ReturnType<typeof symbolic>[]) => ReturnType<typeof symbolic>,
): LayersModel {
  const x = symbolic({ shape: [...SHAPE] });
  const conv = (filters: number) =>
    layers.conv2d({ filters, kernelSize: 3, padding: 'same' }).apply(x) as ReturnType<typeof symbolic>;
  const merged = merge([conv(3), conv(3), x]);
  const flat = layers.flatten().apply(merged);
  const outputs = layers.dense({ units: 4 }).apply(flat) as ReturnType<typeof symbolic>;
  return setWeights(functional({ inputs: x, outputs }));
}

const CASES: Record<string, () => LayersModel> = {
  'convolution, same, strides': () =>
    netWith(
      layers.conv2d({ filters: 5, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu' }),
    ),
  'convolution, valid, dilated': () =>
    netWith(
      layers.conv2d({ filters: 4, kernelSize: 2, dilationRate: 2, padding: 'valid', activation: 'tanh' }),
    ),
  'depthwise convolution': () =>
    netWith(layers.depthwiseConv2d({ kernelSize: 3, strides: 2, depthMultiplier: 2, padding: 'same' })),
  'batch normalization': () => netWith(layers.batchNormalization({ epsilon: 0.01 })),
  'batch normalization without scale or centre': () =>
    netWith(layers.batchNormalization({ scale: false, center: false })),
  'max pooling, same': () => netWith(layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
  'average pooling, same': () =>
    netWith(layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
  'average pooling, valid': () => netWith(layers.averagePooling2d({ poolSize: 2 })),
  'global average': () => netWith(layers.globalAveragePooling2d({})),
  'global maximum': () => netWith(layers.globalMaxPooling2d({})),
  'padding and leaky rectifier': () =>
    netWith(
      layers.zeroPadding2d({
        padding: [
          [1, 2],
          [0, 3],
        ],
      }),
      layers.leakyReLU({ alpha: 0.2 }),
    ),
  'rectifier with a limit': () => netWith(layers.reLU({ maxValue: 0.4 })),
  'dense on pixels, softmax': () => netWith(layers.dense({ units: 5, activation: 'softmax' })),
  'elu, sigmoid, softplus, swish': () =>
    netWith(
      ...(['elu', 'sigmoid', 'softplus', 'swish'] as const).map((activation) =>
        layers.activation({ activation }),
      ),
    ),
  sum: () => branches((tensors) => layers.add().apply(tensors) as ReturnType<typeof symbolic>),
  product: () => branches((tensors) => layers.multiply().apply(tensors) as ReturnType<typeof symbolic>),
  concatenation: () =>
    branches((tensors) => layers.concatenate().apply(tensors) as ReturnType<typeof symbolic>),
};

describe('the float64 form of a network', () => {
  it.each(Object.entries(CASES))('%s: gives the logits of float32, to its rounding', async (_, build) => {
    const model = build();
    const classifier = new TfjsClassifier(model, SHAPE, 4);
    const forward = await classifier.network.float64();
    for (let sample = 0; sample < 3; sample++) {
      const x = normals(100 + sample, classifier.inputLength);
      const found = await forward?.({ shape: SHAPE, data: Float64Array.from(x) });
      const expected = await classifier.logits(x);
      const scale = Math.max(1, ...expected.map(Math.abs));
      expect(found?.data.length).toBe(4);
      for (const [k, value] of found?.data.entries() ?? []) {
        expect(Math.abs(value - (expected[k] as number))).toBeLessThan(2e-6 * scale);
      }
    }
  });

  it('keeps the digits that float32 loses', async () => {
    const net = sequential();
    net.add(layers.dense({ units: 2, inputShape: [3], useBias: false }));
    net.setWeights([tf.tensor2d([1e8, 0, 1, 0, -1e8, 1], [3, 2])]);
    const forward = await float64Forward(net);
    const found = await forward?.({ shape: [3], data: Float64Array.of(1, 1, 1) });
    expect([...(found?.data ?? [])]).toEqual([1, 1]);
  });

  it('follows the way from pixels to logits', async () => {
    const net = sequential();
    net.add(layers.flatten({ inputShape: [...SHAPE] }));
    net.add(layers.dense({ units: 4, activation: 'softmax' }));
    const probabilities = setWeights(net);
    const scaled = withInputForm(layersNetwork(probabilities), {
      scale: [2, 0.5, 1],
      offset: [-1, 0.25, 0],
      channelsFirst: false,
      shape: SHAPE,
    });
    const one = sequential();
    one.add(layers.flatten({ inputShape: [3, 7, 6] }));
    one.add(layers.dense({ units: 1 }));
    const first = withInputForm(layersNetwork(setWeights(one)), {
      scale: [1],
      offset: [0],
      channelsFirst: true,
      shape: [3, 7, 6],
    });
    for (const [network, count] of [
      [asLogits(scaled), 4],
      [asTwoClasses(first), 2],
    ] as const) {
      const classifier = new TfjsClassifier(network, SHAPE, count);
      const reference = await referenceOf(classifier, null);
      expect(reference?.marginError).toBeGreaterThan(0);
      expect(reference?.marginError).toBeLessThan(1e-4);
    }
  });

  it('is not there for a layer without a rule, nor where a setting is not known', async () => {
    const unknown = new TfjsClassifier(netWith(layers.upSampling2d({})), SHAPE, 4);
    expect(await referenceOf(unknown, null)).toBeNull();
    const firstChannels = netWith(layers.averagePooling2d({ poolSize: 2, dataFormat: 'channelsFirst' }));
    expect(await referenceOf(new TfjsClassifier(firstChannels, SHAPE, 4), null)).toBeNull();
  });

  it('is not used where it gives other logits than the network', async () => {
    const classifier = new TfjsClassifier(CASES.sum?.() as LayersModel, SHAPE, 4);
    const x = normals(7, classifier.inputLength);
    const other = async () => Float64Array.from(await classifier.logits(x), (value) => value + 0.01);
    expect(await marginDifference(classifier, other, x)).toBeNull();
  });

  it('takes the rounding on the card where that is larger', async () => {
    const classifier = new TfjsClassifier(CASES.sum?.() as LayersModel, SHAPE, 4);
    expect((await referenceOf(classifier, 0.125))?.marginError).toBe(0.125);
  });
});
