import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/workers/models/own/json';
import { planLayers } from '../../../src/workers/models/own/topology';
import type { WeightSpec } from '../../../src/workers/models/own/weights';

const layer = (className: string, config: Json = {}, rest: Json = {}): Json => ({
  class_name: className,
  config: { name: 'it', trainable: true, dtype: 'float32', ...config },
  ...rest,
});

const network = (layers: readonly Json[], keras = '3.5.0'): Json => ({
  keras_version: keras,
  model_config: { class_name: 'Sequential', config: { name: 'net', layers } },
});

/** What tfjs is told of one layer between an input and a dense layer. */
function told(one: Json, keras?: string, specs: readonly WeightSpec[] = []) {
  const input = layer('InputLayer', { name: 'in', batch_shape: [null, 8, 8, 3] });
  const last = layer('Dense', { name: 'out', units: 2, activation: 'softmax' });
  const plan = planLayers(network([input, one, last], keras), specs);
  const { config } = plan.topology.model_config as { config: { layers: Json[] } };
  const [, found] = config.layers as [Json, { class_name: string; config: Json }, Json];
  return { ...found, specs: plan.specs };
}

const spec = (name: string, dtype: WeightSpec['dtype'] = 'float32'): WeightSpec => ({
  name,
  dtype,
  shape: [],
});

