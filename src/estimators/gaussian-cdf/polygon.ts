import { owensT } from '../math/owen';

/** Two standard normals leave the square of this half-width with probability below 1e-14. */
const FAR = 8;
const SAME_DIRECTION = 1e-12;
/** Stands for offsets nearer to 0, so that a vertex at the origin lies somewhere and its angles are defined. */
const NEAR_ZERO = 1e-200;

/** A half-plane {y: normal . y <= offset} of two variables, the normal of length 1. */
export interface HalfPlane {
  readonly normalX: number;
  readonly normalY: number;
}

/**
 * The probability that two independent standard normals leave a convex polygon: the intersection of half-planes with
 * fixed normals and offsets that vary. The intersection is formed in the order of the angles, and an edge adds what
 * lies beyond it as seen from the origin, a difference of two values of Owen's T (Owen, Ann. Math. Stat. 27, 1956).
 */
export class Polygon {
  /** By angle; the numbers of the half-planes given, or -1 for a side of the square that bounds all. */
  private readonly order: Int32Array;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /** The half-planes that bound the polygon, first ... last, and the vertices from each to the one before. */
  private readonly queue: Int32Array;
  private readonly offset: Float64Array;
  private readonly vertexX: Float64Array;
  private readonly vertexY: Float64Array;
  private first = 0;
  private last = -1;

  constructor(halfPlanes: readonly HalfPlane[]) {
    const square = [
      { normalX: 1, normalY: 0 },
      { normalX: 0, normalY: 1 },
      { normalX: -1, normalY: 0 },
      { normalX: 0, normalY: -1 },
    ];
    const all = [...halfPlanes, ...square].map(({ normalX, normalY }, i) => ({
      i: i < halfPlanes.length ? i : -1,
      normalX,
      normalY,
      angle: Math.atan2(normalY, normalX),
    }));
    all.sort((a, b) => a.angle - b.angle);
    this.order = Int32Array.from(all, ({ i }) => i);
    this.x = Float64Array.from(all, ({ normalX }) => normalX);
    this.y = Float64Array.from(all, ({ normalY }) => normalY);
    this.queue = new Int32Array(all.length);
    this.offset = new Float64Array(all.length);
    this.vertexX = new Float64Array(all.length);
    this.vertexY = new Float64Array(all.length);
  }

  /** @param offsets that of half-plane i stands at [i * stride + start] */
  failure(offsets: Float64Array, start: number, stride: number): number {
    if (!this.intersect(offsets, start, stride)) return 1;
    const { queue, offset, vertexX, vertexY, x, y, first, last } = this;
    let isOutside = false;
    let beyond = 0;
    for (let q = first; q <= last; q++) {
      const line = queue[q] as number;
      const h = offset[line] as number;
      if (h < 0) isOutside = true;
      if (h >= FAR) continue;
      const next = q === last ? first : q + 1;
      const [alongX, alongY] = [-(y[line] as number), x[line] as number];
      const from = alongX * (vertexX[q] as number) + alongY * (vertexY[q] as number);
      const to = alongX * (vertexX[next] as number) + alongY * (vertexY[next] as number);
      beyond += owensT(h, to) - owensT(h, from);
    }
    return Math.min(1, Math.max(0, beyond + (isOutside ? 1 : 0)));
  }

  /** Fills the queue; false if the intersection is empty. */
  private intersect(offsets: Float64Array, start: number, stride: number): boolean {
    const { order, offset, queue, x, y } = this;
    this.first = 0;
    this.last = -1;
    for (let line = 0; line < order.length; line++) {
      const i = order[line] as number;
      let h = i < 0 ? FAR : (offsets[i * stride + start] as number);
      if (Math.abs(h) < NEAR_ZERO) h = NEAR_ZERO;
      if (h >= FAR && i >= 0) continue;
      offset[line] = h;
      while (this.last > this.first && this.isCut(this.last, line)) this.last--;
      while (this.last > this.first && this.isCut(this.first + 1, line)) this.first++;
      if (this.last >= this.first) {
        const back = queue[this.last] as number;
        const turn = (x[back] as number) * (y[line] as number) - (y[back] as number) * (x[line] as number);
        if (turn < SAME_DIRECTION) {
          const isSame =
            (x[back] as number) * (x[line] as number) + (y[back] as number) * (y[line] as number) > 0;
          if (!isSame || turn < -SAME_DIRECTION) return false;
          if (h >= (offset[back] as number)) continue;
          this.last--;
        }
      }
      this.append(line);
    }
    while (this.last > this.first + 1 && this.isCut(this.last, queue[this.first] as number)) this.last--;
    while (this.last > this.first + 1 && this.isCut(this.first + 1, queue[this.last] as number)) this.first++;
    if (this.last - this.first < 2) return false;
    this.setVertex(this.first, queue[this.last] as number, queue[this.first] as number);
    return true;
  }

  private append(line: number): void {
    const { queue } = this;
    this.last++;
    queue[this.last] = line;
    if (this.last > this.first) this.setVertex(this.last, queue[this.last - 1] as number, line);
  }

  /** Whether the vertex at the start of queue entry q lies outside of a half-plane. */
  private isCut(q: number, line: number): boolean {
    const { x, y, vertexX, vertexY, offset } = this;
    const along = (x[line] as number) * (vertexX[q] as number) + (y[line] as number) * (vertexY[q] as number);
    return along >= (offset[line] as number);
  }

  private setVertex(q: number, before: number, line: number): void {
    const { x, y, offset } = this;
    const [x0, y0, h0] = [x[before] as number, y[before] as number, offset[before] as number];
    const [x1, y1, h1] = [x[line] as number, y[line] as number, offset[line] as number];
    const turn = x0 * y1 - y0 * x1;
    this.vertexX[q] = (h0 * y1 - h1 * y0) / turn;
    this.vertexY[q] = (h1 * x0 - h0 * x1) / turn;
  }
}
