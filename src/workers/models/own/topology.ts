import { EngineError } from '../../errors';
import { isObject, type Json, layersOf, nameOfLayer } from './json';
import { mendKeras3 } from './keras3';
import type { WeightSpec } from './weights';

/** What was at the end of a network and has been taken off, so that it gives logits. */
export type Head = 'none' | 'softmax' | 'sigmoid';

/** A Layers model made ready for tfjs. */
export interface LayersPlan {
  /** Changed in its head, and where Keras 3 writes otherwise than tfjs reads. */
  readonly topology: Json;
  readonly specs: readonly WeightSpec[];
  readonly head: Head;
  readonly mended: boolean;
  /** The scale of a Rescaling layer within the network, null without one. */
  readonly rescaling: number | null;
  readonly name: string;
}

/**
 * Takes a softmax or sigmoid off the last layer, and mends what Keras 3 writes otherwise. The argument stays as it was.
 * Throws EngineError model_unsupported or model_format.
 */
export function planLayers(original: Json, specs: readonly WeightSpec[]): LayersPlan {
  const topology = structuredClone(original);
  const model = isObject(topology.model_config) ? topology.model_config : topology;
  if (!isObject(model) || typeof model.class_name !== 'string') {
    throw new EngineError('model_format', 'The network in model.json is not one that Keras or tfjs wrote.');
  }
  const mend = mendKeras3(model, specs);
  return {
    topology,
    specs: mend.specs,
    head: takeOffHead(model),
    mended: mend.mended,
    rescaling: findRescaling(model),
    name: isObject(model.config) && typeof model.config.name === 'string' ? model.config.name : '',
  };
}

function lastLayer(model: Json): Json | undefined {
  const layers = layersOf(model);
  const outputs = isObject(model.config) ? model.config.output_layers : undefined;
  if (!Array.isArray(outputs)) return layers.at(-1);
  const [first] = outputs;
  const name = Array.isArray(first) ? first[0] : first;
  return layers.find((layer) => nameOfLayer(layer) === name);
}

/** A string, or in Keras 3 at times an object. */
function activationOf({ activation }: Json): unknown {
  if (!isObject(activation)) return activation;
  return activation.class_name === 'function' ? activation.config : activation.class_name;
}

function takeOffHead(model: Json): Head {
  const layer = lastLayer(model);
  if (layer === undefined || !isObject(layer.config)) return 'none';
  if (layersOf(layer).length > 0) return takeOffHead(layer);
  if (layer.class_name === 'Softmax') {
    layer.class_name = 'Activation';
    layer.config = { name: layer.config.name, activation: 'linear' };
    return 'softmax';
  }
  const activation = activationOf(layer.config);
  if (activation !== 'softmax' && activation !== 'sigmoid') return 'none';
  layer.config.activation = 'linear';
  return activation;
}

function findRescaling(model: Json): number | null {
  for (const layer of layersOf(model)) {
    const { config } = layer;
    if (layer.class_name === 'Rescaling' && isObject(config) && typeof config.scale === 'number') {
      return config.scale;
    }
    const inner = findRescaling(layer);
    if (inner !== null) return inner;
  }
  return null;
}
