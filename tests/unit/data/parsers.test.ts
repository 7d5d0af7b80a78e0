import { describe, expect, it } from 'vitest';
import { DataError, type DataErrorCode, findDataset, joinImages, toInputs } from '../../../src/data';
import { parseCifar10 } from '../../../src/data/cifar';
import { imagesFromIdx, parseIdx } from '../../../src/data/idx';
import { cifarFile, idxFile, mnistFiles } from '../../support/data-files';

function failure(action: () => unknown): { code: DataErrorCode; message: string } | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  return undefined;
}

const grey = (i: number, x: number, y: number): number => (50 * i + 3 * x + 5 * y) % 256;
const colour = (i: number, x: number, y: number, c: number): number =>
  (70 * i + 7 * x + 11 * y + 90 * c) % 256;

describe('IDX', () => {
  const { images, labels } = mnistFiles([7, 2, 9], grey);
  const pair = (bytes: Uint8Array, other: Uint8Array) =>
    imagesFromIdx({ name: 'images', bytes }, { name: 'labels', bytes: other });

  it('gives pixels and labels in their order', () => {
    const found = pair(images, labels);
    expect([found.shape, found.count, [...found.labels]]).toEqual([[28, 28, 1], 3, [7, 2, 9]]);
    expect(found.pixels).toHaveLength(3 * 784);
    expect(found.pixels[784 + 28 * 4 + 6]).toBe(grey(1, 6, 4));
  });

  it('reads a view that does not begin at its buffer’s start', () => {
    const shifted = Buffer.concat([Buffer.from([1, 2, 3]), images]).subarray(3);
    expect(pair(shifted, labels).pixels[5]).toBe(grey(0, 5, 0));
  });

  it.each<[DataErrorCode, string, Uint8Array]>([
    ['wrong_format', 'nothing', new Uint8Array(0)],
    ['wrong_format', 'labels instead of images', labels],
    ['wrong_format', 'signed integers', Buffer.concat([Buffer.from([0, 0, 0x0c, 3]), images.subarray(4)])],
    ['wrong_format', 'a gzip file', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ['wrong_format', 'a byte too many', Buffer.concat([images, Buffer.from([0])])],
    ['truncated', 'a byte too few', images.subarray(0, -1)],
    ['truncated', 'half a header', images.subarray(0, 9)],
  ])('refuses as %s: %s', (code, _what, bytes) => {
    const found = failure(() => pair(bytes, labels));
    expect(found?.code).toBe(code);
    expect(found?.message).toMatch(/^images .*\.$/);
  });

  it('refuses labels of other images', () => {
    expect(failure(() => pair(images, idxFile([2], [1, 2])))?.code).toBe('mismatch');
  });

  it('refuses dimensions whose product no file could hold', () => {
    const huge = idxFile([1], [0]);
    huge.writeUInt32BE(0xffffffff, 4);
    expect(failure(() => parseIdx(huge, 'labels', 1))?.code).toBe('truncated');
  });
});

describe('CIFAR-10, binary version', () => {
  const bytes = cifarFile([3, 0, 9, 6], colour);

  it('interleaves the channels', () => {
    const found = parseCifar10(bytes, 'test_batch.bin');
    expect([found.shape, found.count, [...found.labels]]).toEqual([[32, 32, 3], 4, [3, 0, 9, 6]]);
    for (const [i, x, y, c] of [
      [0, 0, 0, 0],
      [1, 31, 0, 1],
      [3, 5, 17, 2],
      [2, 31, 31, 0],
    ] as const) {
      expect(found.pixels[3072 * i + 3 * (32 * y + x) + c]).toBe(colour(i, x, y, c));
    }
  });

  it.each<[DataErrorCode, string, Uint8Array]>([
    ['truncated', 'nothing', new Uint8Array(0)],
    ['truncated', 'a cut off record', bytes.subarray(0, -1)],
    ['truncated', 'less than one record', bytes.subarray(0, 3072)],
    ['wrong_format', 'labels beyond 9, as in CIFAR-100', cifarFile([3, 10], colour)],
  ])('refuses as %s: %s', (code, _what, wrong) => {
    const found = failure(() => parseCifar10(wrong, 'test_batch.bin'));
    expect(found?.code).toBe(code);
    expect(found?.message).toContain('test_batch.bin');
  });
});

describe('labelled images', () => {
  it('become inputs in [0, 1]', () => {
    const found = parseCifar10(cifarFile([3, 0, 9], colour), 'a');
    const inputs = toInputs(found, 1, 2);
    expect(inputs).toHaveLength(2 * 3072);
    expect(inputs[3072 + 1]).toBe(Math.fround(colour(2, 0, 0, 1) / 255));
  });

  it('of several files become one set, in order', () => {
    const [a, b] = [parseCifar10(cifarFile([1], colour), 'a'), parseCifar10(cifarFile([2, 3], colour), 'b')];
    const joined = joinImages([a, b]);
    expect([joined.count, [...joined.labels]]).toEqual([3, [1, 2, 3]]);
    expect(joined.pixels.subarray(3072)).toEqual(b.pixels);
    const { images, labels } = mnistFiles([1], grey);
    const digits = imagesFromIdx({ name: 'i', bytes: images }, { name: 'l', bytes: labels });
    expect(failure(() => joinImages([a, digits]))?.code).toBe('mismatch');
    expect(failure(() => joinImages([]))?.code).toBe('missing');
  });

  it('belong to data sets that are found by id and by the name on a card', () => {
    expect(findDataset('cifar10')).toBe(findDataset('CIFAR-10'));
    expect(findDataset('MNIST')?.labels).toHaveLength(10);
    expect(findDataset('toString')).toBeUndefined();
  });
});
