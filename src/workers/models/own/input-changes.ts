import { isObject, type Json, layersOf, nameOfLayer } from './json';

/**
 * What the first layers of a network do to a picture's values, as x * scale + offset: one number for all channels, or
 * one for each. 'unknown' where layers do so in a way that cannot be told.
 */
export type InputChange =
  | { readonly scale: readonly number[]; readonly offset: readonly number[] }
  | 'unknown';

/** Reads stored weights by name, such as `normalization/mean`; null where there are none. */
export type WeightReader = (name: string) => readonly number[] | null;

/** Layers that hand values on as they are, or move them. */
const CARRIERS = new Set([
  'InputLayer',
  'Cropping2D',
  'Dropout',
  'Flatten',
  'Permute',
  'ProbustResize',
  'Reshape',
  'ZeroPadding2D',
]);
/** Paths through a network's first layers are followed for as many steps. */
const MOST_STEPS = 1000;
/** More values than channels: one for each pixel, say. */
const MOST_VALUES = 3;

const NONE: InputChange = { scale: [1], offset: [0] };

/**
 * Follows a picture's values from the input of a network to the first layers that compute with them, as the translated
 * topology has them (`planLayers`). @returns one change for each way that leads through rescaling or normalization
 */
export function inputChanges(model: Json, weights: WeightReader): InputChange[] {
  const found = new Map<string, InputChange>();
  let steps = 0;
  /** @returns what comes out of the network if its own end is reached, null if it computes before that */
  const enter = (network: Json, entering: InputChange): InputChange | null => {
    const layers = layersOf(network);
    let leaving: InputChange | null = null;
    const open: [layer: Json | undefined, change: InputChange][] = firstOf(network).map((first) => [
      first,
      entering,
    ]);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [layer, change] = next;
      if (layer === undefined || ++steps > MOST_STEPS) continue;
      const after = layersOf(layer).length > 0 ? enter(layer, change) : changed(layer, change, weights);
      if (after === null) {
        if (layersOf(layer).length === 0) found.set(JSON.stringify(change), change);
        continue;
      }
      const followers = followersOf(network, layer);
      if (followers.length === 0 && layer === layers.at(-1)) leaving = after;
      for (const follower of followers) open.push([follower, after]);
    }
    return leaving;
  };
  const end = enter(model, NONE);
  if (end !== null) found.set(JSON.stringify(end), end);
  return [...found.values()].filter((change) => change === 'unknown' || !isNone(change));
}

const isNone = ({ scale, offset }: Exclude<InputChange, 'unknown'>): boolean =>
  scale.every((each) => each === 1) && offset.every((each) => each === 0);

const isFunctional = ({ config }: Json): boolean => isObject(config) && Array.isArray(config.input_layers);

function firstOf(network: Json): Json[] {
  const layers = layersOf(network);
  if (!isFunctional(network)) return layers.slice(0, 1);
  return layers.filter((layer) => [layer.inbound_nodes].flat(9).length === 0);
}

/** Layers that read what another gives, in a Sequential the next one. */
function followersOf(network: Json, layer: Json): Json[] {
  const layers = layersOf(network);
  if (!isFunctional(network)) {
    const next = layers[layers.indexOf(layer) + 1];
    return next === undefined ? [] : [next];
  }
  const name = nameOfLayer(layer);
  return layers.filter(
    ({ inbound_nodes: nodes }) => Array.isArray(nodes) && nodes.some((node) => reads(node, name)),
  );
}

/** Connections are lists of [layer, node, tensor, settings]. */
function reads(node: unknown, name: unknown): boolean {
  if (!Array.isArray(node)) return false;
  return node[0] === name || node.some((each) => Array.isArray(each) && reads(each, name));
}

/** What a layer gives for values that were changed so far; null if it computes with them otherwise. */
function changed(layer: Json, before: InputChange, weights: WeightReader): InputChange | null {
  const config = isObject(layer.config) ? layer.config : {};
  switch (layer.class_name) {
    case 'Activation':
      return config.activation === 'linear' ? before : null;
    case 'Rescaling':
    case 'ProbustRescaling':
      return then(before, numbers(config.scale ?? 1), numbers(config.offset ?? 0));
    case 'ProbustNormalization': {
      const name = String(nameOfLayer(layer));
      const mean = numbers(config.mean ?? weights(`${name}/mean`));
      const variance = numbers(config.variance ?? weights(`${name}/variance`));
      // A negative variance, or none, is divided by as the layer does.
      const deviation = variance?.map((each) => Math.max(Math.sqrt(each), 1e-7)) ?? null;
      if (mean === null || deviation === null) return 'unknown';
      if (config.invert === true) return then(before, deviation, mean);
      const count = Math.max(mean.length, deviation.length);
      const shift = Array.from({ length: count }, (_, i) => -at(mean, i) / at(deviation, i));
      return then(
        before,
        deviation.map((each) => 1 / each),
        shift,
      );
    }
    default:
      return CARRIERS.has(String(layer.class_name)) ? before : null;
  }
}

const at = (values: readonly number[], i: number): number => values[i % values.length] as number;

/** A number or nested lists of numbers as one list; null if they are not one a channel. */
function numbers(value: unknown): readonly number[] | null {
  const values = [value].flat(9);
  const isRead = values.length > 0 && values.length <= MOST_VALUES && values.every(Number.isFinite);
  return isRead ? (values as number[]) : null;
}

function then(
  before: InputChange,
  scale: readonly number[] | null,
  offset: readonly number[] | null,
): InputChange {
  if (before === 'unknown' || scale === null || offset === null) return 'unknown';
  const count = Math.max(before.scale.length, before.offset.length, scale.length, offset.length);
  const each = (value: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => value(i));
  const after = {
    scale: each((i) => at(before.scale, i) * at(scale, i)),
    offset: each((i) => at(before.offset, i) * at(scale, i) + at(offset, i)),
  };
  const isUseful =
    after.scale.every((s) => Number.isFinite(s) && s !== 0) && after.offset.every(Number.isFinite);
  return isUseful ? after : 'unknown';
}
