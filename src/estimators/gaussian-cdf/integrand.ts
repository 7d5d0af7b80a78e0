import { logNormalCdf, normalQuantileFromLog } from '../math/normal';
import { seriesCdf, seriesLowerQuantile } from '../math/normal-series';
import type { ConditionalChain } from './factor';

/** Points that are carried through the chain together, so that the inner loops run over contiguous numbers. */
export const BLOCK = 64;

/** Below this limit a step is carried out on logarithms, so that no product of a step with TINY underflows. */
const LOGARITHMIC_BELOW = -12;
/** Above this Phi rounds to 1. */
const CERTAIN_ABOVE = 8.3;
const TINY = 1e-200;
const LEAST_QUANTILE = 1e-300;

/** Writes coordinate k of the points of a block, numbers in (0, 1). */
export type Coordinates = (k: number, count: number, out: Float64Array) => void;

/**
 * The separated integrand of Genz, J. Comput. Graph. Stat. 1 (1992), on blocks of points of the unit cube: y_k is drawn
 * from the standard normal restricted to its conditional bounds, and the value is the product of the probabilities of
 * those bounds. With a tilt mu_k the draw is from N(mu_k, 1), and the value carries the weight exp(mu_k^2/2 - mu_k y_k).
 * Values stand in `product` * exp(`logFactor`) after each call of `evaluate`.
 */
export class Integrand {
  readonly product = new Float64Array(BLOCK);
  readonly logFactor = new Float64Array(BLOCK);
  /** Without a tilt: one minus the value, to full relative accuracy where that is near 1. */
  readonly fail = new Float64Array(BLOCK);

  /** Row k: y_k of every point of the block. */
  private readonly y: Float64Array;
  private readonly uniform = new Float64Array(BLOCK);
  private readonly bound = new Float64Array(BLOCK);
  private readonly lower = new Float64Array(BLOCK);
  private readonly upper = new Float64Array(BLOCK);

  /** @param tilt mu of every step, or null for the plain integrand, which alone gives `fail`. */
  constructor(
    private readonly chain: ConditionalChain,
    private readonly tilt: Float64Array | null,
  ) {
    this.y = new Float64Array(chain.rank * BLOCK);
  }

  evaluate(count: number, coordinates: Coordinates): void {
    const { rank, first, side } = this.chain;
    this.product.fill(1);
    this.logFactor.fill(0);
    this.fail.fill(0);
    for (let k = 0; k < rank; k++) {
      const last = k === rank - 1;
      if (!last) coordinates(k, count, this.uniform);
      const c = first[k] as number;
      const mu = this.tilt === null ? 0 : (this.tilt[k] as number);
      if (c + 1 === (first[k + 1] as number) && (side[c] as number) > 0) {
        this.conditionalBound(c, k, count, this.upper);
        if (last) this.lastStep(mu, count);
        else this.oneSidedStep(k, mu, count);
      } else {
        this.gatherBounds(k, count);
        for (let p = 0; p < count; p++) this.generalPoint(k, p, mu, this.lower[p] as number, last);
      }
    }
  }

  /** out = limit_c - sum_{j<k} slope_cj y_j. */
  private conditionalBound(c: number, k: number, count: number, out: Float64Array): void {
    const { rank, limit, slope } = this.chain;
    const { y } = this;
    out.fill(limit[c] as number);
    const row = c * rank;
    let j = 0;
    for (; j + 3 < k; j += 4) {
      const s0 = slope[row + j] as number;
      const s1 = slope[row + j + 1] as number;
      const s2 = slope[row + j + 2] as number;
      const s3 = slope[row + j + 3] as number;
      if (s0 === 0 && s1 === 0 && s2 === 0 && s3 === 0) continue;
      const o = j * BLOCK;
      for (let p = 0; p < count; p++) {
        const q = o + p;
        const near = s0 * (y[q] as number) + s1 * (y[q + BLOCK] as number);
        const far = s2 * (y[q + 2 * BLOCK] as number) + s3 * (y[q + 3 * BLOCK] as number);
        out[p] = (out[p] as number) - (near + far);
      }
    }
    for (; j < k; j++) {
      const s = slope[row + j] as number;
      if (s === 0) continue;
      const o = j * BLOCK;
      for (let p = 0; p < count; p++) out[p] = (out[p] as number) - s * (y[o + p] as number);
    }
  }

