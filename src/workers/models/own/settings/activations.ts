import type { FunctionName } from '../../../tfjs/layers/functions';
import { isObject, type Json } from '../json';
import { isNumber, type LayerContext } from './form';

/** Functions that tfjs has with the same formula as Keras, by their names in Keras. */
const KNOWN: Readonly<Record<string, string>> = {
  elu: 'elu',
  gelu: 'gelu',
  linear: 'linear',
  log_softmax: 'log_softmax',
  mish: 'mish',
  relu: 'relu',
  relu6: 'relu6',
  selu: 'selu',
  sigmoid: 'sigmoid',
  silu: 'swish',
  softmax: 'softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  swish: 'swish',
  tanh: 'tanh',
};

/** Those that are our own. */
const OWN: Readonly<Record<string, readonly [FunctionName, Json?]>> = {
  celu: ['celu'],
  exponential: ['exponential'],
  hard_shrink: ['hardShrink'],
  hard_silu: ['hardSilu'],
  hard_swish: ['hardSilu'],
  hard_tanh: ['hardTanh'],
  leaky_relu: ['rectifier', { slope: 0.2 }],
  log_sigmoid: ['logSigmoid'],
  soft_shrink: ['softShrink'],
  sparse_plus: ['sparsePlus'],
  sparse_sigmoid: ['sparseSigmoid'],
  squareplus: ['squareplus'],
  tanh_shrink: ['tanhShrink'],
};

export const pointwise = (name: FunctionName, parameters: Json = {}): Json => ({
  function: name,
  parameters,
});

/** A setting of a layer. */
interface Given {
  readonly key: string;
  readonly value: unknown;
}

/** A function of our own in place of what is given, which is refused where nothing but a name may stand. */
const activation = (settings: Json, { key, value }: Given, context: LayerContext): Json =>
  context.namesOnly ? context.refuse(key, value) : { class_name: 'ProbustActivation', config: settings };

const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^_/, '');

/** The function's name where it is given by one, as a string or as Keras 3 writes it. */
export function activationName(value: unknown): string | null {
  if (typeof value === 'string') return snakeCase(value);
  if (!isObject(value) || value.class_name !== 'function') return null;
  return typeof value.config === 'string' ? value.config : null;
}

/**
 * What tfjs is to be told of the activation under `key`: a name, or a function of our own.
 * Refuses one that is not known, and one that is known under this name to another version of Keras only.
 */
function translated(value: unknown, key: string, context: LayerContext): unknown {
  const name = activationName(value);
  if (name === null) return ofLayer(value, key, context);
  if (Object.hasOwn(KNOWN, name)) return KNOWN[name];
  if (name === 'hard_sigmoid') {
    return context.keras === 2
      ? 'hard_sigmoid'
      : activation(pointwise('hardSigmoid'), { key, value }, context);
  }
  if (!Object.hasOwn(OWN, name)) return context.refuse(key, value);
  const [own, parameters] = OWN[name] as (typeof OWN)[string];
  return activation(pointwise(own, parameters), { key, value }, context);
}

/** A layer in an activation's place. */
function ofLayer(value: unknown, key: string, context: LayerContext): unknown {
  if (!isObject(value) || typeof value.class_name !== 'string') return context.refuse(key, value);
  const config = isObject(value.config) ? value.config : {};
  const settings = parametersOf(value.class_name, config, context);
  if (settings !== null) return activation(settings, { key, value }, context);
  const name = snakeCase(value.class_name);
  const isPlain = Object.keys(config).every((setting) => setting === 'name' || setting === 'dtype');
  // tfjs itself may write the function's class.
  return isPlain && Object.hasOwn(KNOWN, name) ? KNOWN[name] : context.refuse(key, value);
}

/** The function that a layer without weights applies to each value, null for another layer. */
export function parametersOf(className: string, config: Json, context: LayerContext): Json | null {
  const number = (key: string, otherwise: number | null): number | null => {
    const value = config[key] ?? otherwise;
    return value === null || isNumber(value) ? value : context.refuse(key, value);
  };
  switch (className) {
    case 'ReLU':
      return pointwise('rectifier', {
        slope: number('negative_slope', 0),
        threshold: number('threshold', 0),
        max: number('max_value', null),
      });
    case 'LeakyReLU':
      return pointwise('rectifier', { slope: number('negative_slope', number('alpha', 0.3)) });
    case 'ELU':
      return pointwise('elu', { alpha: number('alpha', 1) });
    default:
      return null;
  }
}

/** Rewrites the activations among settings. */
export function translateActivations(config: Json, context: LayerContext): void {
  for (const key of ['activation', 'recurrent_activation']) {
    const value = config[key];
    if (value === undefined) continue;
    // None is linear in Keras; tfjs's recurrent layers have a default of their own.
    config[key] = value === null ? 'linear' : translated(value, key, context);
  }
}
