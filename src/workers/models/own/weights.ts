import * as v from 'valibot';
import { EngineError } from '../../errors';

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
  shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
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

export const valueCount = ({ shape }: WeightSpec): number => shape.reduce((count, size) => count * size, 1);

/**
 * Bytes of a tensor at the beginning of `data`. Those of strings stand in the data itself; where it ends too early,
 * their length is taken to be 0.
 */
export function weightBytes(spec: WeightSpec, data: Uint8Array): number {
  const count = valueCount(spec);
  if (spec.dtype !== 'string') return count * VALUE_BYTES[spec.quantization?.dtype ?? spec.dtype];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const length = bytes + STRING_LENGTH_BYTES <= view.byteLength ? view.getUint32(bytes, true) : 0;
    bytes += STRING_LENGTH_BYTES + length;
  }
  return bytes;
}

/** Throws EngineError model_weights, naming the first tensor that holds NaN or an infinite value. */
export function assertFiniteWeights(specs: readonly WeightSpec[], data: Uint8Array): void {
  let offset = 0;
  for (const spec of specs) {
    const rest = data.subarray(offset);
    const bytes = weightBytes(spec, rest);
    const bad = nonFinite(spec, rest.subarray(0, bytes));
    if (bad > 0) {
      throw new EngineError(
        'model_weights',
        `The weights “${spec.name}” hold ${bad === 1 ? 'a value' : `${bad} values`} that ${bad === 1 ? 'is' : 'are'} NaN or infinite: training diverged, or the file is damaged.`,
      );
    }
    offset += bytes;
  }
}

/** How many values are NaN or infinite. */
function nonFinite(spec: WeightSpec, bytes: Uint8Array): number {
  const { quantization } = spec;
  if (quantization === undefined) {
    return spec.dtype === 'float32' ? count(asFloat32(bytes), (value) => !Number.isFinite(value)) : 0;
  }
  if (quantization.dtype === 'float16') return count(asUint16(bytes), isNonFiniteHalf);
  const { scale = Number.NaN, min = Number.NaN } = quantization;
  return Number.isFinite(scale) && Number.isFinite(min) ? 0 : valueCount(spec);
}

/** All five bits of the exponent are set. */
const isNonFiniteHalf = (half: number): boolean => (half & 0x7c00) === 0x7c00;

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
