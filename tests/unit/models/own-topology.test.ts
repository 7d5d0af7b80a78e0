import { describe, expect, it } from 'vitest';
import { checkDescription, inputMap, ownCard } from '../../../src/workers/models/own/description';
import { explained } from '../../../src/workers/models/own/explain';
import { planGraph } from '../../../src/workers/models/own/graph';
import { guessDescription, type ModelClues } from '../../../src/workers/models/own/guess';
import { readInputLayout, shapeFor } from '../../../src/workers/models/own/input-layout';
import { isObject, type Json, layersOf } from '../../../src/workers/models/own/json';
import { readOutputs } from '../../../src/workers/models/own/outputs';
import { planLayers } from '../../../src/workers/models/own/topology';

const layer = (class_name: string, config: object = {}) => ({ class_name, config });
const sequentialOf = (...layers: object[]) => layer('Sequential', { name: 'mine', layers });
const last = (topology: Json): Json =>
  layersOf(isObject(topology.model_config) ? topology.model_config : topology).at(-1) ?? {};

describe('the head of a Layers model', () => {
  it('is taken off a dense layer, an activation, a softmax layer, and what Keras wraps in model_config', () => {
    const dense = layer('Dense', { name: 'd', activation: 'softmax' });
    const original = { model_config: sequentialOf(layer('Flatten'), dense) };
    const plan = planLayers(original, []);
    expect(plan).toMatchObject({ head: 'softmax', name: 'mine', mended: false });
    expect(last(plan.topology).config).toMatchObject({ activation: 'linear' });
    expect(dense.config).toMatchObject({ activation: 'softmax' });

    const softmax = planLayers(sequentialOf(layer('Softmax', { name: 's', axis: -1 })), []);
    expect(last(softmax.topology)).toEqual({
      class_name: 'Activation',
      config: { name: 's', activation: 'linear' },
    });
    expect(planLayers(sequentialOf(layer('Activation', { activation: 'sigmoid' })), []).head).toBe('sigmoid');
    expect(planLayers(sequentialOf(layer('Dense', { activation: 'relu' })), []).head).toBe('none');
    const asObject = { class_name: 'function', config: 'softmax' };
    expect(planLayers(sequentialOf(layer('Dense', { activation: asObject })), []).head).toBe('softmax');
  });

  it('is that of the output of a functional model, and lies within a nested one', () => {
    const named = (name: string, activation: string) => ({ ...layer('Dense', { name, activation }), name });
    const functional = layer('Functional', {
      layers: [named('out', 'softmax'), named('aside', 'relu')],
      output_layers: [['out', 0, 0]],
    });
    expect(planLayers(functional, []).head).toBe('softmax');
    expect(
      planLayers(sequentialOf(layer('Flatten'), sequentialOf(layer('Dense', { activation: 'softmax' }))), [])
        .head,
    ).toBe('softmax');
  });

  it('is not looked for in what is no network', () => {
    expect(() => planLayers({ config: {} }, [])).toThrow(/not one that Keras or tfjs wrote/);
  });
});

describe('what Keras 3 writes otherwise', () => {
  const tensor = (name: string) => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, 4], dtype: 'float32', keras_history: [name, 0, 0] },
  });
  const dtype = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'mixed_float16' } };

  it('is rewritten: input shapes, data types, connections, ends, and weights’ names', () => {
    const model = layer('Functional', {
      name: 'functional',
      layers: [
        {
          ...layer('InputLayer', { name: 'in', batch_shape: [null, 4], dtype: 'float32' }),
          name: 'in',
          inbound_nodes: [],
        },
        {
          ...layer('Dense', { name: 'd', dtype }),
          name: 'd',
          inbound_nodes: [{ args: [tensor('in')], kwargs: {} }],
        },
        {
          ...layer('Add', { name: 'a' }),
          name: 'a',
          inbound_nodes: [{ args: [[tensor('in'), tensor('d')]], kwargs: {} }],
        },
      ],
      input_layers: ['in', 0, 0],
      output_layers: ['a', 0, 0],
    });
    const spec = (name: string) => ({ name, shape: [1], dtype: 'float32' as const });
    const { topology, specs, mended } = planLayers(model, [spec('functional/d/kernel'), spec('d/bias')]);
    expect(mended).toBe(true);
    expect(topology.config).toMatchObject({
      input_layers: [['in', 0, 0]],
      output_layers: [['a', 0, 0]],
      layers: [
        { config: { batch_input_shape: [null, 4] } },
        { config: { dtype: 'float32' }, inbound_nodes: [[['in', 0, 0, {}]]] },
        {
          inbound_nodes: [
            [
              ['in', 0, 0, {}],
              ['d', 0, 0, {}],
            ],
          ],
        },
      ],
    });
    expect(specs.map(({ name }) => name)).toEqual(['d/kernel', 'd/bias']);
  });

  it('is explained where there is no counterpart', () => {
    const node = { args: [tensor('in')], kwargs: { mask: tensor('other') } };
    const model = layer('Functional', {
      layers: [{ ...layer('Dense', { name: 'd' }), inbound_nodes: [node] }],
    });
    expect(() => planLayers(model, [])).toThrow(
      /layer “d” is connected in a way that tfjs cannot read.*model\.export/,
    );
  });
});

