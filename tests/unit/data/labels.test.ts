import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { preparedPictures, readDropped } from '../../../src/data';
import { dataHash } from '../../../src/dataset';
import { idxFile } from '../../support/data-files';
import { npyFile } from '../../support/npy-file';

const LABELS = [3, 24, 255, 256, 280, 65_535];
const N = LABELS.length;
const pixels = Uint8Array.from({ length: N }, (_, i) => 10 * i);

const labelsOf = (...files: Parameters<typeof readDropped>[0]): number[] => {
  const found = readDropped(files);
  if (found.kind !== 'images') throw new Error('pictures were found');
  return [...found.images.labels];
};

/** A typed array's bytes in the other order. */
function swapped(values: NodeJS.TypedArray): Uint8Array {
  const width = values.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Uint8Array.from(bytes, (_, i) => bytes[i - (i % width) + width - 1 - (i % width)] as number);
}

const whole = Int32Array.from(LABELS);
const long = BigInt64Array.from(LABELS, BigInt);
const short = Uint16Array.from(LABELS);
const bytesOf = ({ buffer }: NodeJS.TypedArray): Uint8Array => new Uint8Array(buffer);

describe('labels above 255', () => {
  const images = { name: 'x.npy', bytes: npyFile('|u1', [N, 1, 1], pixels) };

  it.each([
    ['<u2', bytesOf(short)],
    ['>u2', swapped(short)],
    ['<i4', bytesOf(whole)],
    ['>i4', swapped(whole)],
    ['<u4', bytesOf(Uint32Array.from(LABELS))],
    ['<i8', bytesOf(long)],
    ['>i8', swapped(long)],
    ['<u8', bytesOf(BigUint64Array.from(LABELS, BigInt))],
    ['<f4', bytesOf(Float32Array.from(LABELS))],
    ['<f8', bytesOf(Float64Array.from(LABELS))],
  ])('are read from arrays of %s', (kind, bytes) => {
    const labels = npyFile(kind, [N], bytes);
    expect(labelsOf(images, { name: 'y.npy', bytes: labels })).toEqual(LABELS);
    const npz = zipSync({ 'x.npy': images.bytes, 'y.npy': labels });
    expect(labelsOf({ name: 'set.npz', bytes: npz })).toEqual(LABELS);
  });

  it('are read from IDX files of integers', () => {
    const [grey, column] = [idxFile([N, 1, 1], pixels), Buffer.alloc(8 + 4 * N)];
    column.set([0, 0, 12, 1]);
    column.writeUInt32BE(N, 4);
    for (const [i, label] of LABELS.entries()) column.writeInt32BE(label, 8 + 4 * i);
    expect(labelsOf({ name: 'a', bytes: grey }, { name: 'b', bytes: column })).toEqual(LABELS);
  });

  it('are read from folders called by their numbers', async () => {
    const pictures = LABELS.map((label) => ({ name: `${label}/x.png`, bytes: new Uint8Array() }));
    const labels = Array.from({ length: 65_536 }, (_, i) => `class ${i}`);
    const image = { width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255) };
    const found = await preparedPictures(
      pictures,
      [],
      { input: { shape: [1, 1, 3], preparation: 'photo' }, labels },
      () => image,
    );
    expect([...found.images.labels].sort((a, b) => a - b)).toEqual(LABELS);
  });

  it.each([65_536, -1, 0.5, 4_294_967_299])('and beyond what is possible are refused: %d', (wrong) => {
    const labels = npyFile('<f8', [N], bytesOf(Float64Array.from([wrong, ...LABELS.slice(1)])));
    expect(() => labelsOf(images, { name: 'y.npy', bytes: labels })).toThrow(
      `y.npy has the label ${wrong}; labels are whole numbers from 0 to 65535.`,
    );
  });
});

describe('the hash of a data set', () => {
  const set = (...labels: number[]) => ({
    shape: [1, 2, 1] as const,
    count: 3,
    pixels: Uint8Array.of(1, 2, 3, 4, 5, 6),
    labels: Uint16Array.from(labels),
  });

  it('is that of earlier versions where labels are bytes', () => {
    expect(dataHash(set(0, 7, 255))).toBe('047fe2fb4fda4f8d48d59787eb084722f77b0e7e2cb7cccf4bcd001755baf149');
  });

  it('tells labels apart that agree in their last byte', () => {
    const hashes = [set(0, 7, 255), set(0, 7, 511), set(256, 7, 255), set(256, 7, 511), set(0, 7, 65_535)];
    expect(new Set(hashes.map(dataHash)).size).toBe(hashes.length);
  });
});

describe('a set without images is refused', () => {
  const none = new Uint8Array();
  it.each([
    ['IDX', { name: 'images', bytes: idxFile([0, 28, 28], []) }, { name: 'labels', bytes: idxFile([0], []) }],
    [
      'IDX without pixels',
      { name: 'images', bytes: idxFile([1, 0, 28], []) },
      { name: 'b', bytes: idxFile([1], [0]) },
    ],
    [
      'arrays',
      { name: 'images', bytes: npyFile('|u1', [0, 4, 4], none) },
      { name: 'b', bytes: npyFile('|u1', [0], none) },
    ],
    [
      'arrays without pixels',
      { name: 'images', bytes: npyFile('<f4', [1, 4, 0], none) },
      { name: 'b', bytes: npyFile('|u1', [1], Uint8Array.of(1)) },
    ],
  ])('as %s', (_what, images, labels) => {
    expect(() => readDropped([images, labels])).toThrow(/^images holds (no images|images without pixels)/);
  });
});
