import { BLOCK, type ConditionalBounds } from './bounds';
import type { ConditionalChain } from './factor';
import { Polygon } from './polygon';

/** The last two steps of a chain taken together: given the draws before them, the constraints bound a polygon. */
export class LastPair {
  private readonly polygon: Polygon;
  /** Signed 1/length of each constraint's normal. */
  private readonly scale: Float64Array;
  private readonly offsets: Float64Array;
  private readonly failed = new Float64Array(BLOCK);
  private readonly zeros = new Float64Array(BLOCK);

  constructor(private readonly chain: ConditionalChain) {
    const { rank, first, side, slope } = chain;
    const start = first[rank - 2] as number;
    const middle = first[rank - 1] as number;
    const count = (first[rank] as number) - start;
    this.scale = new Float64Array(count);
    this.offsets = new Float64Array(count * BLOCK);
    const halfPlanes = Array.from({ length: count }, (_, i) => {
      const c = start + i;
      const normalX = c < middle ? 1 : (slope[c * rank + rank - 2] as number);
      const normalY = c < middle ? 0 : 1;
      const scale = (side[c] as number) / Math.hypot(normalX, normalY);
      this.scale[i] = scale;
      return { normalX: normalX * scale, normalY: normalY * scale };
    });
    this.polygon = new Polygon(halfPlanes);
  }

  /** The probability, given the earlier draws of each point, that some constraint of the last two steps fails. */
  failures(bounds: ConditionalBounds, count: number): Float64Array {
    const { rank } = this.chain;
    this.take(rank - 2, bounds, count);
    bounds.setStep(rank - 2, this.zeros, count);
    this.take(rank - 1, bounds, count);
    for (let p = 0; p < count; p++) this.failed[p] = this.polygon.failure(this.offsets, p, BLOCK);
    return this.failed;
  }

  private take(k: number, bounds: ConditionalBounds, count: number): void {
    const { rank, first } = this.chain;
    bounds.startStep(k, count);
    const start = first[rank - 2] as number;
    for (let c = first[k] as number; c < (first[k + 1] as number); c++) {
      const row = bounds.offset(c);
      const scale = this.scale[c - start] as number;
      const to = (c - start) * BLOCK;
      for (let p = 0; p < count; p++) this.offsets[to + p] = scale * (bounds.values[row + p] as number);
    }
  }
}
