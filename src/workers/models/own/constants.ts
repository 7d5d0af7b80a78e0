import { isObject, type Json } from './json';

/** What a stored tensor is to its network: what it may hold besides finite numbers depends on that. */
export type TensorRole =
  /** Learnt, so finite. */
  | 'weight'
  /** Added to or joined with values: a mask of 0 and infinity, or a block of one infinite value. */
  | 'mask'
  /** What values are compared with, or what stands in for them: padding before a largest value, say. */
  | 'bound';

/** Ops that hand on what they read. */
const CARRIERS = new Set([
  'Identity',
  'Reshape',
  'ExpandDims',
  'Squeeze',
  'Tile',
  'BroadcastTo',
  'Cast',
  'Fill',
]);

const BOUNDS = new Set([
  'ClipByValue',
  'Equal',
  'Greater',
  'GreaterEqual',
  'Less',
  'LessEqual',
  'Maximum',
  'Minimum',
  'NotEqual',
  'PadV2',
  'Select',
  'SelectV2',
]);

const MASKS = new Set(['Add', 'AddV2', 'ConcatV2', 'Sub']);

interface Reader {
  readonly name: string;
  readonly op: string;
}

/** The roles of a graph's stored tensors by name; every tensor of another network is a weight. */
export function tensorRoles(topology: Json): (name: string) => TensorRole {
  const readers = new Map<string, Reader[]>();
  const nodes = Array.isArray(topology.node) ? topology.node.filter(isObject) : [];
  for (const { name, op, input } of nodes) {
    if (typeof name !== 'string' || typeof op !== 'string' || !Array.isArray(input)) continue;
    for (const reference of input) {
      const source = String(reference).replace(/^\^/, '').replace(/:\d+$/, '');
      readers.set(source, [...(readers.get(source) ?? []), { name, op }]);
    }
  }
  return (name) => {
    const seen = new Set([name]);
    const open = [name];
    let role: TensorRole | null = null;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const reader of readers.get(at) ?? []) {
        if (CARRIERS.has(reader.op)) {
          if (!seen.has(reader.name)) open.push(reader.name);
          seen.add(reader.name);
        } else if (BOUNDS.has(reader.op)) role ??= 'bound';
        else if (MASKS.has(reader.op)) role = 'mask';
        else return 'weight';
      }
    }
    return role ?? 'weight';
  };
}
