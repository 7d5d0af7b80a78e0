import { EngineError } from '../../errors';
import { isObject, type Json, layersOf, nameOfLayer } from './json';
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
  const renamed = specs.map((spec) => {
    const [first = '', second = ''] = spec.name.split('/');
    const isPrefixed = !names.has(first) && names.has(second);
    return isPrefixed ? { ...spec, name: spec.name.slice(first.length + 1) } : spec;
  });
  return { specs: renamed, mended: mended || renamed.some((spec, i) => spec !== specs[i]) };
}

function allLayerNames(model: Json): string[] {
  return layersOf(model).flatMap((layer) => {
    const name = nameOfLayer(layer);
    return [...(typeof name === 'string' ? [name] : []), ...allLayerNames(layer)];
  });
}

function mendModel(model: Json): boolean {
  let mended = false;
  const { config } = model;
  if (isObject(config)) {
    for (const key of ['input_layers', 'output_layers']) {
      const ends = config[key];
      // A single end stands without the list around it.
      if (Array.isArray(ends) && typeof ends[0] === 'string') {
        config[key] = [ends];
        mended = true;
      }
    }
  }
  for (const layer of layersOf(model)) mended = [mendLayer(layer), mendModel(layer), mended].some(Boolean);
  return mended;
}

function mendLayer(layer: Json): boolean {
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
      config.dtype = 'float32';
      mended = true;
    }
  }
  if (Array.isArray(nodes) && nodes.some(isObject)) {
    layer.inbound_nodes = nodes.map((node) => (isObject(node) ? connection(node, layer) : node));
    mended = true;
  }
  return mended;
}

/** From {args: [tensor or list of tensors], kwargs} to [[layer, node, tensor, {}], ...]. */
function connection({ args, kwargs }: Json, layer: Json): unknown[] {
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
  return histories.map((history) => [...(history as unknown[]), {}]);
}
