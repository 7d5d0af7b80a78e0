import type { ImageShape } from '../image';
import { DataError } from './errors';

/** Images of one size with the number of each one's class. */
export interface LabelledImages {
  readonly shape: ImageShape;
  readonly count: number;
  /** NHWC, a byte a value: what a model takes, times 255. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/** Values of one image. */
export function valuesOf(shape: ImageShape): number {
  return shape[0] * shape[1] * shape[2];
}

/** A model's input: images `first` ... `first + count - 1` as values in [0, 1], NHWC. */
export function toInputs(images: LabelledImages, first = 0, count = 1): Float32Array {
  const size = valuesOf(images.shape);
  return Float32Array.from(
    images.pixels.subarray(first * size, (first + count) * size),
    (byte) => byte / 255,
  );
}

/** Several files of the same data set as one. Throws a DataError `mismatch` if their shapes differ. */
export function joinImages(parts: readonly LabelledImages[]): LabelledImages {
  const [first] = parts;
  if (first === undefined) throw new DataError('missing', 'There are no images.');
  const other = parts.find(({ shape }) => shape.join() !== first.shape.join());
  if (other !== undefined) {
    throw new DataError(
      'mismatch',
      `Images of [${first.shape.join(', ')}] and [${other.shape.join(', ')}] do not belong together.`,
    );
  }
  return {
    shape: first.shape,
    count: parts.reduce((sum, { count }) => sum + count, 0),
    pixels: joinBytes(parts.map(({ pixels }) => pixels)),
    labels: joinBytes(parts.map(({ labels }) => labels)),
  };
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
