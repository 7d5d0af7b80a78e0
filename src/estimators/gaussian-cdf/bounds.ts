import type { ConditionalChain } from './factor';

/** Points that are carried through the chain together, so that the inner loops run over contiguous numbers. */
export const BLOCK = 64;

const TILE = 4;
/** Steps whose sums over all earlier panels are formed together. */
const PANEL = 16;

/**
 * The bounds limit_c - sum_{j<k} slope_cj y_j of every point of a block: nearly all of the work where the rank is large.
 * Sums over y of earlier panels are formed for a whole panel at once, two constraints by four points in registers.
 */
export class ConditionalBounds {
  /** y_k of point p stands at ((p >> 2) * rank + k) * 4 + (p & 3): a tile of four points is contiguous. */
  private readonly y: Float64Array;
  /** Row c - firstRow: the bounds of constraint c so far. */
  private readonly rows: Float64Array;
  private firstRow = 0;

  constructor(private readonly chain: ConditionalChain) {
    const { rank, first } = chain;
    this.y = new Float64Array(rank * BLOCK);
    let widest = 0;
    for (let k = 0; k < rank; k += PANEL) {
      const end = first[Math.min(rank, k + PANEL)] as number;
      widest = Math.max(widest, end - (first[k] as number));
    }
    this.rows = new Float64Array(widest * BLOCK);
  }

  /** To be called at every step, in order, before the bounds of its constraints are asked for. */
  startStep(k: number, count: number): void {
    const { rank, first, limit } = this.chain;
    const panel = k - (k % PANEL);
    if (k === panel) {
      this.firstRow = first[k] as number;
      const end = first[Math.min(rank, k + PANEL)] as number;
      for (let c = this.firstRow; c < end; c++) {
        const row = (c - this.firstRow) * BLOCK;
        this.rows.fill(limit[c] as number, row, row + BLOCK);
      }
      if (k > 0) this.subtract(this.firstRow, end, 0, k, count);
    } else {
      this.subtract(first[k] as number, first[k + 1] as number, panel, k, count);
    }
  }

  /** Where the bounds of constraint c begin in `values`. */
  offset(c: number): number {
    return (c - this.firstRow) * BLOCK;
  }

  get values(): Float64Array {
    return this.rows;
  }

  /** Takes y_k of the block's points. */
  setStep(k: number, value: Float64Array, count: number): void {
    const { y } = this;
    let o = k * TILE;
    for (let p = 0; p < count; p += TILE) {
      y[o] = value[p] as number;
      y[o + 1] = value[p + 1] as number;
      y[o + 2] = value[p + 2] as number;
      y[o + 3] = value[p + 3] as number;
      o += this.chain.rank * TILE;
    }
  }

  private subtract(fromRow: number, toRow: number, from: number, to: number, count: number): void {
    for (let p = 0; p < count; p += TILE) {
      let c = fromRow;
      for (; c + 1 < toRow; c += 2) this.subtractTwo(c, from, to, p);
      if (c < toRow) this.subtractOne(c, from, to, p);
    }
  }

  private subtractTwo(c: number, from: number, to: number, p: number): void {
    const { y, rows } = this;
    const { rank, slope } = this.chain;
    const r = this.offset(c) + p;
    const q = r + BLOCK;
    let a0 = rows[r] as number;
    let a1 = rows[r + 1] as number;
    let a2 = rows[r + 2] as number;
    let a3 = rows[r + 3] as number;
    let b0 = rows[q] as number;
    let b1 = rows[q + 1] as number;
    let b2 = rows[q + 2] as number;
    let b3 = rows[q + 3] as number;
    const row = c * rank;
    let o = p * rank + from * TILE;
    for (let j = from; j < to; j++) {
      const s = slope[row + j] as number;
      const t = slope[row + rank + j] as number;
      const y0 = y[o] as number;
      const y1 = y[o + 1] as number;
      const y2 = y[o + 2] as number;
      const y3 = y[o + 3] as number;
      o += TILE;
      a0 -= s * y0;
      a1 -= s * y1;
      a2 -= s * y2;
      a3 -= s * y3;
      b0 -= t * y0;
      b1 -= t * y1;
      b2 -= t * y2;
      b3 -= t * y3;
    }
    rows[r] = a0;
    rows[r + 1] = a1;
    rows[r + 2] = a2;
    rows[r + 3] = a3;
    rows[q] = b0;
    rows[q + 1] = b1;
    rows[q + 2] = b2;
    rows[q + 3] = b3;
  }

  private subtractOne(c: number, from: number, to: number, p: number): void {
    const { y, rows } = this;
    const { rank, slope } = this.chain;
    const r = this.offset(c) + p;
    let a0 = rows[r] as number;
    let a1 = rows[r + 1] as number;
    let a2 = rows[r + 2] as number;
    let a3 = rows[r + 3] as number;
    const row = c * rank;
    let o = p * rank + from * TILE;
    for (let j = from; j < to; j++) {
      const s = slope[row + j] as number;
      a0 -= s * (y[o] as number);
      a1 -= s * (y[o + 1] as number);
      a2 -= s * (y[o + 2] as number);
      a3 -= s * (y[o + 3] as number);
      o += TILE;
    }
    rows[r] = a0;
    rows[r + 1] = a1;
    rows[r + 2] = a2;
    rows[r + 3] = a3;
  }
}
