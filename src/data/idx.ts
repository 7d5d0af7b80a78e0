import { DataError } from './errors';
import { assertImages, type LabelledImages } from './labelled-images';
import { asLabels } from './labels';

/** Types of an IDX file's values by the third byte of its magic word: bytes of each, and how to read one. */
const TYPES: Readonly<
  Record<number, { readonly name: string; readonly bytes: number; read(view: DataView, at: number): number }>
> = {
  8: { name: 'unsigned bytes', bytes: 1, read: (view, at) => view.getUint8(at) },
  9: { name: 'signed bytes', bytes: 1, read: (view, at) => view.getInt8(at) },
  11: { name: 'shorts', bytes: 2, read: (view, at) => view.getInt16(at) },
  12: { name: 'integers', bytes: 4, read: (view, at) => view.getInt32(at) },
  13: { name: 'floats', bytes: 4, read: (view, at) => view.getFloat32(at) },
  14: { name: 'doubles', bytes: 8, read: (view, at) => view.getFloat64(at) },
};
const UNSIGNED_BYTES = 8;

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an IDX file holds, row-major, its values not read yet. */
interface IdxValues {
  readonly shape: readonly number[];
  readonly type: number;
  readonly data: Uint8Array;
}

/** An array of unsigned bytes, row-major. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Whether the bytes begin as an IDX file of so many dimensions does: two zero bytes, a type, the dimensions. */
export function isIdx(bytes: Uint8Array, dimensions: number): boolean {
  const [first, second, type = 0, count] = bytes;
  return first === 0 && second === 0 && TYPES[type] !== undefined && count === dimensions;
}

/**
 * Reads an IDX file: a magic word, then the length of each dimension, then the values, all big-endian.
 * Source: yann.lecun.com/exdb/mnist.
 */
function readIdx({ bytes, name }: NamedBytes, dimensions: number): IdxValues {
  const header = 4 * (dimensions + 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = bytes[2] ?? 0;
  const known = TYPES[type];
  if (!isIdx(bytes, dimensions) || known === undefined) {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const dimensional = dimensions === 1 ? 'one dimension' : `${dimensions} dimensions`;
    throw new DataError(
      'wrong_format',
      `${name} is not an IDX file of ${dimensional}${isGzip ? ' but a gzip file' : ''}.`,
    );
  }
  if (bytes.length < header) throw new DataError('truncated', `${name} ends within its header.`);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 * (i + 1)));
  const wanted = header + shape.reduce((product, length) => product * length, known.bytes);
  if (bytes.length !== wanted) {
    throw new DataError(
      bytes.length < wanted ? 'truncated' : 'wrong_format',
      `${name} has ${bytes.length} bytes where its header asks for ${wanted}; fetch it anew.`,
    );
  }
  return { shape, type, data: bytes.subarray(header) };
}

/** Reads an IDX file of unsigned bytes. Throws DataError `wrong_format` or `truncated`, naming the file. */
export function parseIdx(bytes: Uint8Array, name: string, dimensions: number): IdxArray {
  if (isIdx(bytes, dimensions) && bytes[2] !== UNSIGNED_BYTES) {
    const held = TYPES[bytes[2] as number]?.name;
    throw new DataError('wrong_format', `${name} holds ${held}; save the pixels as unsigned bytes.`);
  }
  return readIdx({ bytes, name }, dimensions);
}

/** Reads an IDX file of one dimension and any type as labels. Throws DataError, naming the file. */
function idxLabels(file: NamedBytes): Uint16Array {
  const { shape, type, data } = readIdx(file, 1);
  const { bytes, read } = TYPES[type] as (typeof TYPES)[number];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return asLabels(
    Array.from({ length: shape[0] as number }, (_, i) => read(view, bytes * i)),
    file.name,
  );
}

/** Grey images and their labels from a pair of IDX files. Throws DataError. */
export function imagesFromIdx(images: NamedBytes, labels: NamedBytes): LabelledImages {
  const pixels = parseIdx(images.bytes, images.name, 3);
  const classes = idxLabels(labels);
  const [count = 0, height = 0, width = 0] = pixels.shape;
  if (classes.length !== count) {
    throw new DataError(
      'mismatch',
      `${images.name} has ${count} images and ${labels.name} ${classes.length} labels; they do not belong together.`,
    );
  }
  const found = { shape: [height, width, 1], count, pixels: pixels.data, labels: classes } as const;
  return assertImages(found, images.name);
}
