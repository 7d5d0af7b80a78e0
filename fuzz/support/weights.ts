import { joined } from './bytes';
import type { Dice } from './dice';
import type { Weight } from './network';

/** A weight as a manifest has it, with its bytes and the values that they stand for. */
export interface StoredWeight {
  readonly spec: object;
  readonly bytes: Uint8Array;
  readonly weight: Weight;
}

const bytesOf = ({ buffer }: Float32Array | Uint16Array | Uint8Array): Uint8Array =>
  new Uint8Array(buffer.slice(0));

/** Values in float32, or quantized to whole numbers as the converter does. */
export function stored(dice: Dice, name: string, shape: readonly number[], scale: number): StoredWeight {
  const size = shape.reduce((product, length) => product * length, 1);
  // Variances are above 0, and scales far from it.
  const [low, high] = /variance|gamma/.test(name) ? [0.5, 1.5] : [-scale, scale];
  const values = dice.list(size, () => dice.real(low, high));
  const spec = { name, shape, dtype: 'float32' };
  const how = dice.pick(['float32', 'float32', 'float32', 'uint8', 'uint16'] as const);
  if (how === 'float32') {
    const floats = Float32Array.from(values);
    return { spec, bytes: bytesOf(floats), weight: { name, shape, values: [...floats] } };
  }
  const most = how === 'uint8' ? 255 : 65_535;
  const quantization = { dtype: how, min: low, scale: (high - low) / most };
  const wholes = values.map((value) => Math.round((value - low) / quantization.scale));
  return {
    spec: { ...spec, quantization },
    bytes: bytesOf(how === 'uint8' ? Uint8Array.from(wholes) : Uint16Array.from(wholes)),
    weight: { name, shape, values: wholes.map((whole) => Math.fround(whole * quantization.scale + low)) },
  };
}

/** Manifest and weight files: one group or more, each cut into files of some size. */
export function shards(
  dice: Dice,
  all: readonly StoredWeight[],
): { readonly manifest: readonly object[]; readonly files: Readonly<Record<string, Uint8Array>> } {
  const cut = dice.chance(0.3) ? dice.below(all.length) : 0;
  const groups = [all.slice(0, cut), all.slice(cut)].filter((group) => group.length > 0);
  const files: Record<string, Uint8Array> = {};
  const manifest = groups.map((group, g) => {
    const bytes = joined(...group.map((each) => each.bytes));
    const size = dice.chance(0.3) ? Math.max(1, Math.ceil(bytes.length / dice.between(2, 3))) : bytes.length;
    const count = Math.max(1, Math.ceil(bytes.length / size));
    const paths = Array.from({ length: count }, (_, i) => `group${g + 1}-shard${i + 1}of${count}.bin`);
    for (const [i, path] of paths.entries()) files[path] = bytes.slice(i * size, (i + 1) * size);
    return { paths, weights: group.map(({ spec }) => spec) };
  });
  return { manifest, files };
}
