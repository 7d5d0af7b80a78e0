import { EngineError } from '../../errors';
import { type InputChange, inputChanges, type WeightReader } from './input-changes';
import { isObject, type Json, layersOf, nameOfLayer } from './json';
import { mendKeras3 } from './keras3';
import { activationName } from './settings/activations';
import { kerasVersion, translateLayers } from './settings/translate';
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
  /** What the network's first layers do to a picture's values. @param weights reads those of the network */
  changes(weights: WeightReader): InputChange[];
  readonly name: string;
}

/**
 * Takes a softmax or sigmoid off the last layer, mends what Keras 3 writes otherwise, and tells tfjs of all settings in
 * its own words. The argument stays as it was. @param generatedBy what model.json says of who wrote it
 * Throws EngineError model_unsupported or model_format.
 */
export function planLayers(original: Json, specs: readonly WeightSpec[], generatedBy?: unknown): LayersPlan {
  const topology = structuredClone(original);
  const model = isObject(topology.model_config) ? topology.model_config : topology;
  if (!isObject(model) || typeof model.class_name !== 'string') {
    throw new EngineError('model_format', 'The network in model.json is not one that Keras or tfjs wrote.');
  }
  const keras = kerasVersion(topology, generatedBy);
  const mend = mendKeras3(model, specs);
  const head = takeOffHead(model);
  return {
    topology,
    specs: translateLayers(model, mend.specs, keras),
    head,
    mended: mend.mended,
    changes: (weights) => inputChanges(model, weights),
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

function takeOffHead(model: Json): Head {
  const layer = lastLayer(model);
  if (layer === undefined || !isObject(layer.config)) return 'none';
  if (layersOf(layer).length > 0) return takeOffHead(layer);
  if (layer.class_name === 'Softmax' && isLastAxis(layer.config.axis)) {
    layer.class_name = 'Activation';
    layer.config = { name: layer.config.name, activation: 'linear' };
    return 'softmax';
  }
  const activation = activationName(layer.config.activation);
  if (activation !== 'softmax' && activation !== 'sigmoid') return 'none';
  layer.config.activation = 'linear';
  return activation;
}

/** Of rows of classes, which is what the end of a classifier gives. */
const isLastAxis = (axis: unknown): boolean => [-1, 1].includes(Number([axis ?? -1].flat()[0]));
