import { describe, expect, it } from 'vitest';
import { featuresFor, type ImageShape } from '../../../src/image';

const GREY: ImageShape = [28, 28, 1];
const COLOUR: ImageShape = [32, 32, 3];

function measure(id: string, x: Float32Array, shape: ImageShape): number {
  const feature = featuresFor(shape).find((each) => each.id === id);
  if (feature === undefined) throw new Error(`no feature ${id}`);
  return feature.measure(x, shape);
}

const plane = (of: (row: number, column: number) => number, [height, width]: ImageShape = GREY) =>
  Float32Array.from({ length: height * width }, (_, i) => of(Math.floor(i / width), i % width));

const wave = (cycles: number) =>
  plane((_, column) => 0.5 + 0.4 * Math.cos((2 * Math.PI * cycles * column) / 28));

/** A strip of length `length` across the middle, its edges antialiased. */
const strip = (width: number, length = 20) =>
  plane((row, column) => {
    const covered = (from: number, to: number, at: number) =>
      Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
    return covered(14 - width / 2, 14 + width / 2, row) * covered(14 - length / 2, 14 + length / 2, column);
  });

describe('features of grey images', () => {
  it('measures ink and contrast of a half-filled image', () => {
    const half = plane((row) => (row < 14 ? 1 : 0));
    expect(measure('ink', half, GREY)).toBeCloseTo(0.5, 12);
    expect(measure('contrast', half, GREY)).toBeCloseTo(0.5, 12);
    // One row of 27 steps of 1 among 27 x 27 differences.
    expect(measure('edges', half, GREY)).toBeCloseTo(Math.sqrt(1 / 27), 12);
  });

  it('finds all variance of a slow wave below and of a fast one above a quarter cycle a pixel', () => {
    expect(measure('fine_detail', wave(3), GREY)).toBeCloseTo(0, 9);
    expect(measure('fine_detail', wave(10), GREY)).toBeCloseTo(1, 9);
    const both = wave(3).map((value, i) => value + (wave(10)[i] as number));
    expect(measure('fine_detail', both, GREY)).toBeCloseTo(0.5, 6);
    expect(
      measure(
        'fine_detail',
        plane(() => 0.25),
        GREY,
      ),
    ).toBe(0);
  });

  it('takes a strip for what its width is, between pixels as well', () => {
    for (const width of [2, 2.5, 4, 5]) {
      // Area over half the outline: w l / (w + l); a pixel's corner counts sqrt(2) instead of 2.
      const expected = (width * 20) / (width + 20);
      expect(Math.abs(measure('stroke_width', strip(width), GREY) / expected - 1)).toBeLessThan(0.04);
    }
    expect(
      measure(
        'stroke_width',
        plane(() => 0),
        GREY,
      ),
    ).toBe(0);
  });
});

describe('features of colour images', () => {
  const filled = (rgb: readonly number[]) =>
    Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => rgb[i % 3] as number);

  it('weighs brightness by the eye', () => {
    expect(measure('brightness', filled([0, 1, 0]), COLOUR)).toBeCloseTo(0.587, 6);
    expect(measure('brightness', filled([1, 1, 1]), COLOUR)).toBeCloseTo(1, 6);
  });

  it('finds no colour in grey, and 0.3 times the opponent means in an even colour', () => {
    const grey = plane((row, column) => ((row + column) % 5) / 5, COLOUR);
    const greyRgb = Float32Array.from(
      { length: 3 * grey.length },
      (_, i) => grey[Math.floor(i / 3)] as number,
    );
    expect(measure('colourfulness', greyRgb, COLOUR)).toBeCloseTo(0, 6);
    // Red: red - green = 1, yellow - blue = 1/2.
    expect(measure('colourfulness', filled([1, 0, 0]), COLOUR)).toBeCloseTo(0.3 * Math.hypot(1, 0.5), 6);
  });

  it('sees spread of colour', () => {
    const redAndGreen = Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => {
      const red = Math.floor(i / 3) % 2 === 0;
      return i % 3 === (red ? 0 : 1) ? 1 : 0;
    });
    // red - green is 1 or -1, yellow - blue always 1/2.
    expect(measure('colourfulness', redAndGreen, COLOUR)).toBeCloseTo(1 + 0.3 * 0.5, 6);
  });

  it('refuses images that are neither grey nor RGB', () => {
    expect(() => measure('contrast', new Float32Array(8), [2, 2, 2])).toThrow(RangeError);
  });
});
