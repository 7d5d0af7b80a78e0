import { ImageError } from './errors';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const VERSION = [1, 0];
const PREFIX_BYTES = MAGIC.length + VERSION.length + 2;
const ALIGNMENT = 64;
/** More than any header of a plain array has. */
const MAX_HEADER = 10_000;

/**
 * Writes a C-ordered array as a NumPy file (format version 1.0, little-endian float32).
 * Source: numpy.lib.format. A v1.0 header is shorter than 64 KiB, far above any shape here.
 * @throws RangeError if the shape does not hold exactly the data.
 */
export function toNpy(data: Float32Array, shape: readonly number[]): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw new RangeError(`Shape [${shape.join(', ')}] holds ${size} values, not ${data.length}.`);
  }
  const header = headerFor(shape);
  const bytes = new Uint8Array(PREFIX_BYTES + header.length + 4 * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, ...VERSION]);
  view.setUint16(MAGIC.length + VERSION.length, header.length, true);
  for (let i = 0; i < header.length; i++) bytes[PREFIX_BYTES + i] = header.charCodeAt(i);
  const start = PREFIX_BYTES + header.length;
  data.forEach((value, i) => {
    view.setFloat32(start + 4 * i, value, true);
  });
  return bytes;
}

/** The header's ASCII dictionary, padded so that the data start at a multiple of 64 bytes. */
function headerFor(shape: readonly number[]): string {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = PREFIX_BYTES + dictionary.length + 1;
  return `${dictionary}${' '.repeat(Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT - unpadded)}\n`;
}

/** An array as a NumPy file holds it, row-major. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Whether the bytes begin as a NumPy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

function unreadable(what: string): ImageError {
  return new ImageError(
    'undecodable',
    `This .npy file ${what}; save it with numpy.save(path, array.astype('<f4')).`,
  );
}

/** What the header of a NumPy file says. */
export interface NpyHeader {
  /** NumPy's name of the values' type, as <f4; empty where they are no plain numbers. */
  readonly kind: string;
  readonly shape: readonly number[];
  /** Where the values begin, in bytes. */
  readonly start: number;
}

/**
 * Reads the header of a NumPy file (format versions 1 to 3).
 * @param unreadable makes the error of “This file …”
 * @throws what `unreadable` makes if there is no header, or the array is not in C order
 */
export function npyHeader(bytes: Uint8Array, unreadable: (what: string) => Error): NpyHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isNpy(bytes) || bytes.length < PREFIX_BYTES + 2) throw unreadable('has no NumPy header');
  // From version 2.0 on the header's length is a uint32.
  const isLong = (bytes[MAGIC.length] as number) > 1;
  const headerStart = PREFIX_BYTES + (isLong ? 2 : 0);
  const headerLength = isLong
    ? view.getUint32(MAGIC.length + 2, true)
    : view.getUint16(MAGIC.length + 2, true);
  const start = headerStart + headerLength;
  if (start > bytes.length) throw unreadable('is cut off');
  const header = String.fromCharCode(
    ...bytes.subarray(headerStart, Math.min(start, headerStart + MAX_HEADER)),
  );
  const kind = /'descr': *'([^']*)'/.exec(header)?.[1] ?? '';
  if (!/'fortran_order': *False/.test(header)) throw unreadable('is not in C order');
  const tuple = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (tuple === undefined) throw unreadable('has no shape');
  const shape = tuple.split(',').flatMap((length) => (length.trim() === '' ? [] : [Number(length)]));
  return { kind, shape, start };
}

/** How many values a header promises. Throws what `unreadable` makes if the file has more or fewer bytes. */
export function assertNpyLength(
  bytes: Uint8Array,
  { shape, start }: NpyHeader,
  itemBytes: number,
  unreadable: (what: string) => Error,
): number {
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - start !== size * itemBytes) {
    throw unreadable(`holds ${bytes.length - start} bytes of data where its shape needs ${size * itemBytes}`);
  }
  return size;
}

/**
 * Reads a NumPy file of little-endian float32 or float64 in C order; float64 is rounded.
 * @throws ImageError `undecodable` for any other file.
 */
export function fromNpy(bytes: Uint8Array): NpyArray {
  const header = npyHeader(bytes, unreadable);
  const { kind, shape, start } = header;
  if (kind !== '<f4' && kind !== '<f8') throw unreadable(`holds ${kind || 'no plain numbers'}, not float32`);
  const itemBytes = kind === '<f4' ? 4 : 8;
  const size = assertNpyLength(bytes, header, itemBytes, unreadable);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (i: number): number =>
    itemBytes === 4 ? view.getFloat32(start + 4 * i, true) : view.getFloat64(start + 8 * i, true);
  return { shape, data: Float32Array.from({ length: size }, (_, i) => read(i)) };
}
