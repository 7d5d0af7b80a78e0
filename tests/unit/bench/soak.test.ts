import { describe, expect, it } from 'vitest';
import { growth, type Reading } from '../../../bench/soak/growth';

const MEBIBYTE = 2 ** 20;
const still: Reading = {
  sweeps: 20,
  tensors: 19,
  tensorBytes: 1000,
  wasmHeap: 16 * MEBIBYTE,
  gpuBytes: 4 * MEBIBYTE,
  jsHeap: 8 * MEBIBYTE,
};
const series = (...changes: Partial<Reading>[]) => [
  still,
  ...changes.map((change) => ({ ...still, ...change })),
];

describe('the soak run', () => {
  it('is content with what stays, and with a collection that comes late', () => {
    expect(growth(series({}, {}, {}))).toEqual([]);
    expect(growth(series({}, { jsHeap: 30 * MEBIBYTE }, { jsHeap: 9 * MEBIBYTE }))).toEqual([]);
  });

  it.each([
    [{ tensors: 20 }, /1 tensors were left behind/],
    [{ tensorBytes: 1001 }, /Tensors grew/],
    [{ wasmHeap: 32 * MEBIBYTE }, /wasm heap grew by 16\.00 MiB/],
    [{ gpuBytes: 8 * MEBIBYTE }, /graphics device grew by 4\.00 MiB/],
    [{ jsHeap: 11 * MEBIBYTE }, /JavaScript heap grew by 3\.00 MiB/],
  ])('tells of growth: %j', (change, message) => {
    expect(growth(series({}, change, change, change))).toEqual([expect.stringMatching(message)]);
  });

  it('tells of a tensor that is gone again by the end', () => {
    expect(growth(series({ tensors: 20 }, {}))).toHaveLength(1);
  });
});
