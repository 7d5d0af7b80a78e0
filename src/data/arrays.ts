import { assertNpyLength, npyHeader } from '../image';
import { DataError } from './errors';
import type { LabelledImages } from './labelled-images';

/** An array of a NumPy file, its values as numbers. */
export interface NumberArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  /** Unsigned bytes: pixels as they are. */
  readonly isBytes: boolean;
}

/** Sizes of the values' types in bytes, and how to read one. */
const READERS: Readonly<
  Record<string, { readonly bytes: number; read(view: DataView, at: number): number }>
> = {
  '|u1': { bytes: 1, read: (view, at) => view.getUint8(at) },
  '|i1': { bytes: 1, read: (view, at) => view.getInt8(at) },
  '<u2': { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  '<i2': { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  '<u4': { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  '<i4': { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  '<u8': { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  '<i8': { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  '<f4': { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  '<f8': { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

/** Reads a NumPy file of plain numbers. Throws DataError `wrong_format` or `truncated`, naming the file. */
export function readNumbers(bytes: Uint8Array, name: string): NumberArray {
  const unreadable = (what: string): DataError =>
    new DataError(
      what.startsWith('holds') || what === 'is cut off' ? 'truncated' : 'wrong_format',
      `${name} ${what}; save it anew with numpy.save.`,
    );
  const header = npyHeader(bytes, unreadable);
  const { kind, shape, start } = header;
  const reader = READERS[kind];
  if (reader === undefined) {
    throw new DataError(
      'wrong_format',
      `${name} holds ${kind || 'no plain numbers'}; save it as uint8, as integers or as float32.`,
    );
  }
  const size = assertNpyLength(bytes, header, reader.bytes, unreadable);
  if (kind === '|u1') return { name, shape, values: bytes.subarray(start, start + size), isBytes: true };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float64Array.from({ length: size }, (_, i) => reader.read(view, start + i * reader.bytes));
  return { name, shape, values, isBytes: false };
}

const isColumn = ({ shape }: NumberArray): boolean =>
  shape.length === 1 || (shape.length === 2 && shape[1] === 1);

const isChannels = (length: number | undefined): boolean => length === 1 || length === 3;

/** Where the axes of [N,H,W], [N,H,W,C] or [N,C,H,W] are; null for another shape. */
function axesOf({ shape }: NumberArray): {
  readonly shape: readonly [number, number, number];
  readonly isPlanar: boolean;
} | null {
  const [, a = 0, b = 0, c] = shape;
  if (shape.length === 3) return { shape: [a, b, 1], isPlanar: false };
  if (shape.length !== 4 || c === undefined) return null;
  if (isChannels(c)) return { shape: [a, b, c], isPlanar: false };
  return isChannels(a) ? { shape: [b, c, a], isPlanar: true } : null;
}

/** Values as bytes: bytes as they are, numbers up to 1 as shares of white, others as bytes in another type. */
function toBytes({ name, values, isBytes }: NumberArray): Uint8Array {
  if (isBytes) return Uint8Array.from(values);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) throw new DataError('wrong_format', `${name} holds values that are no numbers.`);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least < 0 || most > 255) {
    throw new DataError(
      'wrong_format',
      `${name} holds values from ${least} to ${most}; save pixels from 0 to 1 or from 0 to 255, before any normalisation.`,
    );
  }
  const scale = most <= 1 ? 255 : 1;
  return Uint8Array.from(values, (value) => Math.round(value * scale));
}

/**
 * Images and their classes from two arrays: [N,H,W], [N,H,W,C] or [N,C,H,W] with C of 1 or 3, and [N] or [N,1].
 * Numbers that are no bytes are rounded to the 256 steps of a byte.
 * @throws DataError `missing`, `mismatch` or `wrong_format`
 */
export function imagesFromArrays(arrays: readonly NumberArray[]): LabelledImages {
  const images = arrays.find((array) => axesOf(array) !== null);
  const labels = arrays.find(isColumn);
  const names = arrays.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(' and ');
  if (images === undefined) {
    throw new DataError('missing', `There are no images: found ${names}, and images are [N, H, W, C].`);
  }
  if (labels === undefined) {
    throw new DataError(
      'missing',
      `The labels are missing: drop the array of the images’ classes, of shape [N], together with ${images.name}.`,
    );
  }
  const count = images.shape[0] as number;
  if (labels.shape[0] !== count) {
    throw new DataError(
      'mismatch',
      `${images.name} has ${count} images and ${labels.name} ${labels.shape[0]} labels; they do not belong together.`,
    );
  }
  const wrong = Array.from(labels.values).find(
    (label) => !Number.isInteger(label) || label < 0 || label > 255,
  );
  if (wrong !== undefined) {
    throw new DataError(
      'wrong_format',
      `${labels.name} has the label ${wrong}; classes are numbers from 0 to 255.`,
    );
  }
  const { shape, isPlanar } = axesOf(images) as NonNullable<ReturnType<typeof axesOf>>;
  const bytes = toBytes(images);
  const pixels = isPlanar ? interleaved(bytes, count, shape) : bytes;
  return { shape, count, pixels, labels: Uint8Array.from(labels.values) };
}

/** [N,C,H,W] as [N,H,W,C]. */
function interleaved(
  planes: Uint8Array,
  count: number,
  [height, width, channels]: readonly [number, number, number],
): Uint8Array {
  const area = height * width;
  const pixels = new Uint8Array(planes.length);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < area; p++) {
        pixels[(i * area + p) * channels + c] = planes[(i * channels + c) * area + p] as number;
      }
    }
  }
  return pixels;
}
