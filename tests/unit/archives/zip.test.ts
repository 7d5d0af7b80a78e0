import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Budget, crc32, isZip, readZip } from '../../../src/archives';
import { type ZipPart, zipOf } from '../../support/zip';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const limits = { bytes: 10e6, entries: 100, instead: 'take a part' };
const read = (bytes: Uint8Array, change: Partial<typeof limits> = {}) =>
  readZip({ name: 'a.zip', bytes }, new Budget({ ...limits, ...change }), true);
const contents = (bytes: Uint8Array) =>
  Object.fromEntries(read(bytes).map((file) => [file.name, new TextDecoder().decode(file.bytes)]));

describe('crc32', () => {
  it('is that of zlib, in one piece and in two', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(70), (bytes, cut) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
        expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes));
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('a zip', () => {
  const hello = text('hello '.repeat(50));

  it('is read as packers write it: packed, stored, empty, with folders', () => {
    const bytes = zipSync({
      'cat/': new Uint8Array(),
      'cat/1': hello,
      stored: [text('as it is'), { level: 0 }],
      none: new Uint8Array(),
    });
    expect(isZip({ name: 'a', bytes })).toBe(true);
    expect(contents(bytes)).toEqual({ 'cat/1': 'hello '.repeat(50), stored: 'as it is', none: '' });
    expect(read(zipSync({}))).toEqual([]);
  });

  it('is read where it was streamed, has Zip64 records, a comment, or an end record within its comment', () => {
    const parts: ZipPart[] = [
      { path: 'a', content: hello, hasDescriptor: true },
      { path: 'b', content: text('b'), isZip64: true, method: 0 },
    ];
    const expected = { a: 'hello '.repeat(50), b: 'b' };
    expect(contents(zipOf(parts))).toEqual(expected);
    expect(contents(zipOf(parts, { isZip64: true }))).toEqual(expected);
    const comment = Buffer.from('PK\x05\x06 and so on, long enough for a record');
    const commented = Buffer.concat([zipOf(parts), comment]);
    commented.writeUInt16LE(comment.length, zipOf(parts).length - 2);
    expect(contents(commented)).toEqual(expected);
  });

  it('has paths with “/” that lead nowhere else, in UTF-8 said or not', () => {
    const paths = ['/cat/1', '../dog/2', 'x/../ant/3', 'C:\\bee\\4', './fly/5', 'Käfer/6'];
    const parts = paths.map((path) => ({ path, content: text(path), flags: path === 'Käfer/6' ? 0x800 : 0 }));
    expect(Object.keys(contents(zipOf(parts)))).toEqual([
      'cat/1',
      'dog/2',
      'ant/3',
      'bee/4',
      'fly/5',
      'Käfer/6',
    ]);
    expect(Object.keys(contents(zipOf([{ path: 'Käfer' }])))).toEqual(['Käfer']);
    expect(Object.keys(contents(zipOf([{ path: Buffer.from('K\xe4fer', 'latin1') }])))).toEqual(['Käfer']);
  });

  it('may have the same file twice', () => {
    const part = { path: 'a', content: text('x') };
    expect(contents(zipOf([part, part]))).toEqual({ a: 'x' });
  });

  it.each<[string, ZipPart[], string, RegExp]>([
    ['another CRC', [{ path: 'x', content: hello, crc: 1 }], 'damaged', /x in a\.zip is damaged/],
    ['another CRC, stored', [{ path: 'x', content: hello, crc: 1, method: 0 }], 'damaged', /x in a\.zip/],
    ['fewer bytes than it says', [{ path: 'x', content: hello, size: 301 }], 'damaged', /x in a\.zip/],
    ['more bytes than it says', [{ path: 'x', content: hello, size: 0 }], 'damaged', /x in a\.zip/],
    ['encryption', [{ path: 'x', content: hello, flags: 1 }], 'unsupported', /encrypted \(x\).*password/],
    ['hidden names', [{ path: 'x', flags: 0x2000 }], 'unsupported', /is encrypted/],
    ['Deflate64', [{ path: 'x', method: 9 }], 'unsupported', /packs x by Deflate64; pack it anew/],
    ['an unknown method', [{ path: 'x', method: 77 }], 'unsupported', /an unknown method \(77\)/],
    [
      'two files of one path',
      [
        { path: 'x', content: hello },
        { path: './x', content: text('y') },
      ],
      'unsupported',
      /two different files called x/,
    ],
    [
      'files over one another',
      Array.from({ length: 9 }, (_, i) => ({ path: `${i}`, content: hello, ...(i > 0 && { over: 0 }) })),
      'unsupported',
      /lie over one another/,
    ],
    ['more than the limit', [{ path: 'x', size: 11e6 }], 'too_large', /a\.zip unpacks to more than 10 MB/],
  ])('is refused with a sentence: %s', (_what, parts, code, message) => {
    expect(() => read(zipOf(parts))).toThrow(expect.objectContaining({ name: 'ArchiveError', code }));
    expect(() => read(zipOf(parts))).toThrow(message);
  });

  it('is refused in parts, and with too many files', () => {
    const part = zipOf([{ path: 'x' }]);
    part.writeUInt16LE(1, part.length - 18);
    expect(() => read(part)).toThrow(/one of several parts/);
    expect(() => read(zipOf([{ path: 'x' }, { path: 'y' }]), { entries: 1 })).toThrow(/more than 1 files/);
  });

  it('is refused, and nothing else, cut off anywhere and with any byte altered', () => {
    const whole = zipOf(
      [
        { path: 'ab', content: hello },
        { path: 'c', content: text('c'), isZip64: true },
      ],
      {
        isZip64: true,
      },
    );
    const isRight = (files: ReturnType<typeof read>): boolean =>
      files.every(({ bytes }) => bytes.length <= hello.length);
    for (let i = 0; i < whole.length; i++) {
      expect(() => read(whole.subarray(0, i))).toThrow(expect.objectContaining({ name: 'ArchiveError' }));
      const altered = Buffer.from(whole);
      altered[i] = (altered[i] as number) ^ 0x41;
      try {
        expect(isRight(read(altered))).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ name: 'ArchiveError' });
      }
    }
  });

  it('shares one limit of bytes among its files, as they come', () => {
    const noise = (seed: number) =>
      Uint8Array.from({ length: 60_000 }, (_, i) => (i * i * (seed + 3) + (i >> 3)) % 251);
    const bytes = zipSync({ a: noise(1), b: noise(2) });
    expect(read(bytes, { bytes: 120_000 })).toHaveLength(2);
    expect(() => read(bytes, { bytes: 119_999 })).toThrow(/unpacks to more than/);
  });
});
