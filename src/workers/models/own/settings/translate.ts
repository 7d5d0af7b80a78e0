import { EngineError } from '../../../errors';
import { unknownLayer } from '../explain';
import { isObject, type Json, layersOf, nameOfLayer } from '../json';
import type { WeightSpec } from '../weights';
import { translateActivations } from './activations';
import { CONVOLUTIONS } from './convolutions';
import { CORE } from './core';
import { assertSettings, type LayerContext, type LayerForm, settingRefused } from './form';
import { PICTURES } from './pictures';
import { RECURRENT } from './recurrent';

const FORMS: Readonly<Record<string, LayerForm>> = { ...CORE, ...CONVOLUTIONS, ...PICTURES, ...RECURRENT };

const MODELS = new Set(['Sequential', 'Functional', 'Model']);
const MODEL_FORM: LayerForm = {
  settings: {
    layers: 'any',
    input_layers: 'any',
    output_layers: 'any',
    build_input_shape: 'any',
  },
};

/** Layers that leave out steps that Masking has marked. */
const MASK_READERS = new Set([...Object.keys(RECURRENT), 'ConvLSTM2D', 'GlobalAveragePooling1D']);

/** Layers within another's settings. */
const WITHIN = ['layer', 'cell', 'cells'] as const;

const inner = (layer: Json): Json[] => {
  const { config } = layer;
  if (!isObject(config)) return [];
  return WITHIN.flatMap((key) => [config[key]].flat()).filter(isObject);
};

const allLayers = (model: Json): Json[] =>
  [...layersOf(model), ...inner(model)].flatMap((layer) => [layer, ...allLayers(layer)]);

/** Throws EngineError model_format where a layer does not say what it is. */
function classNameOf({ class_name: className, ...layer }: Json): string {
  if (typeof className === 'string') return className;
  const name = nameOfLayer(layer);
  throw new EngineError(
    'model_format',
    `model.json is damaged: ${typeof name === 'string' ? `its layer “${name}”` : 'one of its layers'} has no class_name; convert the model again.`,
  );
}

/**
 * Tells tfjs of a network in its own words: every setting of every layer is obeyed by tfjs, obeyed by a layer of our own
 * that takes its place, or of no effect on predictions. Changes `model`.
 * @param keras the version whose meanings count @returns the weights under the names that tfjs has for them
 * @throws EngineError model_unsupported for a layer or setting that would be passed over, by its name
 */
export function translateLayers(
  model: Json,
  specs: readonly WeightSpec[],
  keras: 2 | 3,
): readonly WeightSpec[] {
  const renamed = new Map<string, string>();
  const types = new Map(specs.map(({ name, dtype }) => [name, dtype]));
  const readsMasks = allLayers(model).some(({ class_name: name }) => MASK_READERS.has(String(name)));
  const translate = (layer: Json, namesOnly: boolean): void => {
    const name = String(nameOfLayer(layer) ?? '');
    const given = classNameOf(layer);
    const refuse = (setting: string, value: unknown): never => {
      throw settingRefused({ name, className: given }, setting, value);
    };
    assertBuiltIn(layer, given, refuse);
    const className = String(layer.class_name);
    if (Array.isArray(layer.config)) {
      // The oldest Sequential: layers and nothing else.
      for (const each of layersOf(layer)) translate(each, namesOnly);
      return;
    }
    const config = isObject(layer.config) ? layer.config : {};
    layer.config = config;
    const isModel = MODELS.has(className);
    const form = isModel ? MODEL_FORM : Object.hasOwn(FORMS, className) ? FORMS[className] : undefined;
    if (form === undefined) throw unknownLayer(className);
    const context: LayerContext = {
      name,
      className,
      keras,
      namesOnly,
      readsMasks,
      refuse,
      rename: (weight, to) => renamed.set(`${name}/${weight}`, `${name}/${to}`),
      typeOf: (weight) => types.get(`${name}/${weight}`) ?? null,
    };
    assertSettings(config, form, context);
    if (!isModel) translateActivations(config, context);
    form.rewrite?.(config, layer, context);
    if (isModel) for (const each of layersOf(layer)) translate(each, namesOnly);
    else for (const each of inner(layer)) translate(each, namesOnly || className === 'Bidirectional');
  };
  translate(model, false);
  return specs.map((spec) => {
    const name = renamed.get(spec.name);
    return name === undefined ? spec : { ...spec, name };
  });
}

/** Operations of one tensor, and the activations that they are. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  Exp: 'exponential',
  HardSigmoid: 'hard_sigmoid',
  HardSilu: 'hard_silu',
  Relu: 'relu',
  Relu6: 'relu6',
  Selu: 'selu',
  Sigmoid: 'sigmoid',
  Silu: 'silu',
  Softplus: 'softplus',
  Softsign: 'softsign',
  Tanh: 'tanh',
};

/** Operations on tensors that Keras 3 stores as if they were layers, and the layers that do the same. */
const OPERATIONS: Readonly<Record<string, string>> = {
  Add: 'Add',
  Subtract: 'Subtract',
  Multiply: 'Multiply',
  Maximum: 'Maximum',
  Minimum: 'Minimum',
};

/** Lets through what Keras itself has; a layer of somebody's own may be called as one of Keras's. */
function assertBuiltIn(
  layer: Json,
  className: string,
  refuse: (setting: string, value: unknown) => never,
): void {
  const { module, registered_name: registered } = layer;
  if (typeof registered === 'string' && registered.includes('>')) refuse('registered_name', registered);
  if (typeof module !== 'string') return;
  if (!/^(keras|tf_keras|tensorflow\.keras|tensorflow\.python\.keras)(\.|$)/.test(module)) {
    refuse('module', module);
  }
  if (/^keras\.(src\.)?ops(\.|$)/.test(module)) {
    const isFunction = Object.hasOwn(FUNCTIONS, className);
    if (!isFunction && !Object.hasOwn(OPERATIONS, className)) refuse('module', module);
    layer.class_name = isFunction ? 'Activation' : OPERATIONS[className];
    layer.config = { name: nameOfLayer(layer), ...(isFunction ? { activation: FUNCTIONS[className] } : {}) };
  }
}

/** What a layer may be told when it is called; the rest would be passed over by tfjs, or is random. */
export function assertCall(options: unknown, layer: Json): void {
  if (!isObject(options)) return;
  for (const [key, value] of Object.entries(options)) {
    if (value === null || value === undefined || (key === 'training' && value === false)) continue;
    throw settingRefused(
      { name: String(nameOfLayer(layer)), className: String(layer.class_name) },
      `${key} (at its call)`,
      value,
    );
  }
}

/** Which Keras wrote a network: what hard_sigmoid means, among others, depends on it. tfjs means what Keras 2 did. */
export function kerasVersion(topology: Json, generatedBy: unknown): 2 | 3 {
  const stated = [topology.keras_version, generatedBy].find((each) => typeof each === 'string');
  const major = /^(?:keras v)?(\d+)\./.exec(String(stated ?? ''))?.[1];
  if (/^tfjs/.test(String(stated))) return 2;
  if (major !== undefined) return Number(major) >= 3 ? 3 : 2;
  // Keras 3 alone has inputs with this key, and connections written as objects.
  return /"batch_shape"|"__keras_tensor__"/.test(JSON.stringify(topology)) ? 3 : 2;
}
