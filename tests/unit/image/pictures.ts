import type { RgbaImage } from '../../../src/image';

type Point = readonly [number, number];

/** A "5" in a unit box; every part of it is one polyline. */
const FIVE: readonly Point[] = [
  [0.9, 0],
  [0.2, 0],
  [0.1, 0.45],
  [0.6, 0.4],
  [0.9, 0.65],
  [0.7, 0.95],
  [0.1, 0.95],
];

export interface FiveOptions {
  readonly width?: number;
  readonly height?: number;
  /** The unit box's left and top edge and its size, in pixels. */
  readonly left?: number;
  readonly top?: number;
  readonly size?: number;
  /** Grey levels from 0 to 255; the paper may depend on the pixel. */
  readonly ink?: number;
  readonly paper?: number | ((x: number, y: number) => number);
}

/** A synthetic digit with a round pen whose edge is one pixel soft. Opaque. */
export function drawFive(options: FiveOptions = {}): RgbaImage {
  const { width = 100, height = 100, left = 25, top = 20, size = 55, ink = 0, paper = 255 } = options;
  const radius = 0.07 * size;
  return paint(width, height, (x, y) => {
    const coverage = Math.min(
      Math.max(radius + 0.5 - size * distanceToFive((x - left) / size, (y - top) / size), 0),
      1,
    );
    const ground = typeof paper === 'number' ? paper : paper(x, y);
    const grey = ground + coverage * (ink - ground);
    return [grey, grey, grey, 255];
  });
}

export function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [red: number, green: number, blue: number, alpha: number],
): RgbaImage {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) data.set(colour(x, y), i);
  }
  return { width, height, data };
}

/** Changes every pixel's four bytes. */
export function mapPixels(
  { width, height, data }: RgbaImage,
  change: (
    red: number,
    green: number,
    blue: number,
    alpha: number,
  ) => readonly [number, number, number, number],
): RgbaImage {
  return paint(width, height, (x, y) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(
      4 * (y * width + x),
      4 * (y * width + x) + 4,
    );
    return change(red, green, blue, alpha);
  });
}

export function invert(image: RgbaImage): RgbaImage {
  return mapPixels(image, (red, green, blue, alpha) => [255 - red, 255 - green, 255 - blue, alpha]);
}

function distanceToFive(x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < FIVE.length; i++) {
    const [ax, ay] = FIVE[i - 1] as Point;
    const [bx, by] = FIVE[i] as Point;
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0), 1);
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return least;
}
