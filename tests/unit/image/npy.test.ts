import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNpy } from '../../../src/image';

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