describe('the logits of a graph', () => {
  const node = (name: string, op: string, ...input: string[]) => ({ name, op, input });
  const signature = (...names: string[]) => ({
    outputs: Object.fromEntries(names.map((name) => [name, { name: `${name}:0` }])),
  });

  it('are what goes into the softmax, behind identities', () => {
    const graph = {
      node: [
        node('x', 'Placeholder'),
        node('z', 'MatMul', 'x'),
        node('p', 'Softmax', 'z:0'),
        node('I', 'Identity', 'p', '^c'),
      ],
    };
    expect(planGraph(graph, signature('I'))).toMatchObject({ output: 'z', head: 'softmax' });
    expect(planGraph(graph, undefined)).toMatchObject({ output: 'z', head: 'softmax' });
    const plain = { node: [node('x', 'Placeholder'), node('z', 'MatMul', 'x'), node('I', 'Identity', 'z')] };
    expect(planGraph(plain, signature('I'))).toMatchObject({ output: 'I', head: 'none' });
  });

  it('cannot be chosen among several outputs, or where there is none', () => {
    const graph = { node: [node('x', 'Placeholder'), node('a', 'Relu', 'x'), node('b', 'Relu', 'x')] };
    expect(() => planGraph(graph, undefined)).toThrow(/2 outputs \(a, b\)/);
    expect(() => planGraph({ node: [] }, undefined)).toThrow(/names no output/);
    expect(() => planGraph(graph, signature('gone'))).toThrow(/names no output/);
  });
});

describe('the layout of an input', () => {
  it.each([
    [
      [28, 28, 1],
      [28, 28, 1],
      [28, 28, 1],
    ],
    [
      [null, null, 3],
      [null, null, 3],
      [20, 30, 3],
    ],
    [
      [3, 32, 32],
      [32, 32, 3],
      [32, 32, 3],
    ],
    [
      [28, 28],
      [28, 28, 1],
      [28, 28, 1],
    ],
    [[784], [28, 28, 1], [28, 28, 1]],
    [[3072], [32, 32, 3], [32, 32, 3]],
  ] as const)('%j is a picture of %j', (given, shape, picture) => {
    const layout = readInputLayout(given);
    expect(layout.shape).toEqual(shape);
    const wanted = given.map((size, i) => size ?? picture[i]);
    expect(shapeFor(layout, picture)).toEqual(wanted);
  });

  it('fits only pictures of its size', () => {
    expect(() => shapeFor(readInputLayout([28, 28, 1]), [28, 29, 1])).toThrow(
      /takes 28 x 28 x 1, not 28 x 29 x 1/,
    );
    expect(shapeFor(readInputLayout([784]), [14, 56, 1])).toEqual([784]);
    expect(() => shapeFor(readInputLayout([784]), [14, 57, 1])).toThrow(/784 values in all/);
  });

  it('is refused for what is no picture', () => {
    expect(() => readInputLayout([8, 8, 5])).toThrow(/5 channels/);
    expect(() => readInputLayout([30])).toThrow(/30 numbers/);
    expect(() => readInputLayout([4, 8, 8, 3])).toThrow(/4 dimensions/);
    expect(() => readInputLayout([null])).toThrow(/lists of any length/);
  });
});

describe('outputs', () => {
  it('are logits, probabilities, or one of two classes', () => {
    expect(readOutputs([1, 2, 3, 4], [2, 2], 'none')).toEqual({
      form: 'logits',
      classCount: 2,
      areRows: true,
    });
    expect(readOutputs([0.2, 0.8, 0.5, 0.5], [2, 2], 'none').form).toBe('log_probabilities');
    // A softmax was taken off, and by chance logits sum to 1.
    expect(readOutputs([0.2, 0.8], [1, 2], 'softmax').form).toBe('logits');
    expect(readOutputs([0.3], [1, 1], 'sigmoid')).toMatchObject({ form: 'two_classes', classCount: 2 });
    expect(readOutputs([1, 2], [1, 1, 1, 2], 'none')).toMatchObject({ classCount: 2, areRows: false });
  });

  it('are refused where they are not one a class, or no numbers', () => {
    expect(() => readOutputs([0.3], [1, 1], 'none')).toThrow(/one output/);
    expect(() => readOutputs([1, 2, 3, 4], [1, 2, 2], 'none')).toThrow(/2 x 2 numbers/);
    expect(() => readOutputs([1, Number.NaN], [1, 2], 'none')).toThrow(/gives NaN/);
  });
});

