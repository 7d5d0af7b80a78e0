import { assertNpyLength, npyHeader } from '../image';
import { DataError } from './errors';
import { assertImages, type LabelledImages } from './labelled-images';
import { asLabels } from './labels';

/** An array of a NumPy file, its values as numbers. */
export interface NumberArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  /** Unsigned bytes: pixels as they are. */
  readonly isBytes: boolean;
}

interface Reader {
  readonly bytes: number;
  read(view: DataView, at: number, isLittle: boolean): number;
}

/** Sizes of the values' types in bytes, and how to read one, by NumPy's letter and size. */
const READERS: Readonly<Record<string, Reader>> = {
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u2: { bytes: 2, read: (view, at, isLittle) => view.getUint16(at, isLittle) },
  i2: { bytes: 2, read: (view, at, isLittle) => view.getInt16(at, isLittle) },
  u4: { bytes: 4, read: (view, at, isLittle) => view.getUint32(at, isLittle) },
  i4: { bytes: 4, read: (view, at, isLittle) => view.getInt32(at, isLittle) },
  u8: { bytes: 8, read: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)) },
  i8: { bytes: 8, read: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)) },
  f4: { bytes: 4, read: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  f8: { bytes: 8, read: (view, at, isLittle) => view.getFloat64(at, isLittle) },
};

/** The reader of a NumPy type, as |u1, <i8 or >i8; undefined for what holds no plain numbers. */
function readerOf(kind: string): { readonly reader: Reader; readonly isLittle: boolean } | undefined {
  const reader = READERS[kind.slice(1)];
  const order = kind[0];
  if (reader === undefined || !(order === '<' || order === '>' || (order === '|' && reader.bytes === 1))) {
    return undefined;
  }
  return { reader, isLittle: order !== '>' };
}

/** Reads a NumPy file of plain numbers. Throws DataError `wrong_format` or `truncated`, naming the file. */
export function readNumbers(bytes: Uint8Array, name: string): NumberArray {
  const unreadable = (what: string): DataError =>
    new DataError(
      what.startsWith('holds') || what === 'is cut off' ? 'truncated' : 'wrong_format',
      `${name} ${what}; save it anew with numpy.save.`,
    );
  const header = npyHeader(bytes, unreadable);
  const { kind, shape, start } = header;
  const known = readerOf(kind);
  if (known === undefined) {
    throw new DataError(
      'wrong_format',
      `${name} holds ${kind || 'no plain numbers'}; save it as uint8, as integers or as float32.`,
    );
  }
  const { reader, isLittle } = known;
  const size = assertNpyLength(bytes, header, reader.bytes, unreadable);
  if (kind === '|u1') return { name, shape, values: bytes.subarray(start, start + size), isBytes: true };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float64Array.from({ length: size }, (_, i) =>
    reader.read(view, start + i * reader.bytes, isLittle),
  );
  return { name, shape, values, isBytes: false };
}

const isColumn = ({ shape }: NumberArray): boolean =>
  shape.length === 1 || (shape.length === 2 && shape[1] === 1);

/** Names that people give the array of classes: y, y_test, labels, targets. */
const isLabelName = (name: string): boolean => /(^|[^a-z])y([^a-z]|$)|label|target|class/i.test(name);

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
export function imagesFromArrays(arrays: readonly NumberArray[]): {
  readonly images: LabelledImages;
  /** The two arrays that they are made of. */
  readonly used: readonly NumberArray[];
} {
  const images = arrays.find((array) => axesOf(array) !== null);
  const columns = arrays.filter(isColumn);
  const labels = columns.find(({ name }) => isLabelName(name)) ?? columns[0];
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
  const classes = asLabels(labels.values, labels.name);
  const { shape, isPlanar } = axesOf(images) as NonNullable<ReturnType<typeof axesOf>>;
  const bytes = toBytes(images);
  const pixels = isPlanar ? interleaved(bytes, count, shape) : bytes;
  const found = assertImages({ shape, count, pixels, labels: classes }, images.name);
  return { images: found, used: [images, labels] };
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
