import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromNpy, ImageError, toNpy } from '../../../src/image';

describe('toNpy', () => {
  it('writes the bytes that numpy.save writes', () => {
    const bytes = toNpy(Float32Array.of(1, -2), [1, 2]);
    const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }`.padEnd(117);
    expect([...bytes.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    expect(new TextDecoder().decode(bytes.subarray(10, 128))).toBe(`${header}\n`);
    expect([...bytes.subarray(128)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it('writes a shape of one axis as a tuple', () => {
    expect(new TextDecoder('latin1').decode(toNpy(Float32Array.of(1), [1]))).toContain("'shape': (1,)");
  });

  it('aligns the data to 64 bytes and keeps them', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(shapes, (shape) => {
        const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i / 3);
        const bytes = toNpy(data, shape);
        const start = 10 + new DataView(bytes.buffer).getUint16(8, true);
        expect(start % 64).toBe(0);
        expect(new Float32Array(bytes.buffer, start)).toEqual(data);
      }),
    );
  });

  it('refuses a shape that does not hold the data', () => {
    expect(() => toNpy(new Float32Array(3), [2, 2])).toThrow(RangeError);
  });
});

describe('fromNpy', () => {
  const arrays = fc.array(fc.float({ noNaN: true }), { minLength: 6, maxLength: 6 });

  it('reads back what toNpy writes, wherever it lies in its buffer', () => {
    fc.assert(
      fc.property(arrays, fc.nat(9), (values, offset) => {
        const written = toNpy(Float32Array.from(values), [1, 2, 3]);
        const moved = new Uint8Array(offset + written.length);
        moved.set(written, offset);
        const read = fromNpy(moved.subarray(offset));
        expect(read).toEqual({ shape: [1, 2, 3], data: Float32Array.from(values) });
      }),
      { seed: 1 },
    );
  });

  /** As numpy.lib.format lays it out. */
  function npyOf(version: number, header: string, data: Uint8Array): Uint8Array {
    const length =
      version > 1
        ? [header.length & 255, header.length >> 8, 0, 0]
        : [header.length & 255, header.length >> 8];
    const text = new TextEncoder().encode(header);
    return Uint8Array.from([
      0x93,
      ...new TextEncoder().encode('NUMPY'),
      version,
      0,
      ...length,
      ...text,
      ...data,
    ]);
  }

  it('reads float64 and the longer header of version 2', () => {
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n";
    const data = new Uint8Array(Float64Array.of(0.1, -3).buffer);
    for (const version of [1, 2, 3]) {
      expect(fromNpy(npyOf(version, header, data))).toEqual({ shape: [2], data: Float32Array.of(0.1, -3) });
    }
  });

  it.each([
    ['big-endian', "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }"],
    ['column-major', "{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }"],
    ['of bytes', "{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }"],
    ['of records', "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }"],
    ['of another length', "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"],
    ['of an impossible shape', "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }"],
    ['without a shape', "{'descr': '<f4', 'fortran_order': False}"],
  ])('refuses an array %s', (_what, header) => {
    expect(() => fromNpy(npyOf(1, header, new Uint8Array(4)))).toThrow(ImageError);
  });

  it('refuses what is cut off anywhere, and any other bytes', () => {
    const whole = toNpy(Float32Array.of(1, 2), [2]);
    for (let length = 0; length < whole.length; length++) {
      expect(() => fromNpy(whole.subarray(0, length))).toThrow(ImageError);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => fromNpy(bytes)).toThrow(ImageError);
      }),
      { seed: 1 },
    );
  });
});
