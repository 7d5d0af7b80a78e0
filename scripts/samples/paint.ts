import type { RgbaImage } from '../../src/image';

/** A small renderer for soft, natural-looking pictures. Coordinates are parts of the picture, y down; colours 0 to 1. */

export type Colour = readonly [red: number, green: number, blue: number];
/** Distance to a shape's edge, negative inside. */
export type Shape = (x: number, y: number) => number;
export type Paint = Colour | ((x: number, y: number) => Colour);

/** From `a` at t = 0 to `b` at t = 1, and no further. */
export function mix(a: Colour, b: Colour, t: number): Colour {
  const share = Math.min(Math.max(t, 0), 1);
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

export const scale = ([red, green, blue]: Colour, by: number): Colour => [red * by, green * by, blue * by];

/** An ellipse, turned by `angle` radians; the distance is that of a circle after scaling, exact enough for soft edges. */
export function ellipse(cx: number, cy: number, rx: number, ry: number, angle = 0): Shape {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const [dx, dy] = [x - cx, y - cy];
    const [u, v] = [(dx * cos + dy * sin) / rx, (dy * cos - dx * sin) / ry];
    const k = Math.hypot(u, v);
    return k === 0 ? -Math.min(rx, ry) : ((k - 1) * k) / Math.hypot(u / rx, v / ry);
  };
}

/** A line that swells from radius `ra` to `rb`. */
export function limb(ax: number, ay: number, bx: number, by: number, ra: number, rb = ra): Shape {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  return (x, y) => {
    const t = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / square, 0), 1);
    return Math.hypot(x - ax - t * dx, y - ay - t * dy) - (ra + t * (rb - ra));
  };
}

/** A polygon of x, y pairs, its corners rounded by `round`. */
export function polygon(points: readonly number[], round = 0): Shape {
  const count = points.length / 2;
  const at = (i: number): [number, number] => {
    const k = 2 * ((i + count) % count);
    return [points[k] as number, points[k + 1] as number];
  };
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let isInside = false;
    for (let i = 0; i < count; i++) {
      const [ax, ay] = at(i);
      const [bx, by] = at(i + 1);
      const [dx, dy] = [bx - ax, by - ay];
      const t = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0), 1);
      nearest = Math.min(nearest, Math.hypot(x - ax - t * dx, y - ay - t * dy));
      if (ay > y !== by > y && x < ax + ((y - ay) / dy) * dx) isInside = !isInside;
    }
    return (isInside ? -nearest : nearest) - round;
  };
}

/** Several shapes grown together, their joints filleted over a width `k`. */
export function join(k: number, ...shapes: readonly Shape[]): Shape {
  return (x, y) =>
    shapes.reduce((distance, shape) => {
      const other = shape(x, y);
      const h = Math.max(k - Math.abs(distance - other), 0) / k;
      return Math.min(distance, other) - (h * h * k) / 4;
    }, 1e3);
}

/** Whole numbers to [0, 1), the same everywhere. */
function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise in [0, 1] with `cells` waves across the picture, and finer ones below it. */
export function clouds(
  cells: number,
  seed: number,
  octaves = 4,
  stretch = 1,
): (x: number, y: number) => number {
  return (x, y) => {
    let [sum, weight, total] = [0, 1, 0];
    for (let o = 0; o < octaves; o++, weight /= 2) {
      const [u, v] = [x * cells * 2 ** o, y * cells * stretch * 2 ** o];
      const [i, j] = [Math.floor(u), Math.floor(v)];
      const ease = (t: number): number => t * t * (3 - 2 * t);
      const [a, b] = [ease(u - i), ease(v - j)];
      const top = hash(i, j, seed + o) * (1 - a) + hash(i + 1, j, seed + o) * a;
      const bottom = hash(i, j + 1, seed + o) * (1 - a) + hash(i + 1, j + 1, seed + o) * a;
      sum += weight * (top * (1 - b) + bottom * b);
      total += weight;
    }
    return sum / total;
  };
}

/** Draws numbers that a scene varies by. */
export interface Dice {
  /** Uniform between two numbers. */
  between(low: number, high: number): number;
  pick<T>(values: readonly T[]): T;
  /** For `clouds`. */
  seed(): number;
}

export function createDice(seed: number): Dice {
  let count = 0;
  const roll = (): number => hash(count++, seed, 77);
  return {
    between: (low, high) => low + (high - low) * roll(),
    pick: (values) => values[Math.floor(roll() * values.length)] as (typeof values)[number],
    seed: () => Math.floor(roll() * 1e6),
  };
}

type Layer = (x: number, y: number, colour: Colour) => Colour;

export interface Finish {
  /** Width of the edge; blurs a shadow. */
  readonly soft?: number;
  readonly opacity?: number;
  /** How round it looks: light from above left falls on a bulge that rises over this width. */
  readonly bulge?: number;
  /** Strength of a fine texture. */
  readonly grain?: number;
}

const LIGHT = { x: -0.45, y: -0.8 } as const;
const SAMPLES = 2;

/** Layers from back to front. */
export class Painting {
  readonly #layers: Layer[] = [];
  readonly #grain: (x: number, y: number) => number;

  constructor(
    readonly dice: Dice,
    ground: Paint,
  ) {
    this.#grain = clouds(14, dice.seed(), 3);
    this.#layers.push((x, y) => (typeof ground === 'function' ? ground(x, y) : ground));
  }

  add(shape: Shape, paint: Paint, finish: Finish = {}): this {
    const { soft = 0.008, opacity = 1, bulge = 0, grain = 0 } = finish;
    this.#layers.push((x, y, below) => {
      const distance = shape(x, y);
      const cover = Math.min(Math.max(0.5 - distance / soft, 0), 1) * opacity;
      if (cover === 0) return below;
      let colour = typeof paint === 'function' ? paint(x, y) : paint;
      let light = 1;
      if (bulge > 0) {
        const e = 0.004;
        const slope = Math.min(Math.max(1 + distance / bulge, 0), 1);
        const gx = (shape(x + e, y) - distance) / e;
        const gy = (shape(x, y + e) - distance) / e;
        light += 0.42 * slope * (gx * LIGHT.x + gy * LIGHT.y);
      }
      if (grain > 0) light += grain * (this.#grain(x, y) - 0.5);
      if (light !== 1) colour = scale(colour, light);
      return mix(below, colour, cover);
    });
    return this;
  }

  /** The picture, opaque, with a camera's faint noise. */
  render(size: number): RgbaImage {
    const data = new Uint8ClampedArray(4 * size * size);
    const seed = this.dice.seed();
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        let sum: Colour = [0, 0, 0];
        for (let s = 0; s < SAMPLES ** 2; s++) {
          const x = (column + ((s % SAMPLES) + 0.5) / SAMPLES) / size;
          const y = (row + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES) / size;
          let colour: Colour = [0, 0, 0];
          for (const layer of this.#layers) colour = layer(x, y, colour);
          sum = [sum[0] + colour[0], sum[1] + colour[1], sum[2] + colour[2]];
        }
        const at = 4 * (row * size + column);
        const noise = 3 * (hash(column, row, seed) - 0.5);
        for (let c = 0; c < 3; c++) data[at + c] = (255 * (sum[c] as number)) / SAMPLES ** 2 + noise;
        data[at + 3] = 255;
      }
    }
    return { width: size, height: size, data };
  }
}
