import { DataError } from './errors';
import type { LabelledImages } from './labelled-images';

/** An array of unsigned bytes, row-major. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Two zero bytes, the type (8: unsigned byte), the number of dimensions. */
const UNSIGNED_BYTE = 0x0800;

/** Whether the bytes begin as an IDX file of so many dimensions does. */
export function isIdx(bytes: Uint8Array, dimensions: number): boolean {
  const magic = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length >= 4 && magic.getUint32(0) === UNSIGNED_BYTE + dimensions;
}

/**
 * Reads an IDX file of unsigned bytes: a magic word, then the length of each dimension, big-endian, then the values.
 * Source: yann.lecun.com/exdb/mnist.
 * @throws DataError `wrong_format` or `truncated`, naming the file.
 */
export function parseIdx(bytes: Uint8Array, name: string, dimensions: number): IdxArray {
  const header = 4 * (dimensions + 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isIdx(bytes, dimensions)) {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    throw new DataError(
      'wrong_format',
      `${name} is not an IDX file of ${dimensions}-dimensional bytes${isGzip ? ' but a gzip file' : ''}.`,
    );
  }
  if (bytes.length < header) throw new DataError('truncated', `${name} ends within its header.`);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 * (i + 1)));
  const wanted = header + shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== wanted) {
    throw new DataError(
      bytes.length < wanted ? 'truncated' : 'wrong_format',
      `${name} has ${bytes.length} bytes where its header asks for ${wanted}; fetch it anew.`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}

/** Grey images and their labels from a pair of IDX files. Throws DataError. */
export function imagesFromIdx(
  images: { readonly name: string; readonly bytes: Uint8Array },
  labels: { readonly name: string; readonly bytes: Uint8Array },
): LabelledImages {
  const pixels = parseIdx(images.bytes, images.name, 3);
  const classes = parseIdx(labels.bytes, labels.name, 1);
  const [count = 0, height = 0, width = 0] = pixels.shape;
  if (classes.shape[0] !== count) {
    throw new DataError(
      'mismatch',
      `${images.name} has ${count} images and ${labels.name} ${classes.shape[0]} labels; they do not belong together.`,
    );
  }
  return { shape: [height, width, 1], count, pixels: pixels.data, labels: classes.data };
}