describe('guesses', () => {
  const clues: ModelClues = {
    shape: [32, 32, 3],
    classCount: 10,
    names: [],
    changes: [],
    labels: null,
    hasMetadata: false,
  };
  it('go by size, names, layers and what lies beside', () => {
    expect(guessDescription(clues)).toMatchObject({
      name: 'My model',
      range: [0, 1],
      preparation: 'photo',
      mean: [0, 0, 0],
    });
    expect(guessDescription(clues).labels[3]).toBe('cat');
    expect(guessDescription({ ...clues, shape: [28, 28, 1] })).toMatchObject({
      preparation: 'mnist',
      labels: [],
      std: [1],
    });
    expect(guessDescription({ ...clues, changes: [{ scale: [1 / 255], offset: [0] }] }).range).toEqual([
      0, 255,
    ]);
    expect(guessDescription({ ...clues, names: ['mobilenet_v2'] })).toMatchObject({
      name: 'mobilenet v2',
      range: [-1, 1],
    });
    const imageNet = {
      ...clues,
      shape: [null, null, 3] as const,
      classCount: 1000,
      names: ['', 'torch_jit'],
    };
    expect(guessDescription(imageNet)).toMatchObject({
      shape: [224, 224, 3],
      mean: [0.485, 0.456, 0.406],
      labels: [],
    });
    const teachable = {
      ...clues,
      shape: [224, 224, 3] as const,
      classCount: 2,
      labels: ['yes', 'no'],
      hasMetadata: true,
    };
    expect(guessDescription(teachable)).toMatchObject({ labels: ['yes', 'no'], range: [-1, 255 / 127 - 1] });
    expect(guessDescription({ ...teachable, classCount: 3 }).labels).toEqual([]);
  });
});

describe('a description', () => {
  const good = {
    name: ' Mine ',
    shape: [2, 2, 3],
    preparation: 'photo',
    range: [-1, 1],
    mean: [0, 0, 0.5],
    std: [1, 2, 0.5],
    labels: ['a', 'b'],
  };
  it('maps black and white as PyTorch and Keras do: range first, then mean and deviation', () => {
    const described = checkDescription(good);
    expect(described.name).toBe('Mine');
    const { scale, offset } = inputMap(described);
    expect([0, 1].map((pixel) => pixel * (scale[2] as number) + (offset[2] as number))).toEqual([-3, 1]);
    expect(ownCard('a'.repeat(64), described, 2)).toMatchObject({
      id: `sha256:${'a'.repeat(64)}`,
      input: { range: [0, 1] },
    });
  });

  it.each([
    [{ name: '  ' }, /name cannot be used: a name is needed/],
    [{ shape: [2, 2, 4] }, /input size cannot be used/],
    [{ shape: [0, 2, 3] }, /input size/],
    [{ range: [1, 1] }, /black and white are the same/],
    [{ range: [0, Number.NaN] }, /value range/],
    [{ mean: [0] }, /mean needs 3 numbers/],
    [{ std: [1, 0, 1] }, /deviations are above 0/],
    [{ labels: ['a', ' '] }, /a label is empty/],
    [{ preparation: 'xray' }, /kind of pictures/],
  ])('%j is refused', (change, message) => {
    expect(() => checkDescription({ ...good, ...change })).toThrow(message);
  });

  it('has as many labels as there are classes, or numbers', () => {
    const described = checkDescription(good);
    expect(() => ownCard('', described, 3)).toThrow(/3 classes and 2 labels/);
    expect(ownCard('', { ...described, labels: [] }, 3).labels).toEqual(['0', '1', '2']);
  });

  it('tells labels apart that are the same, and stays as it was given', () => {
    const labels = ['crane', 'dog', 'crane', 'crane (2)', 'constructor', 'constructor'];
    const described = checkDescription({ ...good, labels });
    expect(described.labels).toEqual(labels);
    expect(ownCard('', described, 6).labels).toEqual([
      'crane (0)',
      'dog',
      'crane (2) (2)',
      'crane (2)',
      'constructor (4)',
      'constructor (5)',
    ]);
  });
});

describe('what tfjs says', () => {
  it.each([
    [
      'Unknown layer: Frobnicate. This may be due to',
      /layer “Frobnicate”, which tfjs Layers does not know.*SavedModel/,
    ],
    [
      'An InputLayer should be passed either a `batchInputShape` or an `inputShape`.',
      /Keras 3.*TF_USE_LEGACY_KERAS=1/,
    ],
    ['Provided weight data has no target variable: a/b/kernel', /do not belong together \(a\/b\/kernel\)/],
    ['1 of 4 weights are not set: dense/bias', /do not belong together \(dense\/bias\)/],
    [
      "This execution contains the node 'w', which has the dynamic op 'While'. Please use",
      /op “While”.*control flow/,
    ],
    ["Kernel 'Einsum' not registered for backend 'wasm'", /op “Einsum”, which tfjs does not have on wasm/],
    ['Something new\nwith a stack', /cannot run this network: sizes or settings/],
  ])('%s becomes a sentence', (message, sentence) => {
    const error = explained(new Error(message));
    expect(error).toMatchObject({ code: 'model_unsupported', message: expect.stringMatching(sentence) });
    expect(error.message).not.toContain('Something new');
  });
});
