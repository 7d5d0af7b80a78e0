import { isObject } from '../json';
import { isNumber, type LayerForm, type Setting, same } from './form';

const cell = {
  units: isNumber,
  activation: 'any',
  use_bias: 'any',
  dropout: 'any',
  recurrent_dropout: 'any',
} as const satisfies Readonly<Record<string, Setting>>;

const gated = { ...cell, recurrent_activation: 'any' } as const;

const run = {
  return_sequences: 'any',
  return_state: [false],
  go_backwards: 'any',
  // A state that is kept would go from one picture to the next.
  stateful: [false],
  unroll: 'any',
  zero_output_for_mask: [false],
  time_major: [false],
  input_length: 'any',
  input_dim: 'any',
} as const satisfies Readonly<Record<string, Setting>>;

/** Settings in which the two directions differ, or that change nothing. */
const OF_DIRECTION = ['name', 'go_backwards', 'seed'];

function withoutDirection(layer: unknown): unknown {
  if (!isObject(layer) || !isObject(layer.config)) return layer;
  const kept = Object.entries(layer.config).filter(([key]) => !OF_DIRECTION.includes(key));
  return [layer.class_name, Object.fromEntries(kept)];
}

const bidirectional: LayerForm = {
  settings: { layer: 'any', backward_layer: isObject, merge_mode: ['concat', 'sum', 'mul', 'ave'] },
  rewrite(config, _layer, context) {
    // tfjs makes the second direction from the first.
    const { layer, backward_layer: backward } = config;
    if (isObject(backward) && !same(withoutDirection(backward), withoutDirection(layer))) {
      context.refuse('backward_layer', backward.config);
    }
    delete config.backward_layer;
    // Keras 3 stores the name that tfjs makes: of a layer “lstm”, “forward_lstm”.
    if (isObject(layer) && isObject(layer.config) && context.keras === 3) {
      layer.config.name = String(layer.config.name).replace(/^forward_/, '');
    }
  },
};

/** Layers with a state. */
export const RECURRENT: Readonly<Record<string, LayerForm>> = {
  SimpleRNN: { settings: { ...cell, ...run } },
  GRU: { settings: { ...gated, ...run, reset_after: [false] } },
  LSTM: { settings: { ...gated, ...run, unit_forget_bias: 'any' } },
  SimpleRNNCell: { settings: cell },
  GRUCell: { settings: { ...gated, reset_after: [false] } },
  LSTMCell: { settings: { ...gated, unit_forget_bias: 'any' } },
  RNN: { settings: { ...run, cell: 'any' } },
  StackedRNNCells: { settings: { cells: 'any', reverse_state_order: [false] } },
  TimeDistributed: { settings: { layer: 'any' } },
  Bidirectional: bidirectional,
};
