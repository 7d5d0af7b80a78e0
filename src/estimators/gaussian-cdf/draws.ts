import { logNormalCdf, normalQuantileFromLog } from '../math/normal';
import { normalCdfOfBlock, normalQuantileOfBlock } from '../math/normal-series';
import { BLOCK } from './bounds';

/** Below this limit a step is carried out on logarithms, so that no product of a step with TINY underflows. */
const LOGARITHMIC_BELOW = -12;
const TINY = 1e-200;
const LEAST_QUANTILE = 1e-300;

/**
 * Sequential draws within bounds, for a block of points: each step draws a standard normal restricted to the point's
 * bounds and multiplies the point's value by their probability. With a tilt mu the draw is from N(mu, 1), and the value
 * carries the weight exp(mu^2/2 - mu y). Values are `product` * exp(`logFactor`).
 */
export class SequentialDraws {
  readonly product = new Float64Array(BLOCK);
  readonly logFactor = new Float64Array(BLOCK);
  /** Without a tilt: one minus the value, to full relative accuracy where that is near 1. */
  readonly fail = new Float64Array(BLOCK);
  /** The draws of the last step. */
  readonly drawn = new Float64Array(BLOCK);

  private readonly a = new Float64Array(BLOCK);
  private readonly b = new Float64Array(BLOCK);
  private readonly mirror = new Float64Array(BLOCK);
  private readonly below = new Float64Array(BLOCK);
  private readonly inside = new Float64Array(BLOCK);

  /** @param isTilted whether the steps have tilts; if not, `fail` is kept too. */
  constructor(private readonly isTilted: boolean) {}

  start(): void {
    this.product.fill(1);
    this.logFactor.fill(0);
    this.fail.fill(0);
  }

  /**
   * A step with upper bounds alone, those of `count` points from bounds[row] on.
   * @param uniform where in its distribution each draw lies; null at the last step, whose draws nobody needs.
   */
  stepBelow(
    bounds: Float64Array,
    row: number,
    mu: number,
    uniform: Float64Array | null,
    count: number,
  ): void {
    const { a, b, mirror } = this;
    mirror.fill(1);
    let lowest = 0;
    for (let p = 0; p < count; p++) {
      const value = (bounds[row + p] as number) - mu;
      b[p] = value;
      if (value < lowest) lowest = value;
    }
    if (lowest > LOGARITHMIC_BELOW) {
      this.restrict(true, uniform, count);
    } else {
      a.fill(Number.NEGATIVE_INFINITY);
      this.restrictInLogarithms(uniform, count);
    }
    if (uniform !== null) this.finish(mu, count);
  }

  /** A step with bounds on both sides: the intervals are mirrored to the side of the lower tail where need be. */
  stepBetween(
    lower: Float64Array,
    upper: Float64Array,
    mu: number,
    uniform: Float64Array | null,
    count: number,
  ): void {
    const { a, b, mirror, product, fail } = this;
    let moderate = true;
    for (let p = 0; p < count; p++) {
      const from = (lower[p] as number) - mu;
      const to = (upper[p] as number) - mu;
      const mirrored = from + to > 0;
      mirror[p] = mirrored ? -1 : 1;
      a[p] = mirrored ? -to : from;
      b[p] = mirrored ? -from : to;
      if (!(from < to)) {
        product[p] = 0;
        fail[p] = 1;
        a[p] = Number.NEGATIVE_INFINITY;
        b[p] = 0;
      }
      if (!((b[p] as number) > LOGARITHMIC_BELOW)) moderate = false;
    }
    if (moderate) this.restrict(false, uniform, count);
    else this.restrictInLogarithms(uniform, count);
    if (uniform !== null) this.finish(mu, count);
  }

  /** A step without a draw: points fail it with the given probabilities. */
  stepFailing(probability: Float64Array, count: number): void {
    const { product, fail } = this;
    for (let p = 0; p < count; p++) {
      const q = probability[p] as number;
      fail[p] = (fail[p] as number) + (1 - (fail[p] as number)) * q;
      const value = (product[p] as number) * (1 - q);
      product[p] = value < TINY ? this.rescale(p, value) : value;
    }
  }

  /** Multiplies by the probability of (a, b) and leaves in `drawn` a draw from it, before mirroring. */
  private restrict(isOneSided: boolean, uniform: Float64Array | null, count: number): void {
    const { product, fail, a, b, mirror, below, inside, drawn, isTilted } = this;
    if (isTilted) {
      normalCdfOfBlock(b, count, inside);
    } else {
      for (let p = 0; p < count; p++) drawn[p] = -(b[p] as number);
      normalCdfOfBlock(drawn, count, inside);
    }
    if (!isOneSided) normalCdfOfBlock(a, count, below);
    for (let p = 0; p < count; p++) {
      const cut = isOneSided ? 0 : (below[p] as number);
      let within = inside[p] as number;
      if (!isTilted) {
        const failed = fail[p] as number;
        fail[p] = failed + (1 - failed) * Math.min(1, cut + within);
        within = 1 - within;
      }
      within -= cut;
      const value = (product[p] as number) * within;
      product[p] = value < TINY ? this.rescale(p, value) : value;
      if (uniform === null) continue;
      const u = uniform[p] as number;
      const share = (mirror[p] as number) > 0 ? u : 1 - u;
      drawn[p] = Math.max(cut + share * within, LEAST_QUANTILE);
    }
    if (uniform !== null) normalQuantileOfBlock(drawn, count, drawn);
  }

  /** The same on logarithms. */
  private restrictInLogarithms(uniform: Float64Array | null, count: number): void {
    const { product, fail, logFactor, a, b, mirror, drawn } = this;
    for (let p = 0; p < count; p++) {
      drawn[p] = 0;
      if (product[p] === 0) continue;
      const logB = logNormalCdf(b[p] as number);
      const ratio = Math.exp(logNormalCdf(a[p] as number) - logB);
      logFactor[p] = (logFactor[p] as number) + logB + Math.log1p(-ratio);
      const failed = fail[p] as number;
      fail[p] = failed + (1 - failed) * (1 - Math.exp(logB) * (1 - ratio));
      if (uniform === null) continue;
      const u = uniform[p] as number;
      const share = (mirror[p] as number) > 0 ? u : 1 - u;
      drawn[p] = normalQuantileFromLog(logB + Math.log(share + (1 - share) * ratio));
    }
  }

  /** Mirrors and tilts the draws. */
  private finish(mu: number, count: number): void {
    const { logFactor, mirror, drawn } = this;
    for (let p = 0; p < count; p++) {
      const value = mu + (mirror[p] as number) * (drawn[p] as number);
      drawn[p] = value;
      logFactor[p] = (logFactor[p] as number) + mu * (0.5 * mu - value);
    }
  }

  /** Moves a product that would underflow into the logarithm. */
  private rescale(p: number, value: number): number {
    if (!(value > 0)) return 0;
    this.logFactor[p] = (this.logFactor[p] as number) + Math.log(value);
    return 1;
  }
}
