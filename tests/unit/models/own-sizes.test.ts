import * as tf from '@tensorflow/tfjs';
import { layers, sequential } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { finishModel } from '../../../src/workers/engine/own/trial';
import { buildModel } from '../../../src/workers/models/own/build';
import { readModelFiles } from '../../../src/workers/models/own/files';
import { guessDescription } from '../../../src/workers/models/own/guess';
import type { OwnFile } from '../../../src/workers/models/own/own-file';
import {
  convolution,
  graphFiles,
  json,
  matMul,
  normals,
  pooling,
  savedFiles,
  squeeze,
  text,
} from '../../support/own-models';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Topology = { config: { layers: { class_name: string; config: Record<string, unknown> }[] } };

const small = () =>
  sequential({
    layers: [
      layers.conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, padding: 'same', name: 'first' }),
      layers.upSampling2d({ size: [2, 2], name: 'larger' }),
      layers.depthwiseConv2d({ kernelSize: 3, name: 'second' }),
      layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }),
      layers.dense({ units: 3, name: 'last' }),
    ],
  });

/** The files of the small network, with some of a layer's settings altered. */
async function altered(layer: string, settings: object): Promise<OwnFile[]> {
  const files = await savedFiles(small());
  return files.map((file) => {
    if (file.path !== 'model.json') return file;
    const model = json(file.bytes) as { modelTopology: Topology };
    const found = model.modelTopology.config.layers.find(({ config }) => config.name === layer);
    Object.assign(found?.config ?? {}, settings);
    return { path: file.path, bytes: text(model) };
  });
}

async function outcome(files: readonly OwnFile[]): Promise<string> {
  try {
    const built = await buildModel(readModelFiles(files));
    const { network, outputs } = await finishModel(
      built,
      guessDescription({
        shape: built.layout.shape,
        classCount: 3,
        names: [],
        changes: [],
        labels: null,
        hasMetadata: false,
      }),
    );
    network.dispose();
    return `${outputs.classCount} classes`;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('sizes that the layers of a network state', () => {
  it('are bounded by the name of the layer, and those of the network itself pass', async () => {
    expect(await outcome(await altered('first', {}))).toBe('3 classes');
    expect(await outcome(await altered('second', { strides: [1, 2 ** 40] }))).toMatch(
      /“second” has 1099511627776 in its “strides”/,
    );
    expect(await outcome(await altered('second', { dilation_rate: [1e300, 1] }))).toMatch(
      /“second” has 1e\+300/,
    );
    expect(await outcome(await altered('first', { filters: 1e12 }))).toMatch(
      /“first” has “filters” 1000000000000/,
    );
    expect(await outcome(await altered('last', { units: 1.5 }))).toMatch(/“last” has “units” 1.5/);
  });

  it('may not add up to more for one picture than a pass may hold', async () => {
    expect(await outcome(await altered('larger', { size: [2000, 2000] }))).toMatch(
      /the layer “larger” gives 16000 x 16000 x 4 values, 4096 MB, and the limit is 256 MB/,
    );
    expect(await outcome(await altered('second', { kernel_size: [40, 40] }))).toMatch(/“second”/);
  });

  it('name no more weights than the files hold, before any are made', async () => {
    const before = tf.memory().numBytes;
    // 64 000 inputs of 120 units each.
    const files = await altered('pool', { name: 'pool' });
    const flat = files.map((file) => {
      if (file.path !== 'model.json') return file;
      const model = json(file.bytes) as { modelTopology: Topology };
      const { layers: all } = model.modelTopology.config;
      Object.assign(all[1]?.config ?? {}, { size: [16, 16] });
      Object.assign(all[3] ?? {}, { class_name: 'Flatten' });
      Object.assign(all[4]?.config ?? {}, { units: 120 });
      return { path: file.path, bytes: text(model) };
    });
    expect(await outcome(flat)).toMatch(
      /The layer “last” would have 7620480 weights, and the files hold \d+ in all/,
    );
    expect(tf.memory().numBytes - before).toBeLessThan(1e5);
  });
});

describe('the weights that a manifest states', () => {
  const manifest = (paths: string[], spec: object, bytes = new Uint8Array(64)): OwnFile[] => [
    {
      path: 'model.json',
      bytes: text({
        modelTopology: { class_name: 'Sequential', config: {} },
        weightsManifest: [{ paths, weights: [{ name: 'd/kernel', ...spec }] }],
      }),
    },
    { path: 'w.bin', bytes },
  ];
  const message = (files: OwnFile[]): string => {
    try {
      readModelFiles(files);
      return 'read';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('are refused where they are more than a model may have, strings too', () => {
    for (const dtype of ['string', 'float32', 'bool']) {
      expect(message(manifest(['w.bin'], { dtype, shape: [1e15] }))).toMatch(
        /“d\/kernel” are said to be 1000000000000000 values, and the limit/,
      );
      expect(message(manifest(['w.bin'], { dtype, shape: [1e9, 0] }))).toMatch(/64 bytes more/);
    }
    expect(message(manifest(['w.bin'], { dtype: 'string', shape: [1e6] }))).toMatch(/3999936 bytes fewer/);
  });

  it('are refused where a file is named so often that all of it is too large', () => {
    const paths = new Array<string>(600).fill('w.bin');
    const files = manifest(paths, { dtype: 'bool', shape: [1] }, new Uint8Array(1e6));
    expect(message(files)).toMatch(/600 MB and the limit is 500 MB/);
  });
});

describe('the attributes of a graph', () => {
  const graph = async (change: (nodes: Record<string, unknown>[]) => void): Promise<OwnFile[]> => {
    const files = await graphFiles({
      shape: [-1, 8, 8, 3],
      weights: [
        { name: 'kernel', shape: [3, 3, 3, 4], values: normals(1, 108, 0.3) },
        { name: 'dense', shape: [4, 3], values: normals(2, 12) },
      ],
      layers: [
        convolution('wide', 'x', 'kernel'),
        pooling('pool', 'wide', 8, 8),
        squeeze('flat', 'pool'),
        matMul('logits', 'flat', 'dense'),
      ],
      output: 'logits',
      outputShape: [-1, 3],
    });
    return files.map((file) => {
      if (file.path !== 'model.json') return file;
      const model = json(file.bytes) as { modelTopology: { node: Record<string, unknown>[] } };
      change(model.modelTopology.node);
      return { path: file.path, bytes: text(model) };
    });
  };
  const node = (nodes: Record<string, unknown>[], name: string) =>
    nodes.find((each) => each.name === name) as Record<string, unknown>;

  it('are refused by the name of the node', async () => {
    expect(await outcome(await graph(() => {}))).toBe('3 classes');
    const strides = { list: { i: ['1', '1', String(2 ** 40), '1'] } };
    expect(
      await outcome(await graph((nodes) => Object.assign(node(nodes, 'wide').attr as object, { strides }))),
    ).toMatch(/“wide” has 1099511627776 in its “strides”/);
    expect(
      await outcome(await graph((nodes) => Object.assign(node(nodes, 'flat'), { attr: 2 ** 53 }))),
    ).toMatch(/“flat” of the graph has no readable attributes/);
    expect(await outcome(await graph((nodes) => Object.assign(node(nodes, 'flat'), { attr: {} })))).toMatch(
      /“flat” takes away every dimension of size 1/,
    );
  });
});
