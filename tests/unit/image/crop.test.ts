import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropBox, cropShares, largestCrop, SMALLEST_CROP, tidyCrop, zoomCrop } from '../../../src/image';

const part = fc.double({ min: 0, max: 1, noNaN: true });
const crops = fc.record({ x: part, y: part, size: fc.double({ min: SMALLEST_CROP, max: 1, noNaN: true }) });
const length = fc.integer({ min: 1, max: 5000 });
const pictures = fc.record({ width: length, height: length });
const aspects = fc.constantFrom(1, 0.5, 1.5);

describe('a crop', () => {
  it('in pixels lies inside the picture, whatever it is', () => {
    fc.assert(
      fc.property(pictures, crops, aspects, (picture, crop, aspect) => {
        const box = cropBox(picture, crop, aspect);
        expect([box.x, box.y, box.width, box.height].every(Number.isInteger)).toBe(true);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(1);
        expect(box.x + box.width).toBeLessThanOrEqual(picture.width);
        expect(box.y + box.height).toBeLessThanOrEqual(picture.height);
      }),
    );
  });

  it('is square in pixels where the model’s input is', () => {
    expect(cropBox({ width: 640, height: 480 }, { x: 0.1, y: 0.2, size: 0.5 })).toEqual({
      x: 64,
      y: 96,
      width: 240,
      height: 240,
    });
  });

  it('of the largest size lies in the middle', () => {
    expect(largestCrop({ width: 400, height: 200 })).toEqual({ x: 0.25, y: 0, size: 1 });
    expect(largestCrop({ width: 100, height: 400 }, 2)).toEqual({ x: 0, y: 0.4375, size: 1 });
  });

  it('keeps its centre when it is zoomed, away from the edges', () => {
    const picture = { width: 640, height: 480 };
    const before = { x: 0.4, y: 0.4, size: 0.2 };
    const after = zoomCrop(picture, before, 1.5);
    expect(after.size).toBeCloseTo(0.3, 12);
    const centre = (crop: typeof before) => {
      const { x, y, width, height } = cropShares(picture, crop);
      return [x + width / 2, y + height / 2];
    };
    centre(after).forEach((value, i) => {
      expect(value).toBeCloseTo(centre(before)[i] as number, 12);
    });
    expect(zoomCrop(picture, before, 100).size).toBe(1);
    expect(zoomCrop(picture, before, 1e-9).size).toBe(SMALLEST_CROP);
  });

  it('once tidied is short, inside the picture, and stays as it is when tidied again', () => {
    fc.assert(
      fc.property(pictures, crops, aspects, (picture, crop, aspect) => {
        const tidy = tidyCrop(picture, crop, aspect);
        for (const value of [tidy.x, tidy.y, tidy.size]) {
          expect(String(value).length).toBeLessThanOrEqual(6);
          expect(value >= 0 && value <= 1).toBe(true);
        }
        expect(tidyCrop(picture, tidy, aspect)).toEqual(tidy);
      }),
    );
  });
});
