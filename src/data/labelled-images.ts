import type { ImageShape } from '../image';
import { DataError } from './errors';

/** Images of one size with the number of each one's class. */
export interface LabelledImages {
  readonly shape: ImageShape;
  readonly count: number;
  /** NHWC, a byte a value: what a model takes, times 255. */
  readonly pixels: Uint8Array;
  /** Numbers from 0 to 65 535. */
  readonly labels: Uint16Array;
}

/** Values of one image. */
export function valuesOf(shape: ImageShape): number {
  return shape[0] * shape[1] * shape[2];
}

/** The images, if there are any. Throws a DataError `missing` that names `name` for none, and for images without pixels. */
export function assertImages(images: LabelledImages, name: string): LabelledImages {
  if (images.count > 0 && valuesOf(images.shape) > 0) return images;
  const what = images.count === 0 ? 'no images' : 'images without pixels';
  throw new DataError('missing', `${name} holds ${what}; choose a file with at least one image.`);
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
    pixels: joinInto(
      (length) => new Uint8Array(length),
      parts.map(({ pixels }) => pixels),
    ),
    labels: joinInto(
      (length) => new Uint16Array(length),
      parts.map(({ labels }) => labels),
    ),
  };
}

function joinInto<T extends Uint8Array | Uint16Array>(create: (length: number) => T, parts: readonly T[]): T {
  const joined = create(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
