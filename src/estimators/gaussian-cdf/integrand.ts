import { logNormalCdf, normalQuantileFromLog } from '../math/normal';
import { normalCdfOfBlock, normalQuantileOfBlock } from '../math/normal-series';
import { BLOCK, ConditionalBounds } from './bounds';
import type { ConditionalChain } from './factor';

/** Below this limit a step is carried out on logarithms, so that no product of a step with TINY underflows. */
const LOGARITHMIC_BELOW = -12;
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

  private readonly bounds: ConditionalBounds;
  private readonly uniform = new Float64Array(BLOCK);
  private readonly lower = new Float64Array(BLOCK);
  private readonly upper = new Float64Array(BLOCK);
  private readonly a = new Float64Array(BLOCK);
  private readonly b = new Float64Array(BLOCK);
  private readonly mirror = new Float64Array(BLOCK);
  private readonly below = new Float64Array(BLOCK);
  private readonly inside = new Float64Array(BLOCK);
  private readonly standard = new Float64Array(BLOCK);

  /** @param tilt mu of every step, or null for the plain integrand, which alone gives `fail`. */
  constructor(
    private readonly chain: ConditionalChain,
    private readonly tilt: Float64Array | null,
  ) {
    this.bounds = new ConditionalBounds(chain);
  }

  evaluate(count: number, coordinates: Coordinates): void {
    const { rank, first, side } = this.chain;
    this.product.fill(1);
    this.logFactor.fill(0);
    this.fail.fill(0);
    for (let k = 0; k < rank; k++) {
      const last = k === rank - 1;
      if (!last) coordinates(k, count, this.uniform);
      const mu = this.tilt === null ? 0 : (this.tilt[k] as number);
      this.bounds.startStep(k, count);
      const c = first[k] as number;
      const oneSided = c + 1 === (first[k + 1] as number) && (side[c] as number) > 0;
      if (!oneSided) this.gatherBounds(k, count);
      if (oneSided ? this.orientOneSided(c, mu, count) : this.orient(mu, count))
        this.restrict(oneSided, count);
      else this.restrictInLogarithms(count);
      if (!last) this.draw(k, mu, count);
    }
  }

  private gatherBounds(k: number, count: number): void {
    const { first, side } = this.chain;
    const { lower, upper } = this;
    const bounds = this.bounds.values;
    lower.fill(Number.NEGATIVE_INFINITY);
    upper.fill(Number.POSITIVE_INFINITY);
    const end = first[k + 1] as number;
    for (let c = first[k] as number; c < end; c++) {
      const row = this.bounds.offset(c);
      if ((side[c] as number) > 0) {
        for (let p = 0; p < count; p++) upper[p] = Math.min(upper[p] as number, bounds[row + p] as number);
      } else {
        for (let p = 0; p < count; p++) lower[p] = Math.max(lower[p] as number, bounds[row + p] as number);
      }
    }
  }

  /** Distances of the only bound from the tilt; false where one lies so far out that only logarithms hold Phi of it. */
  private orientOneSided(c: number, mu: number, count: number): boolean {
    const { a, b, mirror } = this;
    const bounds = this.bounds.values;
    const row = this.bounds.offset(c);
    mirror.fill(1);
    let lowest = 0;
    for (let p = 0; p < count; p++) {
      const value = (bounds[row + p] as number) - mu;
      b[p] = value;
      if (value < lowest) lowest = value;
    }
    const moderate = lowest > LOGARITHMIC_BELOW;
    if (!moderate) a.fill(Number.NEGATIVE_INFINITY);
    return moderate;
  }

  /** The same for bounds on both sides: the interval (a, b), mirrored to the side of the lower tail where need be. */
  private orient(mu: number, count: number): boolean {
    const { lower, upper, a, b, mirror, product, fail } = this;
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
    return moderate;
  }

  /** Multiplies by the probability of (a, b) and leaves in `standard` a draw from it, before mirroring. */
  private restrict(oneSided: boolean, count: number): void {
    const { product, fail, uniform, a, b, mirror, below, inside, standard } = this;
    if (this.tilt === null) {
      for (let p = 0; p < count; p++) standard[p] = -(b[p] as number);
      normalCdfOfBlock(standard, count, inside);
    } else {
      normalCdfOfBlock(b, count, inside);
    }
    if (!oneSided) normalCdfOfBlock(a, count, below);
    for (let p = 0; p < count; p++) {
      const cut = oneSided ? 0 : (below[p] as number);
      let within = inside[p] as number;
      if (this.tilt === null) {
        const failed = fail[p] as number;
        fail[p] = failed + (1 - failed) * Math.min(1, cut + within);
        within = 1 - within;
      }
      within -= cut;
      const value = (product[p] as number) * within;
      product[p] = value < TINY ? this.rescale(p, value) : value;
      const u = uniform[p] as number;
      const share = (mirror[p] as number) > 0 ? u : 1 - u;
      standard[p] = Math.max(cut + share * within, LEAST_QUANTILE);
    }
    normalQuantileOfBlock(standard, count, standard);
  }

  /** The same on logarithms. */
  private restrictInLogarithms(count: number): void {
    const { product, fail, logFactor, uniform, a, b, mirror, standard } = this;
    for (let p = 0; p < count; p++) {
      standard[p] = 0;
      if (product[p] === 0) continue;
      const logB = logNormalCdf(b[p] as number);
      const ratio = Math.exp(logNormalCdf(a[p] as number) - logB);
      logFactor[p] = (logFactor[p] as number) + logB + Math.log1p(-ratio);
      const failed = fail[p] as number;
      fail[p] = failed + (1 - failed) * (1 - Math.exp(logB) * (1 - ratio));
      const u = uniform[p] as number;
      const share = (mirror[p] as number) > 0 ? u : 1 - u;
      standard[p] = normalQuantileFromLog(logB + Math.log(share + (1 - share) * ratio));
    }
  }

  private draw(k: number, mu: number, count: number): void {
    const { logFactor, mirror, standard } = this;
    for (let p = 0; p < count; p++) {
      const value = mu + (mirror[p] as number) * (standard[p] as number);
      standard[p] = value;
      logFactor[p] = (logFactor[p] as number) + mu * (0.5 * mu - value);
    }
    this.bounds.setStep(k, standard, count);
  }

  /** Moves a product that would underflow into the logarithm. */
  private rescale(p: number, value: number): number {
    if (!(value > 0)) return 0;
    this.logFactor[p] = (this.logFactor[p] as number) + Math.log(value);
    return 1;
  }
}
