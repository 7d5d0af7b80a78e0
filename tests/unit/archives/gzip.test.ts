import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Budget, readGzip } from '../../../src/archives';

const limits = {
  bytes: 1e6,
  entries: 10,
  instead: 'take a part',
  unquestioned: 200_000,
  unmeasured: 100_000,
};
const read = (bytes: Uint8Array, most = limits.bytes) =>
  readGzip({ name: 'a.gz', bytes }, new Budget({ ...limits, bytes: most }), true);

/** Bytes that pack to about a half. */
const grain = (length: number, seed = 1): Uint8Array => {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 28;
  });
};

describe('a gzip file', () => {
  it('is read, all its members one after the other', () => {
    const [first, second] = [grain(50_000), grain(3, 2)];
    const bytes = Buffer.concat([gzipSync(first), gzipSync(new Uint8Array()), gzipSync(second)]);
    const { name, bytes: found } = read(bytes);
    expect(name).toBe('a');
    expect(Buffer.compare(found, Buffer.concat([first, second]))).toBe(0);
    const named = gzipSync(first);
    // A name, as gzip writes it, behind the ten bytes of the header.
    named[3] = 8;
    expect(
      Buffer.compare(
        read(Buffer.concat([named.subarray(0, 10), Buffer.from('x.idx\0'), named.subarray(10)])).bytes,
        first,
      ),
    ).toBe(0);
  });

  it('is read whatever its length is beside the steps in which it is inflated', () => {
    for (const length of [0, 1, 16_000, 16_400, 33_000]) {
      expect(Buffer.compare(read(gzipSync(grain(length))).bytes, grain(length))).toBe(0);
    }
  });

  it('is inflated again rather than kept while it may be too large', () => {
    const large = grain(300_000);
    expect(Buffer.compare(read(gzipSync(large)).bytes, large)).toBe(0);
    expect(() => read(gzipSync(large), 299_999)).toThrow(/unpacks to more than/);
  });

  it('is refused where it is cut off anywhere, or altered', () => {
    const whole = gzipSync(grain(60));
    const damage = expect.objectContaining({ name: 'ArchiveError', code: 'damaged' });
    for (let i = 2; i < whole.length; i++) expect(() => read(whole.subarray(0, i))).toThrow(damage);
    for (let i = 10; i < whole.length; i++) {
      const altered = Buffer.from(whole);
      altered[i] = (altered[i] as number) ^ 4;
      expect(() => read(altered)).toThrow(damage);
    }
    const altered = Buffer.from(whole);
    altered[2] = 7;
    expect(() => read(altered)).toThrow(/unknown kind of gzip/);
    const second = gzipSync(grain(9));
    second[second.length - 6] = (second[second.length - 6] as number) ^ 1;
    expect(() => read(Buffer.concat([second, whole]))).toThrow(damage);
  });

  it('is refused where it unpacks to hundreds of times its size, long before the limit', () => {
    const zeros = gzipSync(Buffer.alloc(900_000));
    expect(() => read(zeros)).toThrow(/a\.gz unpacks to more than 400 times its size/);
    expect(read(gzipSync(Buffer.alloc(200_000))).bytes).toHaveLength(200_000);
  });
});
