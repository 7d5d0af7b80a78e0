import { EngineError } from '../../errors';
import { isObject, type Json, layersOf, nameOfLayer } from './json';

/** No picture, kernel, stride or padding is larger, so that sizes can be multiplied without loss. */
const LARGEST_SIDE = 65_536;
/** What a single layer may give for one picture, and all of them together. */
const LARGEST_OUTPUT_BYTES = 256e6;
const ALL_OUTPUT_BYTES = 1e9;
const VALUE_BYTES = 4;

/** Settings of layers that are lengths in pixels, or counts of them. */
const SIDES = [
  'batch_input_shape',
  'cropping',
  'dilation_rate',
  'height',
  'kernel_size',
  'n',
  'padding',
  'pool_size',
  'size',
  'strides',
  'target_shape',
  'width',
] as const;
/** Settings that are counts of channels: a layer has weights for each. */
const CHANNELS = ['depth_multiplier', 'filters', 'input_dim', 'output_dim', 'units'] as const;
/** The same of the ops of a graph, of which each is a list of numbers or one. */
const ATTRIBUTES = ['block_size', 'crops', 'dilations', 'explicit_paddings', 'ksize', 'strides'] as const;

const unsupported = (message: string): EngineError => new EngineError('model_unsupported', message);

/** The numbers in a setting, however deep its lists. Throws EngineError if they are deeper than a setting's are. */
function numbersIn(value: unknown, depth = 0): number[] {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value) || depth > 4) return [];
  return value.flatMap((each) => numbersIn(each, depth + 1));
}

/**
 * Checks the sizes that the layers of a network state, before anything is built of them.
 * @param weightCount how many weights the files hold. Throws EngineError model_unsupported, naming the layer.
 */
export function assertLayerSettings(model: Json, weightCount: number): void {
  for (const layer of layersOf(model)) {
    const { config } = layer;
    if (!isObject(config)) continue;
    const name = String(nameOfLayer(layer));
    for (const key of SIDES) {
      for (const value of numbersIn(config[key])) {
        // Reshape takes -1 for what is left.
        if (Number.isSafeInteger(value) && Math.abs(value) <= LARGEST_SIDE) continue;
        throw unsupported(
          `The layer “${name}” has ${value} in its “${key}”, where ${LARGEST_SIDE} is the most.`,
        );
      }
    }
    for (const key of CHANNELS) {
      for (const value of numbersIn(config[key])) {
        if (Number.isSafeInteger(value) && value > 0 && value <= weightCount) continue;
        throw unsupported(
          `The layer “${name}” has “${key}” ${value}, and the files hold ${weightCount} weights in all.`,
        );
      }
    }
    // The layers of a model within the model, and the layer within a TimeDistributed or Bidirectional one.
    assertLayerSettings(layer, weightCount);
    if (isObject(config.layer)) {
      assertLayerSettings({ config: { layers: [config.layer] } }, weightCount);
    }
  }
}

/** An attribute's numbers: protobuf writes 64-bit ones as strings. */
function attributeNumbers(attribute: unknown): number[] {
  if (!isObject(attribute)) return [];
  const { i, list } = attribute;
  const all = [i, ...(isObject(list) && Array.isArray(list.i) ? list.i : [])];
  return all.flatMap((value) => (value === undefined || value === null ? [] : [Number(value)]));
}

/** Checks the attributes of a graph's ops. Throws EngineError model_format or model_unsupported, naming the node. */
export function assertGraphAttributes(topology: Json): void {
  const nodes = Array.isArray(topology.node) ? topology.node : [];
  const dependent = new Set<string>();
  for (const node of nodes) {
    if (!isObject(node) || typeof node.name !== 'string' || typeof node.op !== 'string') {
      throw new EngineError('model_format', 'The graph in model.json has a node without a name or an op.');
    }
    const { name, op, attr = {}, input } = node;
    if (!isObject(attr)) {
      throw new EngineError('model_format', `The node “${name}” of the graph has no readable attributes.`);
    }
    for (const key of ATTRIBUTES) {
      for (const value of attributeNumbers(attr[key])) {
        if (Number.isSafeInteger(value) && value >= 0 && value <= LARGEST_SIDE) continue;
        throw unsupported(
          `The node “${name}” has ${value} in its “${key}”, where ${LARGEST_SIDE} is the most.`,
        );
      }
    }
    const isReached =
      op === 'Placeholder' ||
      (Array.isArray(input) && input.some((each) => dependent.has(String(each).replace(/:\d+$/, ''))));
    if (isReached) dependent.add(name);
    const dims = [...attributeNumbers(attr.squeeze_dims), ...attributeNumbers(attr.axis)];
    if (op === 'Squeeze' && isReached && dims.length === 0) {
      throw unsupported(
        `The node “${name}” takes away every dimension of size 1, that of a single picture as well; convert the model with the dimensions named (squeeze_dims).`,
      );
    }
  }
}

/** Adds up what the layers give for one picture. `add` throws EngineError model_too_large, naming the layer. */
export class OutputSizes {
  #bytes = 0;

  /** @param shape of one output, with a batch of one */
  add(layer: string, shape: readonly (number | null)[]): void {
    if (shape.includes(null)) return;
    const sizes = shape as readonly number[];
    const bytes = sizes.reduce((product, size) => product * size, VALUE_BYTES);
    if (!sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
      throw unsupported(`The layer “${layer}” would give ${sizes.join(' x ')} values for a picture.`);
    }
    this.#bytes += bytes;
    if (bytes <= LARGEST_OUTPUT_BYTES && this.#bytes <= ALL_OUTPUT_BYTES) return;
    const [held, limit, what] =
      bytes > LARGEST_OUTPUT_BYTES
        ? [bytes, LARGEST_OUTPUT_BYTES, `gives ${sizes.slice(1).join(' x ')} values`]
        : [this.#bytes, ALL_OUTPUT_BYTES, 'and those before it'];
    throw new EngineError(
      'model_too_large',
      `For a single picture the layer “${layer}” ${what}, ${Math.ceil(held / 1e6)} MB, and the limit is ${limit / 1e6} MB; take a smaller picture or a smaller model.`,
    );
  }
}
