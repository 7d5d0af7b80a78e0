import * as v from 'valibot';
import { EngineError } from '../../errors';
import type { TensorRole } from './constants';
import { MAX_MODEL_BYTES } from './own-file';

const VALUE_BYTES = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  float16: 2,
  uint16: 2,
  uint8: 1,
} as const;
/** Every string is preceded by its length. */
const STRING_LENGTH_BYTES = 4;

export const weightSpecSchema = v.looseObject({
  name: v.string(),
  shape: v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  dtype: v.picklist(['float32', 'int32', 'bool', 'string', 'complex64']),
  quantization: v.optional(
    v.looseObject({
      dtype: v.picklist(['uint8', 'uint16', 'float16']),
      scale: v.optional(v.number()),
      min: v.optional(v.number()),
    }),
  ),
});

/** One tensor as the weights manifest of a tfjs model describes it. */
export type WeightSpec = v.InferOutput<typeof weightSpecSchema>;

export const valueCount = ({ shape }: WeightSpec): number =>
  shape.includes(0) ? 0 : shape.reduce((count, size) => count * size, 1);

/**
 * Bytes of a tensor at the beginning of `data`. Those of strings stand in the data itself; where it ends too early,
 * their length is taken to be 0. Throws EngineError model_too_large for more than a model may have.
 */
export function weightBytes(spec: WeightSpec, data: Uint8Array): number {
  const count = valueCount(spec);
  const valueBytes =
    spec.dtype === 'string' ? STRING_LENGTH_BYTES : VALUE_BYTES[spec.quantization?.dtype ?? spec.dtype];
  if (count * valueBytes > MAX_MODEL_BYTES) {
    throw new EngineError(
      'model_too_large',
      `The weights “${spec.name}” are said to be ${spec.shape.join(' x ')} values, and the limit of a whole model is ${MAX_MODEL_BYTES / 1e6} MB.`,
    );
  }
  if (spec.dtype !== 'string' || count * valueBytes > data.byteLength) return count * valueBytes;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const length = bytes + STRING_LENGTH_BYTES <= view.byteLength ? view.getUint32(bytes, true) : 0;
    bytes += STRING_LENGTH_BYTES + length;
  }
  return bytes;
}

/**
 * Checks that weights are finite; bounds and masks of a graph may be infinite, but not NaN.
 * Throws EngineError model_weights, naming the first tensor that is damaged.
 */
export function assertFiniteWeights(
  specs: readonly WeightSpec[],
  data: Uint8Array,
  roleOf: (name: string) => TensorRole,
): void {
  let offset = 0;
  for (const spec of specs) {
    const rest = data.subarray(offset);
    const bytes = weightBytes(spec, rest);
    const bad = damaged(spec, rest.subarray(0, bytes), () => roleOf(spec.name));
    if (bad > 0) {
      throw new EngineError(
        'model_weights',
        `The weights “${spec.name}” hold ${bad === 1 ? 'a value' : `${bad} values`} that ${bad === 1 ? 'is' : 'are'} NaN or infinite: training diverged, or the file is damaged.`,
      );
    }
    offset += bytes;
  }
}

/** How many values are not what a tensor of this role may hold. */
function damaged(spec: WeightSpec, bytes: Uint8Array, role: () => TensorRole): number {
  const { quantization } = spec;
  if (quantization?.dtype === 'float16') return damagedOf(asUint16(bytes), HALF, role);
  if (quantization === undefined) {
    return spec.dtype === 'float32' ? damagedOf(asFloat32(bytes), SINGLE, role) : 0;
  }
  const { scale = Number.NaN, min = Number.NaN } = quantization;
  return Number.isFinite(scale) && Number.isFinite(min) ? 0 : valueCount(spec);
}

interface Kind {
  isFinite(value: number): boolean;
  isNaN(value: number): boolean;
  isZero(value: number): boolean;
}

const SINGLE: Kind = { isFinite: Number.isFinite, isNaN: Number.isNaN, isZero: (value) => value === 0 };

/** Of the bits of a half, all five of an infinite exponent are set. */
const HALF: Kind = {
  isFinite: (half) => (half & 0x7c00) !== 0x7c00,
  isNaN: (half) => (half & 0x7c00) === 0x7c00 && (half & 0x03ff) !== 0,
  isZero: (half) => (half & 0x7fff) === 0,
};

function damagedOf(values: Float32Array | Uint16Array, kind: Kind, role: () => TensorRole): number {
  const nonFinite = count(values, (value) => !kind.isFinite(value));
  if (nonFinite === 0 || role() === 'weight') return nonFinite;
  const isMask = role() === 'mask';
  if (isMask && count(values, (value) => kind.isFinite(value) && !kind.isZero(value)) > 0) return nonFinite;
  return count(values, kind.isNaN);
}

function count(values: Float32Array | Uint16Array, isBad: (value: number) => boolean): number {
  let bad = 0;
  for (let i = 0; i < values.length; i++) if (isBad(values[i] as number)) bad++;
  return bad;
}

/** Views, or copies where the bytes lie askew. */
function asFloat32(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, byteLength } = byteAligned(bytes, 4);
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}

function asUint16(bytes: Uint8Array): Uint16Array {
  const { buffer, byteOffset, byteLength } = byteAligned(bytes, 2);
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}

function byteAligned(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : bytes.slice();
}
