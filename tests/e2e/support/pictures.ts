import { PNG } from 'pngjs';
import { pngOf } from '../../support/png';

/** A picture as a person would hand it over. */
export interface PictureFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export type Point = readonly [x: number, y: number];

/** Digits as strokes in a unit box, x to the right and y down. */
export const STROKES = {
  three: [
    [0.1, 0.12],
    [0.35, 0],
    [0.68, 0.06],
    [0.78, 0.25],
    [0.62, 0.43],
    [0.4, 0.48],
    [0.66, 0.54],
    [0.82, 0.74],
    [0.68, 0.94],
    [0.36, 1],
    [0.08, 0.88],
  ],
  seven: [
    [0.05, 0.03],
    [0.75, 0],
    [0.55, 0.4],
    [0.35, 1],
  ],
} as const satisfies Record<string, readonly Point[]>;

interface Drawing {
  readonly width?: number;
  readonly height?: number;
  /** Thickness of the pen as a part of the digit's height. */
  readonly pen?: number;
  /** Grey levels. */
  readonly ink?: number;
  readonly paper?: number;
}

/** Dark strokes on light paper, like a photographed note; the digit fills the middle 60 % of the height. */
export function drawDigit(strokes: readonly Point[], name: string, drawing: Drawing = {}): PictureFile {
  const { width = 300, height = 400, pen = 0.13, ink = 30, paper = 235 } = drawing;
  const size = 0.6 * height;
  const points = strokes.map(([x, y]): Point => [width / 2 + (x - 0.45) * size, 0.2 * height + y * size]);
  return greyPng(name, width, height, (x, y) => {
    const coverage = Math.min(1, Math.max(0, (pen / 2) * size + 0.5 - distance(points, x, y)));
    return Math.round(paper + coverage * (ink - paper));
  });
}

export const blankPaper = (): PictureFile => greyPng('blank.png', 300, 400, () => 240);

export function greyPng(
  name: string,
  width: number,
  height: number,
  grey: (x: number, y: number) => number,
): PictureFile {
  const png = new PNG({ width, height });
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) png.data.set([...new Array(3).fill(grey(x, y)), 255], i);
  }
  return { name, type: 'image/png', bytes: PNG.sync.write(png) };
}

/** A valid PNG of one bit a pixel, black but for a white stripe: a few kilobytes, whatever its size. */
export function hugePng(width: number, height: number): PictureFile {
  const rowBytes = 1 + Math.ceil(width / 8);
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = height >> 2; y < height >> 1; y++) rows.fill(0xff, y * rowBytes + 400, y * rowBytes + 450);
  const bytes = pngOf({ width, height, depth: 1, colour: 'grey', rows });
  return { name: 'huge.png', type: 'image/png', bytes };
}

function distance(points: readonly Point[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    const [ax, ay] = points[i - 1] as Point;
    const [bx, by] = points[i] as Point;
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return least;
}
