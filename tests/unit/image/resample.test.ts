import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resample } from '../../../src/image/resample';
import type { Plane } from '../../../src/image/types';

const anyPlane = fc
  .record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((values): Plane => ({ width, height, data: Float32Array.from(values) })),
  );
const length = fc.integer({ min: 1, max: 40 });

const whole = ({ width, height }: Plane) => ({ x: 0, y: 0, width, height });
const mean = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length;

describe('resample', () => {
  it('averages areas, also of parts of pixels', () => {
    const plane = { width: 3, height: 1, data: Float32Array.of(0, 3, 6) };
    expect([...resample(plane, whole(plane), 1, 1).data]).toEqual([3]);
    expect([...resample(plane, whole(plane), 2, 1).data]).toEqual([1, 5]);
  });

  it('reads only the box', () => {
    const plane = { width: 3, height: 2, data: Float32Array.of(9, 9, 9, 9, 1, 2) };
    expect([...resample(plane, { x: 1, y: 1, width: 2, height: 1 }, 2, 1).data]).toEqual([1, 2]);
  });

  it('interpolates linearly where it enlarges', () => {
    const plane = { width: 2, height: 1, data: Float32Array.of(0, 1) };
    expect([...resample(plane, whole(plane), 4, 1).data]).toEqual([0, 0.25, 0.75, 1]);
  });

  it('keeps the mean where it shrinks', () => {
    fc.assert(
      fc.property(anyPlane, length, length, (plane, width, height) => {
        fc.pre(width <= plane.width && height <= plane.height);
        expect(mean(resample(plane, whole(plane), width, height).data)).toBeCloseTo(mean(plane.data), 5);
      }),
    );
  });

  it('stays within the range of the source', () => {
    fc.assert(
      fc.property(anyPlane, length, length, (plane, width, height) => {
        const { data } = resample(plane, whole(plane), width, height);
        expect(data).toHaveLength(width * height);
        expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...plane.data) - 1e-6);
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...plane.data) + 1e-6);
      }),
    );
  });
});
