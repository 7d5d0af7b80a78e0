import type { RgbaImage } from '../../src/image';
import type { Glyph, Stroke } from './strokes';

/** In units of a digit's height. */
type Point = readonly [x: number, y: number];

/** Pixels of a digit's height: about ten times finer than the sample, so that its edges come out soft. */
const SCALE = 200;
const WIDTH = 300;
const HEIGHT = 260;
const MARGIN = 30;
/** Segments between two points of a stroke. */
const SEGMENTS = 12;
/** The pen presses least at a stroke's ends, where its width is this part of the full one. */
const END_PRESSURE = 0.8;

/** A disc of the pen on its way, in pixels. */
interface Dab {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Draws a glyph as an antialiased white line on opaque black. */
export function renderGlyph(glyph: Glyph): RgbaImage {
  const lines = glyph.strokes.map((stroke) => trace(stroke, glyph));
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  for (let y = 0, i = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, i += 4) {
      const inside = Math.max(...lines.map((line) => depth(line, x, y)));
      data.fill(255 * (inside + 0.5), i, i + 3);
      data[i + 3] = 255;
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

function trace(stroke: Stroke, { pen, slant }: Glyph): Dab[] {
  const points = catmullRom(parseStroke(stroke));
  return points.map(([x, y], i) => {
    const pressure = END_PRESSURE + (1 - END_PRESSURE) * Math.sin((Math.PI * i) / (points.length - 1));
    return {
      x: MARGIN + SCALE * (x + slant * (1 - y)),
      y: MARGIN + SCALE * y,
      radius: (SCALE * pen * pressure) / 2,
    };
  });
}

function parseStroke(stroke: Stroke): Point[] {
  return stroke.split(' ').map((pair) => {
    const [x, y, ...rest] = pair.split(',').map((text) => Number(text) / 100);
    if (x === undefined || y === undefined || rest.length > 0 || Number.isNaN(x + y)) {
      throw new Error(`"${pair}" is no point of a stroke; it should look like 42,7.`);
    }
    return [x, y];
  });
}

/** A uniform Catmull-Rom spline through the points; its ends are mirrored. */
function catmullRom(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const p1 = points[i] as Point;
    const p2 = points[i + 1] as Point;
    const p0 = points[i - 1] ?? mirror(p2, p1);
    const p3 = points[i + 2] ?? mirror(p1, p2);
    for (let k = i === 0 ? 0 : 1; k <= SEGMENTS; k++) {
      const t = k / SEGMENTS;
      const at = (axis: 0 | 1) =>
        0.5 *
        (2 * p1[axis] +
          (p2[axis] - p0[axis]) * t +
          (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t ** 2 +
          (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t ** 3);
      result.push([at(0), at(1)]);
    }
  }
  return result;
}

function mirror(point: Point, centre: Point): Point {
  return [2 * centre[0] - point[0], 2 * centre[1] - point[1]];
}

/** How far a pixel lies inside a line, in pixels; negative outside. */
function depth(line: readonly Dab[], x: number, y: number): number {
  let deepest = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Dab;
    const b = line[i] as Dab;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy), 0), 1);
    const radius = a.radius + along * (b.radius - a.radius);
    deepest = Math.max(deepest, radius - Math.hypot(x - a.x - along * dx, y - a.y - along * dy));
  }
  return deepest;
}
