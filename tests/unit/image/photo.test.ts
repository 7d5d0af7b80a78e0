import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Crop, type ImageShape, prepareImage, type RgbaImage } from '../../../src/image';
import { lanczos } from '../../../src/image/resample';
import { paint } from './pictures';

const SHAPE = [32, 32, 3] as const;
const prepare = (image: RgbaImage, crop?: Crop, shape: ImageShape = SHAPE) =>
  prepareImage(image, { shape, preparation: 'photo' }, crop);
const levels = (data: Float32Array) => [...data].map((value) => Math.round(255 * value));

/** A value from 0 to 255 that looks random and is none. */
const scrambled = (x: number, y: number, c: number): number => (71 * x + 113 * y * y + 29 * c * x * y) % 256;
const noise = (width: number, height: number): RgbaImage =>
  paint(width, height, (x, y) => [scrambled(x, y, 0), scrambled(x, y, 1), scrambled(x, y, 2), 255]);

describe('a picture of the model’s size', () => {
  it('keeps its values bit for bit', () => {
    const { data, steps } = prepare(noise(32, 32));
    const expected = Float32Array.from({ length: 3072 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return scrambled(pixel % 32, Math.floor(pixel / 32), i % 3) / 255;
    });
    expect([...data]).toEqual([...expected]);
    expect(steps).toEqual({ unchanged: true, inverted: false, box: { x: 0, y: 0, width: 32, height: 32 } });
  });

  it('is not taken for unchanged if a part of it is asked for', () => {
    expect(prepare(noise(32, 32), { x: 0, y: 0, size: 0.5 }).steps).toMatchObject({
      unchanged: false,
      box: { x: 0, y: 0, width: 16, height: 16 },
    });
  });

  it('may be oblong', () => {
    const { shape, steps } = prepare(noise(48, 32), undefined, [32, 48, 3]);
    expect(shape).toEqual([32, 48, 3]);
    expect(steps.unchanged).toBe(true);
  });
});

describe('the crop', () => {
  const halves = paint(96, 64, (x) =>
    x < 16 ? [255, 0, 0, 255] : x < 80 ? [0, 255, 0, 255] : [0, 0, 255, 255],
  );

  it('is the largest square in the middle unless given', () => {
    const { data, steps } = prepare(halves);
    expect(steps.box).toEqual({ x: 16, y: 0, width: 64, height: 64 });
    expect(new Set(levels(data).filter((_, i) => i % 3 === 1))).toEqual(new Set([255]));
    // Nothing outside of it is mixed in.
    expect(Math.max(...data.filter((_, i) => i % 3 !== 1))).toBe(0);
  });

  it('has the model’s aspect', () => {
    expect(prepare(halves, undefined, [10, 40, 3]).steps.box).toEqual({ x: 0, y: 20, width: 96, height: 24 });
  });

  it('is measured from the picture’s edges and moved inside where it juts out', () => {
    expect(prepare(halves, { x: 0.5, y: 0.25, size: 0.5 }).steps.box).toEqual({
      x: 48,
      y: 16,
      width: 32,
      height: 32,
    });
    expect(prepare(halves, { x: 1, y: 1, size: 1 }).steps.box).toEqual({
      x: 32,
      y: 0,
      width: 64,
      height: 64,
    });
    expect(prepare(halves, { x: 0.9999, y: 0, size: 0.0001 }).steps.box).toMatchObject({
      width: 1,
      height: 1,
    });
  });

  it('gives the same as the part alone, cut out beforehand', () => {
    const whole = noise(120, 100);
    const part = paint(50, 50, (x, y) => [
      scrambled(x + 30, y + 20, 0),
      scrambled(x + 30, y + 20, 1),
      scrambled(x + 30, y + 20, 2),
      255,
    ]);
    const { data } = prepare(whole, { x: 0.25, y: 0.2, size: 0.5 });
    expect([...data]).toEqual([...prepare(part).data]);
  });
});