describe('a setting that would be passed over is refused by layer, name and value', () => {
  it.each<[Json, RegExp]>([
    [layer('ReLU', { smoothness: 2 }), /“it” \(ReLU\) has the setting smoothness = 2/],
    [layer('Dense', { units: 3, lora_rank: 4 }), /\(Dense\) has the setting lora_rank = 4/],
    [layer('Dense', { units: 3, quantization_config: { class_name: 'Int8' } }), /quantization_config = \{/],
    [layer('Dense', { units: 3, activation: 'glu' }), /activation = "glu"/],
    [layer('Dense', { units: 3, activation: { class_name: 'PReLU', config: {} } }), /activation = \{/],
    [layer('Activation', { activation: { class_name: 'function', config: 'sparsemax' } }), /sparsemax/],
    [layer('Conv1D', { filters: 2, kernel_size: [3], padding: 'causal' }), /padding = "causal"/],
    [layer('Conv1D', { filters: 2, kernel_size: [3], groups: 3 }), /groups = 3/],
    [
      layer('Conv2DTranspose', { filters: 2, kernel_size: 3, dilation_rate: [2, 1] }),
      /dilation_rate = \[2,1\]/,
    ],
    [layer('Conv2DTranspose', { filters: 2, kernel_size: 3, output_padding: 1 }), /output_padding = 1/],
    [layer('MaxPooling1D', { data_format: 'channels_first' }), /data_format = "channels_first"/],
    [layer('UpSampling2D', { size: 2, interpolation: 'gaussian' }), /interpolation = "gaussian"/],
    [layer('Resizing', { height: 2, width: 2, interpolation: 'area' }), /interpolation = "area"/],
    [layer('BatchNormalization', { renorm: true }), /renorm = true/],
    [layer('BatchNormalization', { axis: [1, 2] }), /axis = \[1,2\]/],
    [layer('LayerNormalization', { rms_scaling: true }), /rms_scaling = true/],
    [layer('GRU', { units: 2, reset_after: true }), /reset_after = true/],
    [layer('LSTM', { units: 2, stateful: true }), /stateful = true/],
    [layer('LSTM', { units: 2, time_major: true }), /time_major = true/],
    [layer('ReLU', {}, { registered_name: 'mine>ReLU' }), /registered_name = "mine>ReLU"/],
    [layer('ReLU', {}, { module: 'mine.layers' }), /module = "mine.layers"/],
    [layer('Mean', {}, { module: 'keras.src.ops.numpy' }), /module = "keras.src.ops.numpy"/],
    [
      layer('ReLU', { dtype: { class_name: 'QuantizedDTypePolicy', config: { name: 'int8_from_float32' } } }),
      /dtype = \{/,
    ],
    [
      layer('TimeDistributed', { layer: layer('Dense', { name: 'within', units: 2, lora_rank: 1 }) }),
      /“within” \(Dense\) has the setting lora_rank = 1/,
    ],
    [
      layer('Bidirectional', {
        layer: layer('LSTM', { units: 2 }),
        backward_layer: layer('LSTM', { units: 3, go_backwards: true }),
      }),
      /\(Bidirectional\) has the setting backward_layer/,
    ],
    [
      layer('Bidirectional', { layer: layer('LSTM', { units: 2, recurrent_activation: 'hard_sigmoid' }) }),
      /\(LSTM\) has the setting recurrent_activation = "hard_sigmoid"/,
    ],
    [
      layer('Sequential', { layers: [layer('Softmax', { name: 'deep', axis: [1, 2] })] }),
      /“deep” \(Softmax\) has the setting axis = \[1,2\]/,
    ],
  ])('%j', (one, message) => {
    expect(() => told(one)).toThrow(message);
  });

  it.each(['ProbustResize', 'Lambda', 'constructor', 'Zeros', 'relu'])(
    'the layer %s is not known',
    (name) => {
      expect(() => told(layer(name))).toThrow(`has a layer “${name}”, which tfjs Layers does not know`);
    },
  );

  it.each([7, null, ['Dense'], { Dense: 1 }, undefined])('a class_name of %j is damage', (name) => {
    const nameless = { ...layer('Dense', { name: 'one', units: 2 }), class_name: name };
    expect(() => told(nameless)).toThrow('its layer “one” has no class_name');
  });

  it('and so is a call that is random or says more than the network', () => {
    const calls = (options: Json) =>
      planLayers(
        {
          class_name: 'Model',
          config: {
            name: 'net',
            layers: [
              { ...layer('InputLayer', { name: 'in' }), name: 'in', inbound_nodes: [] },
              { ...layer('Dropout', { rate: 0.5 }), name: 'it', inbound_nodes: [[['in', 0, 0, options]]] },
            ],
            input_layers: [['in', 0, 0]],
            output_layers: [['it', 0, 0]],
          },
        },
        [],
      );
    expect(() => calls({ training: false, mask: null })).not.toThrow();
    expect(() => calls({ training: true })).toThrow(/“it” \(Dropout\).*training \(at its call\) = true/);
    expect(() => calls({ y: ['in', 0, 0] })).toThrow(/y \(at its call\)/);
  });
});

describe('what tfjs is told', () => {
  const pointwise = (name: string, parameters: Json) => ({ function: name, parameters });

  it.each<[string, Json, string, Json]>([
    ['plain', layer('ReLU', { negative_slope: 0, threshold: 0, max_value: 6 }), 'ReLU', { max_value: 6 }],
    [
      'a slope',
      layer('ReLU', { negative_slope: 0.1, max_value: null }),
      'ProbustPointwise',
      pointwise('rectifier', { slope: 0.1, threshold: 0, max: null }),
    ],
    ['Keras 3’s word', layer('LeakyReLU', { negative_slope: 0.1 }), 'LeakyReLU', { alpha: 0.1 }],
    ['Keras 2’s word', layer('LeakyReLU', { alpha: 0.2 }), 'LeakyReLU', { alpha: 0.2 }],
    ['nothing', layer('LeakyReLU'), 'LeakyReLU', { alpha: 0.3 }],
    ['the last axis', layer('BatchNormalization', { axis: [-1] }), 'BatchNormalization', { axis: -1 }],
    [
      'another axis',
      layer('BatchNormalization', { axis: 1, scale: false }),
      'ProbustBatchNormalization',
      { axis: 1, scale: false, center: true, epsilon: 1e-3 },
    ],
    [
      'training alone',
      layer('RandomHeight', { factor: 0.1, new: 1 }),
      'Activation',
      { activation: 'linear' },
    ],
    ['no operation', layer('Identity'), 'Activation', { activation: 'linear' }],
    [
      'an operation',
      layer('Add', { anything: 1 }, { module: 'keras.src.ops.numpy', registered_name: 'Add' }),
      'Add',
      {},
    ],
    [
      'one number in lists',
      layer('Rescaling', { scale: [[0.5]], offset: [1] }),
      'Rescaling',
      { scale: 0.5, offset: 1 },
    ],
    [
      'a layer as activation',
      layer('Dense', { units: 2, activation: { class_name: 'ReLU', config: { negative_slope: 0.5 } } }),
      'Dense',
      {
        activation: {
          class_name: 'ProbustActivation',
          config: pointwise('rectifier', { slope: 0.5, threshold: 0, max: null }),
        },
      },
    ],
    [
      'a function as object',
      layer('Dense', { units: 2, activation: { class_name: 'function', config: 'silu' } }),
      'Dense',
      { activation: 'swish' },
    ],
  ])('%s', (_, one, className, config) => {
    const found = told(one);
    expect(found.class_name).toBe(className);
    expect(found.config).toMatchObject(config);
  });

  it.each([
    ['2.15.0', true],
    ['tfjs-layers 4.22.0', true],
    ['3.0.0', false],
  ])('of hard_sigmoid by %s is that version’s function', (keras, isOld) => {
    const { activation } = told(layer('Dense', { units: 2, activation: 'hard_sigmoid' }), keras).config;
    expect(activation).toEqual(
      isOld
        ? 'hard_sigmoid'
        : { class_name: 'ProbustActivation', config: { function: 'hardSigmoid', parameters: {} } },
    );
  });

  it('of weights that Keras calls otherwise, and of those that only count', () => {
    const depthwise = layer('DepthwiseConv2D', { kernel_size: [3, 3] });
    expect(told(depthwise, '3.5.0', [spec('it/kernel')]).specs).toEqual([spec('it/depthwise_kernel')]);
    const counted = told(layer('Normalization', { axis: [-1] }), '3.5.0', [spec('it/count', 'int32')]);
    expect(counted.config).toMatchObject({ count: 'int32', axis: [-1] });
  });

  it('of the first of two directions is its name before tfjs says which it is', () => {
    const inner = (keras: string) => {
      const directions = {
        layer: layer('LSTM', { name: 'forward_lstm', units: 2, seed: 1 }),
        backward_layer: layer('LSTM', { name: 'backward_lstm', units: 2, go_backwards: true, seed: 2 }),
      };
      const { config } = told(layer('Bidirectional', { ...directions, merge_mode: 'sum' }), keras);
      expect(config).not.toHaveProperty('backward_layer');
      return config.layer;
    };
    expect(inner('3.5.0')).toMatchObject({ config: { name: 'lstm' } });
    expect(inner('2.15.0')).toMatchObject({ config: { name: 'forward_lstm' } });
  });

  it('of a network within a network counts calls as tfjs does', () => {
    const tensor = (name: string) => ({
      class_name: '__keras_tensor__',
      config: { keras_history: [name, 0, 0] },
    });
    const node = (name: string) => [{ args: [tensor(name)], kwargs: { training: null } }];
    const end = (name: string) => [name, 0, 0];
    const inner = {
      class_name: 'Functional',
      name: 'inner',
      inbound_nodes: node('in'),
      config: {
        name: 'inner',
        layers: [
          { ...layer('InputLayer', { name: 'a', batch_shape: [null, 4] }), name: 'a', inbound_nodes: [] },
          { ...layer('Dense', { name: 'b', units: 2 }), name: 'b', inbound_nodes: node('a') },
        ],
        input_layers: end('a'),
        output_layers: end('b'),
      },
    };
    const { topology } = planLayers(
      {
        class_name: 'Functional',
        config: {
          name: 'net',
          layers: [
            { ...layer('InputLayer', { name: 'in', batch_shape: [null, 4] }), name: 'in', inbound_nodes: [] },
            inner,
            { ...layer('Dense', { name: 'c', units: 2 }), name: 'c', inbound_nodes: node('inner') },
          ],
          input_layers: end('in'),
          output_layers: end('inner'),
        },
      },
      [],
    );
    expect(topology.config).toMatchObject({
      output_layers: [['inner', 1, 0]],
      layers: [
        {},
        {
          inbound_nodes: [[['in', 0, 0, {}]]],
          config: { output_layers: [['b', 0, 0]], layers: [{}, { inbound_nodes: [[['a', 0, 0, {}]]] }] },
        },
        { inbound_nodes: [[['inner', 1, 0, {}]]] },
      ],
    });
  });
});