  private gatherBounds(k: number, count: number): void {
    const { first, side } = this.chain;
    const { bound, lower, upper } = this;
    lower.fill(Number.NEGATIVE_INFINITY);
    upper.fill(Number.POSITIVE_INFINITY);
    const end = first[k + 1] as number;
    for (let c = first[k] as number; c < end; c++) {
      this.conditionalBound(c, k, count, bound);
      if ((side[c] as number) > 0) {
        for (let p = 0; p < count; p++)
          if ((bound[p] as number) < (upper[p] as number)) upper[p] = bound[p] as number;
      } else {
        for (let p = 0; p < count; p++)
          if ((bound[p] as number) > (lower[p] as number)) lower[p] = bound[p] as number;
      }
    }
  }

  private oneSidedStep(k: number, mu: number, count: number): void {
    const { product, fail, logFactor, uniform, upper, y, tilt } = this;
    const row = k * BLOCK;
    for (let p = 0; p < count; p++) {
      const b = (upper[p] as number) - mu;
      if (!(b > LOGARITHMIC_BELOW)) {
        this.generalPoint(k, p, mu, Number.NEGATIVE_INFINITY, false);
        continue;
      }
      let inside: number;
      if (tilt === null) {
        const outside = seriesCdf(-b);
        inside = 1 - outside;
        const failed = fail[p] as number;
        fail[p] = failed + (1 - failed) * outside;
      } else {
        inside = b > CERTAIN_ABOVE ? 1 : seriesCdf(b);
      }
      let value = (product[p] as number) * inside;
      if (value < TINY) value = this.rescale(p, value);
      product[p] = value;
      const mass = Math.max((uniform[p] as number) * inside, LEAST_QUANTILE);
      const drawn = mass < 0.5 ? mu + seriesLowerQuantile(mass) : mu - seriesLowerQuantile(1 - mass);
      y[row + p] = drawn;
      logFactor[p] = (logFactor[p] as number) + mu * (0.5 * mu - drawn);
    }
  }

  /** Nothing depends on the last y, and its tilt is zero. */
  private lastStep(mu: number, count: number): void {
    const { product, fail, upper } = this;
    for (let p = 0; p < count; p++) {
      const b = (upper[p] as number) - mu;
      if (!(b > LOGARITHMIC_BELOW)) {
        this.generalPoint(this.chain.rank - 1, p, mu, Number.NEGATIVE_INFINITY, true);
        continue;
      }
      const outside = seriesCdf(-b);
      const failed = fail[p] as number;
      fail[p] = failed + (1 - failed) * outside;
      product[p] = (product[p] as number) * (b < 0 ? seriesCdf(b) : 1 - outside);
    }
  }

  /** One point of a step that has bounds on both sides, or one so far out that only logarithms hold it. */
  private generalPoint(k: number, p: number, mu: number, lowerBound: number, last: boolean): void {
    const { product, fail, logFactor } = this;
    const at = k * BLOCK + p;
    const lower = lowerBound - mu;
    const upper = (this.upper[p] as number) - mu;
    if (!(lower < upper)) {
      product[p] = 0;
      fail[p] = 1;
      this.y[at] = 0;
      return;
    }
    const mirrored = lower + upper > 0;
    const a = mirrored ? -upper : lower;
    const b = mirrored ? -lower : upper;
    const u = mirrored ? 1 - (this.uniform[p] as number) : (this.uniform[p] as number);
    const below = seriesCdf(a);
    const failed = fail[p] as number;
    fail[p] = failed + (1 - failed) * Math.min(1, below + (b > 0 ? seriesCdf(-b) : 1 - seriesCdf(b)));
    let drawn = 0;
    if (b > LOGARITHMIC_BELOW) {
      const inside = seriesCdf(b) - below;
      const value = (product[p] as number) * inside;
      product[p] = value < TINY ? this.rescale(p, value) : value;
      if (!last) {
        const mass = Math.max(below + u * inside, LEAST_QUANTILE);
        drawn = mass < 0.5 ? seriesLowerQuantile(mass) : -seriesLowerQuantile(1 - mass);
      }
    } else {
      const logB = logNormalCdf(b);
      const logRatio = logNormalCdf(a) - logB;
      logFactor[p] = (logFactor[p] as number) + logB + Math.log1p(-Math.exp(logRatio));
      if (!last) drawn = normalQuantileFromLog(logB + Math.log(u + (1 - u) * Math.exp(logRatio)));
    }
    if (last) return;
    const value = mu + (mirrored ? -drawn : drawn);
    this.y[at] = value;
    logFactor[p] = (logFactor[p] as number) + mu * (0.5 * mu - value);
  }

  /** Moves a product that would underflow into the logarithm. */
  private rescale(p: number, value: number): number {
    if (value === 0) return 0;
    this.logFactor[p] = (this.logFactor[p] as number) + Math.log(value);
    return 1;
  }
}