describe('resizing', () => {
  it('keeps a plain colour at every size, also far larger and far smaller', () => {
    for (const size of [1, 5, 31, 33, 64, 500, 1500]) {
      const { data } = prepare(paint(size, size, () => [200, 17, 93, 255]));
      expect(new Set(levels(data).map((level, i) => `${i % 3}:${level}`))).toEqual(
        new Set(['0:200', '1:17', '2:93']),
      );
    }
  });

  it('does not alias: stripes finer than the result become grey', () => {
    // Lines of 3 pixels in 256: sampling each 8th pixel would show broad bands.
    const stripes = paint(256, 256, (x) => {
      const grey = 127.5 + 127.5 * Math.sin((2 * Math.PI * x) / 3);
      return [grey, grey, grey, 255];
    });
    const inner = levels(prepare(stripes).data).filter(
      (_, i) => Math.floor(i / 3) % 32 > 2 && Math.floor(i / 3) % 32 < 29,
    );
    expect(Math.max(...inner) - Math.min(...inner)).toBeLessThanOrEqual(2);
  });

  it('keeps a ramp a ramp and a picture’s place', () => {
    const ramp = paint(128, 128, (x, y) => [x, y, 0, 255]);
    const { data } = prepare(ramp);
    for (const i of [4, 16, 27]) {
      const pixel = 3 * (32 * i + i);
      // The middle of result pixel i lies at source coordinate 4(i + 1/2) - 1/2.
      expect(Math.abs(255 * (data[pixel] as number) - (4 * i + 1.5))).toBeLessThanOrEqual(0.51);
      expect(Math.abs(255 * (data[pixel + 1] as number) - (4 * i + 1.5))).toBeLessThanOrEqual(0.51);
    }
  });

  it('stays in [0, 1] beside edges, where Lanczos overshoots, and makes whole 8-bit levels', () => {
    const edge = paint(100, 100, (x) => (x < 50 ? [0, 255, 30, 255] : [255, 0, 220, 255]));
    const { data } = prepare(edge);
    for (const value of data) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(Math.fround(Math.round(255 * value) / 255)).toBe(value);
    }
    expect(Math.max(...levels(data).filter((_, i) => i % 3 === 2))).toBeGreaterThan(220);
  });

  it('agrees with a plain sum over the kernel', () => {
    const [from, to] = [75, 32];
    const picture = noise(from, from);
    const kernel = (t: number): number =>
      t === 0
        ? 1
        : Math.abs(t) >= 3
          ? 0
          : (3 * Math.sin(Math.PI * t) * Math.sin((Math.PI * t) / 3)) / (Math.PI * t) ** 2;
    const weightsAt = (i: number): number[] => {
      const raw = Array.from({ length: from }, (_, j) => kernel(((j + 0.5) * to) / from - (i + 0.5)));
      const sum = raw.reduce((total, weight) => total + weight, 0);
      return raw.map((weight) => weight / sum);
    };
    const { data } = prepare(picture);
    for (const [row, column, c] of [
      [0, 0, 0],
      [31, 31, 1],
      [5, 20, 2],
      [17, 3, 0],
    ] as const) {
      const [down, across] = [weightsAt(row), weightsAt(column)];
      let sum = 0;
      down.forEach((v, y) => {
        across.forEach((w, x) => {
          sum += v * w * scrambled(x, y, c);
        });
      });
      const expected = Math.min(Math.max(sum, 0), 255);
      // Half a level of rounding, and float32 sums.
      expect(Math.abs(255 * (data[3 * (32 * row + column) + c] as number) - expected)).toBeLessThan(0.501);
    }
  });

  it('averages large pictures in blocks first, which changes little', () => {
    const smooth = (size: number) =>
      paint(size, size, (x, y) => {
        const grey = 127 + 60 * Math.sin((12 * (x + 0.5)) / size) + 60 * Math.cos((9 * (y + 0.5)) / size);
        return [grey, 255 - grey, grey / 2, 255];
      });
    const small = levels(prepare(smooth(255)).data);
    levels(prepare(smooth(1283)).data).forEach((level, i) => {
      // 257 blocks of 5 pixels reach 2 pixels beyond the edge: at most 0.05 of the result's pixels, 22 levels steep.
      expect(Math.abs(level - (small[i] as number))).toBeLessThanOrEqual(2);
    });
  });

  it('has weights that sum to 1 and mirror each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 64 }), (from, to) => {
        const rows = lanczos(from, to).map(({ first, weights }) => {
          const row = new Float64Array(from);
          row.set(weights, first);
          return row;
        });
        rows.forEach((row, i) => {
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
          const mirrored = rows[to - 1 - i]?.toReversed() ?? row;
          const apart = row.map((weight, j) => Math.abs(weight - (mirrored[j] as number)));
          expect(Math.max(...apart)).toBeLessThan(1e-9);
        });
      }),
    );
  });
});

describe('channels and transparency', () => {
  it('puts transparent parts on white', () => {
    const glass = paint(32, 32, () => [255, 0, 51, 102]);
    // 0.4 of the colour, 0.6 of white.
    expect(levels(prepare(glass).data).slice(0, 3)).toEqual([255, 153, 173]);
    expect(new Set(prepare(paint(40, 40, () => [9, 9, 9, 0])).data)).toEqual(new Set([1]));
  });

  it('makes one channel grey by Rec. 601', () => {
    const image = paint(28, 28, (x) => (x < 14 ? [100, 150, 200, 255] : [77, 77, 77, 255]));
    const { shape, data } = prepare(image, undefined, [28, 28, 1]);
    expect(shape).toEqual([28, 28, 1]);
    expect(data).toHaveLength(784);
    expect(levels(data)[0]).toBe(Math.round(0.299 * 100 + 0.587 * 150 + 0.114 * 200));
    expect(data[27]).toBe(Math.fround(77 / 255));
  });

  it('refuses other numbers of channels', () => {
    expect(() => prepare(noise(9, 9), undefined, [8, 8, 2])).toThrow(RangeError);
  });
});
