import { EngineError } from '../../errors';
import { isObject, type Json, layersOf, nameOfLayer } from './json';
import { settingRefused } from './settings/form';
import { assertCall } from './settings/translate';
import type { WeightSpec } from './weights';

/**
 * Keras 3 writes models in a form that tfjs 4 does not read: `batch_shape` for `batch_input_shape` (tfjs then says that
 * an InputLayer should be passed one of two shapes), data types as objects, connections as objects, and weight names that
 * begin with the model's. All of it is only written otherwise, so it is rewritten. Changes `model`.
 * Throws EngineError model_unsupported for connections that have no counterpart.
 */
export function mendKeras3(
  model: Json,
  specs: readonly WeightSpec[],
): { readonly specs: readonly WeightSpec[]; readonly mended: boolean } {
  const mended = mendModel(model);
  const names = new Set(allLayerNames(model));
  const models = new Set(allModels(model));
  const renamed = specs.map((spec) => {
    const parts = spec.name.split('/');
    // Names of models stand before those of their layers, which tfjs calls by themselves.
    const isPrefix = ([first = '', second = '']: string[]): boolean =>
      (!names.has(first) || models.has(first)) && names.has(second);
    while (isPrefix(parts)) parts.shift();
    const name = parts.join('/');
    return name === spec.name ? spec : { ...spec, name };
  });
  return { specs: renamed, mended: mended || renamed.some((spec, i) => spec !== specs[i]) };
}

function allLayerNames(model: Json): string[] {
  return layersOf(model).flatMap((layer) => {
    const name = nameOfLayer(layer);
    return [...(typeof name === 'string' ? [name] : []), ...allLayerNames(layer)];
  });
}

/** Names of the networks within a network. */
function allModels(model: Json): unknown[] {
  return layersOf(model).flatMap((layer) =>
    layersOf(layer).length > 0 ? [nameOfLayer(layer), ...allModels(layer)] : [],
  );
}

function mendModel(model: Json): boolean {
  let mended = false;
  const { config } = model;
  const layers = layersOf(model);
  const isNew = layers.some(({ inbound_nodes: nodes }) => Array.isArray(nodes) && nodes.some(isObject));
  const models = new Set(layers.filter((layer) => layersOf(layer).length > 0).map(nameOfLayer));
  if (isObject(config)) {
    for (const key of ['input_layers', 'output_layers']) {
      const ends = config[key];
      if (!Array.isArray(ends)) continue;
      // A single end stands without the list around it.
      const isSingle = typeof ends[0] === 'string';
      const list: unknown[] = isSingle ? [ends] : ends;
      config[key] = isNew
        ? list.map((end) => (Array.isArray(end) ? shiftedEnd(end, models, layers) : end))
        : list;
      mended ||= isSingle;
    }
  }
  for (const layer of layers) mended = [mendLayer(layer, models), mendModel(layer), mended].some(Boolean);
  return mended;
}

/** tfjs counts a model's own making as its first call, as Keras 2 did; Keras 3 does not. */
function shifted(history: readonly unknown[], models: ReadonlySet<unknown>): unknown[] {
  const [name, call, ...rest] = history;
  return models.has(name) && typeof call === 'number' ? [name, call + 1, ...rest] : [...history];
}

function mendLayer(layer: Json, models: ReadonlySet<unknown>): boolean {
  let mended = false;
  const { config, inbound_nodes: nodes } = layer;
  if (isObject(config)) {
    if (config.batch_shape !== undefined && config.batch_input_shape === undefined) {
      config.batch_input_shape = config.batch_shape;
      delete config.batch_shape;
      mended = true;
    }
    if (isObject(config.dtype)) {
      // Mixed precision computes in float16 with weights of float32; here all is float32.
      if (!isFloating(config.dtype)) throw settingRefused(layerOf(layer), 'dtype', config.dtype);
      config.dtype = 'float32';
      mended = true;
    }
  }
  if (Array.isArray(nodes) && nodes.some(isObject)) {
    layer.inbound_nodes = nodes.map((node) => (isObject(node) ? connection(node, layer, models) : node));
    mended = true;
  } else if (Array.isArray(nodes)) {
    for (const tensor of nodes.flat()) if (Array.isArray(tensor)) assertCall(tensor[3], layer);
  }
  return mended;
}

const layerOf = (layer: Json) => ({
  name: String(nameOfLayer(layer)),
  className: String(layer.class_name),
});

/** Policies by another class quantise, or differ from layer to layer. */
const isFloating = ({ class_name: name, config }: Json): boolean =>
  name === 'DTypePolicy' &&
  isObject(config) &&
  /^(mixed_)?(b?float16|float32|float64)$/.test(String(config.name));

/** At the ends of a network Keras 3 counts the calls of a functional model from 1, as tfjs does, but others from 0. */
function shiftedEnd(
  end: readonly unknown[],
  models: ReadonlySet<unknown>,
  layers: readonly Json[],
): readonly unknown[] {
  const [name, call] = end;
  const isSequential = layers.some(
    (layer) => nameOfLayer(layer) === name && layer.class_name === 'Sequential',
  );
  return call === 0 || isSequential ? shifted(end, models) : end;
}

/** From {args: [tensor or list of tensors], kwargs} to [[layer, node, tensor, {}], ...]. */
function connection({ args, kwargs }: Json, layer: Json, models: ReadonlySet<unknown>): unknown[] {
  const list = Array.isArray(args) ? args : [];
  const tensors = list.length === 1 && Array.isArray(list[0]) ? list[0] : list;
  const histories = tensors.map((tensor) => {
    const config = isObject(tensor) && tensor.class_name === '__keras_tensor__' ? tensor.config : undefined;
    return isObject(config) && Array.isArray(config.keras_history) ? config.keras_history : undefined;
  });
  const inKwargs = JSON.stringify(kwargs ?? {}).includes('__keras_tensor__');
  if (inKwargs || histories.length === 0 || histories.includes(undefined)) {
    throw new EngineError(
      'model_unsupported',
      `Keras 3 wrote how the layer “${String(nameOfLayer(layer))}” is connected in a way that tfjs cannot read: export the model with model.export() and convert that SavedModel to a tfjs Graph model.`,
    );
  }
  assertCall(kwargs, layer);
  return histories.map((history) => [...shifted(history as unknown[], models), {}]);
}
