import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ImageError,
  type InputSpec,
  type PreparedImage,
  prepareImage,
  type RgbaImage,
} from '../../../src/image';
import { drawFive, invert, mapPixels, paint } from './pictures';

const MNIST: InputSpec = { shape: [28, 28, 1], preparation: 'mnist' };
const prepare = (image: RgbaImage) => prepareImage(image, MNIST);

/** A digit anywhere on a sheet that leaves some paper around it. Options, not pixels, so that failures can be read. */
const anyFive = fc
  .record({
    size: fc.integer({ min: 40, max: 150 }),
    left: fc.integer({ min: 15, max: 60 }),
    top: fc.integer({ min: 15, max: 60 }),
    right: fc.integer({ min: 15, max: 60 }),
    ink: fc.integer({ min: 0, max: 120 }),
    paper: fc.integer({ min: 160, max: 255 }),
  })
  .map(({ right, ...five }) => ({
    ...five,
    width: five.left + five.size + right,
    height: five.top + five.size + 20,
  }));

describe('the MNIST preparation', () => {
  it('gives 28x28 values from 0 to 1 that saturate, in a box of 20 around pixel 14', () => {
    fc.assert(
      fc.property(anyFive, (five) => {
        const prepared = prepare(drawFive(five));
        expectValid(prepared);
        const { mass, x, y, width, height } = extent(prepared.data);
        expect(Math.max(...prepared.data)).toBe(1);
        expect(Math.max(width, height)).toBe(20);
        expect(Math.abs(x - 14)).toBeLessThanOrEqual(0.5001);
        expect(Math.abs(y - 14)).toBeLessThanOrEqual(0.5001);
        expect(mass).toBeGreaterThan(20);
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on where the digit is, how large, or how dark', () => {
    const reference = prepare(drawFive({ width: 400, height: 400, left: 90, top: 80, size: 200 })).data;
    fc.assert(
      fc.property(anyFive, (five) => {
        // One column more or less, from rounding the width of the scaled box, is about 0.1.
        expect(rms(prepare(drawFive(five)).data, reference)).toBeLessThan(0.125);
      }),
      { numRuns: 40 },
    );
  });

  it('does not change when the digit moves by whole pixels, and says where it was', () => {
    const here = prepare(drawFive({ left: 25, top: 20 }));
    const there = prepare(drawFive({ left: 31, top: 17 }));
    expect(rms(there.data, here.data)).toBeLessThan(1e-6);
    expect(there.steps.box).toEqual({ ...here.steps.box, x: here.steps.box.x + 6, y: here.steps.box.y - 3 });
  });

  it('gives the same for the inverted picture', () => {
    fc.assert(
      fc.property(anyFive, (five) => {
        const image = drawFive(five);
        const dark = prepare(image);
        const light = prepare(invert(image));
        expect(dark.steps.inverted).toBe(true);
        expect(light.steps.inverted).toBe(false);
        expect(light.steps.box).toEqual(dark.steps.box);
        expect(rms(light.data, dark.data)).toBeLessThan(1e-5);
      }),
      { numRuns: 20 },
    );
  });

  it('finds dark ink on paper that is darker than mid-grey', () => {
    const dim = prepare(drawFive({ paper: 110, ink: 30 }));
    expect(dim.steps.inverted).toBe(true);
    expect(rms(dim.data, prepare(drawFive()).data)).toBeLessThan(0.02);
  });

  it('never gives NaN or a value outside [0, 1], whatever the picture', () => {
    const anything = fc
      .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
      .chain(({ width, height }) =>
        fc
          .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height, size: 'max' })
          .map((bytes) => ({ width, height, data: new Uint8ClampedArray(bytes) })),
      );
    fc.assert(
      fc.property(anything, (image) => {
        const prepared = unlessBlank(image);
        if (prepared) expectValid(prepared);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a digit that is drawn with transparency, dark or light', () => {
    const reference = prepare(drawFive()).data;
    for (const level of [0, 255]) {
      const drawn = mapPixels(drawFive(), (grey) => [level, level, level, 255 - grey]);
      expect(rms(prepare(drawn).data, reference)).toBeLessThan(1e-5);
    }
  });

  it('sees a pen stroke on grainy, unevenly lit paper with a speck of dirt', () => {
    const grain = (x: number, y: number) => 6 * Math.sin(12.9898 * x * x + 78.233 * y);
    const clean = prepare(drawFive({ width: 300, height: 240, left: 90, top: 60, size: 100 })).data;
    const photo = drawFive({
      width: 300,
      height: 240,
      left: 90,
      top: 60,
      size: 100,
      ink: 40,
      paper: (x, y) => (Math.hypot(x - 20, y - 200) < 2 ? 60 : 230 - 0.3 * x - 0.1 * y + grain(x, y)),
    });
    expect(rms(prepare(photo).data, clean)).toBeLessThan(0.06);
  });

  it('enlarges a tiny digit smoothly', () => {
    const { data } = prepare(drawFive({ width: 36, height: 34, left: 13, top: 12, size: 9 }));
    const large = prepare(drawFive()).data;
    expect(extent(data).height).toBe(20);
    expect(new Set(data).size).toBeGreaterThan(100);
    expect(extent(data).mass / extent(large).mass).toBeCloseTo(1.2, 0);
  });

  it('keeps the values of a 28x28 picture and only makes them grey', () => {
    const image = paint(28, 28, (x, y) => [9 * x, 9 * y, 100, 255]);
    const { data, steps } = prepare(image);
    expect(steps).toEqual({ unchanged: true, inverted: false, box: { x: 0, y: 0, width: 28, height: 28 } });
    expect(data[28 * 4 + 20]).toBeCloseTo((0.2126 * 180 + 0.7152 * 36 + 0.0722 * 100) / 255, 6);
  });

  it.each([
    ['black on white', { ink: 0, paper: 255 }],
    ['a pencil on grey paper', { ink: 90, paper: 190 }],
    ['dim, on paper darker than mid-grey', { ink: 20, paper: 110 }],
    [
      'on paper that is lit from one side',
      { ink: 10, paper: (x: number, y: number) => 150 + 3 * x + (y % 3) },
    ],
  ])('turns dark ink on light paper into light ink at 28x28 as at any other size: %s', (_, colours) => {
    const at = (size: number) =>
      prepare(drawFive({ width: size, height: size, left: 7, top: 4, size: 19, ...colours }));
    const small = at(28);
    expect(small.steps).toMatchObject({ unchanged: false, inverted: true });
    expectValid(small);
    expect(rms(small.data, at(29).data)).toBeLessThan(0.02);
    expect(Math.max(...small.data.subarray(0, 28))).toBe(0);
  });

  it.each([
    ['as in MNIST', { left: 7, top: 4, size: 19 }],
    ['beyond the border', { left: -2, top: -2, size: 32 }],
    ['on grey', { left: 7, top: 4, size: 19, paper: 60 }],
    [
      'on black with noise',
      { left: 7, top: 4, size: 19, paper: (x: number, y: number) => (x * x + y * 7) % 40 },
    ],
  ])('keeps a light digit on dark paper as it is at 28x28: %s', (_, options) => {
    const image = drawFive({ width: 28, height: 28, ink: 255, paper: 0, ...options });
    const { data, steps } = prepare(image);
    expect(steps).toMatchObject({ unchanged: true, inverted: false });
    expect(data.every((value, i) => Math.abs(value - (image.data[4 * i] as number) / 255) < 1e-6)).toBe(true);
  });

  it('keeps a frame of light around the dark, which is no paper', () => {
    const frame = paint(28, 28, (x, y) => {
      const level = Math.min(x, y, 27 - x, 27 - y) < 2 ? 255 : 0;
      return [level, level, level, 255];
    });
    expect(prepare(frame).steps.unchanged).toBe(true);
  });

  it.each([
    ['a line of 1x4000', 1, 4000],
    ['a line of 4000x1', 4000, 1],
    ['a line of 3x4000', 3, 4000],
  ])('accepts %s', (_, width, height) => {
    const long = Math.max(width, height);
    const inked = (i: number) => (i > 0.4 * long && i < 0.6 * long ? 255 : 0);
    const prepared = prepare(paint(width, height, (x, y) => [0, inked(x + y), 0, 255]));
    expectValid(prepared);
    const size = extent(prepared.data);
    expect([size.width, size.height].sort((a, b) => a - b)).toEqual([1, 20]);
  });

  it.each([
    ['1x1', paint(1, 1, () => [255, 255, 255, 255])],
    ['28x28 of one colour', paint(28, 28, () => [10, 20, 30, 255])],
    ['one colour', paint(50, 70, () => [10, 20, 30, 255])],
    ['nothing but transparency', paint(50, 70, () => [10, 20, 30, 0])],
    ['paper lit from one side', paint(90, 70, (x) => [100 + x, 100 + x, 100 + x, 255])],
    ['grain alone', paint(90, 70, (x, y) => [200 + ((7 * x * x + 3 * y * y + x * y) % 23), 200, 200, 255])],
  ])('calls a picture blank that is %s', (_, image) => {
    expect(unlessBlank(image)).toBeUndefined();
  });

  it('refuses another shape', () => {
    expect(() => prepareImage(drawFive(), { shape: [32, 32, 3], preparation: 'mnist' })).toThrow(RangeError);
  });

  it('finds a small digit in a 48-megapixel picture in seconds', () => {
    const [width, height] = [8000, 6000];
    const five = drawFive({ width: 240, height: 240, left: 45, top: 40, size: 150 });
    const data = new Uint8ClampedArray(4 * width * height).fill(255);
    for (let y = 0; y < five.height; y++) {
      data.set(
        five.data.subarray(4 * y * five.width, 4 * (y + 1) * five.width),
        4 * ((3000 + y) * width + 5000),
      );
    }
    const started = performance.now();
    const prepared = prepare({ width, height, data });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(rms(prepared.data, prepare(five).data)).toBeLessThan(1e-6);
  });
});

/** The prepared picture, or undefined if the picture is called blank. */
function unlessBlank(image: RgbaImage): PreparedImage | undefined {
  try {
    return prepare(image);
  } catch (error) {
    if (error instanceof ImageError && error.code === 'blank') return undefined;
    throw error;
  }
}

function expectValid({ shape, data }: PreparedImage): void {
  expect(shape).toEqual([28, 28, 1]);
  expect(data).toHaveLength(784);
  expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
}

function rms(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? Number.NaN)) ** 2, 0) / a.length);
}

/** Centre of mass, and the size of the box around all positive values. */
function extent(data: Float32Array) {
  const columns = new Set<number>();
  const rows = new Set<number>();
  let [mass, x, y] = [0, 0, 0];
  data.forEach((value, i) => {
    if (value <= 0) return;
    const [column, row] = [i % 28, Math.floor(i / 28)];
    columns.add(column);
    rows.add(row);
    mass += value;
    x += value * column;
    y += value * row;
  });
  const span = (set: Set<number>) => Math.max(...set) - Math.min(...set) + 1;
  return { mass, x: x / mass, y: y / mass, width: span(columns), height: span(rows) };
}
