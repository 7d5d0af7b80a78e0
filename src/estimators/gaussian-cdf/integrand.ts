import { BLOCK, ConditionalBounds } from './bounds';
import { SequentialDraws } from './draws';
import type { ConditionalChain } from './factor';
import { LastPair } from './last-pair';
import type { OneFactorControl } from './one-factor-control';

/** Writes coordinate k of the points of a block, numbers in (0, 1). */
export type Coordinates = (k: number, count: number, out: Float64Array) => void;

/**
 * The separated integrand of Genz, J. Comput. Graph. Stat. 1 (1992), on blocks of points of the unit cube: y_k is drawn
 * from the standard normal restricted to its conditional bounds, and the value is the product of the probabilities of
 * those bounds. `draws` holds the values after each call of `evaluate`.
 */
export class Integrand {
  readonly draws: SequentialDraws;
  /** Steps that bound one variable each; the last of them has no coordinate if no pair comes after it. */
  readonly steps: number;
  /** How many coordinates a point has. */
  readonly dimension: number;

  private readonly bounds: ConditionalBounds;
  private readonly uniform = new Float64Array(BLOCK);
  private readonly lower = new Float64Array(BLOCK);
  private readonly upper = new Float64Array(BLOCK);
  private readonly lastPair: LastPair | null;

  /**
   * @param tilt mu of every step, or null for the plain integrand, which alone gives `fail`
   * @param joinsLastPair whether the last two variables are integrated together, exactly
   */
  constructor(
    private readonly chain: ConditionalChain,
    private readonly tilt: Float64Array | null,
    joinsLastPair: boolean,
  ) {
    this.lastPair = joinsLastPair ? new LastPair(chain) : null;
    this.steps = joinsLastPair ? chain.rank - 2 : chain.rank;
    this.dimension = joinsLastPair ? this.steps : this.steps - 1;
    this.bounds = new ConditionalBounds(chain);
    this.draws = new SequentialDraws(tilt !== null);
  }

  /** @param control is evaluated at the same points. */
  evaluate(count: number, coordinates: Coordinates, control: OneFactorControl | null): void {
    const { first, side } = this.chain;
    const { bounds, draws, lower, upper, lastPair } = this;
    draws.start();
    control?.start();
    for (let k = 0; k < this.steps; k++) {
      const uniform = k < this.dimension ? this.uniform : null;
      if (uniform !== null) coordinates(k, count, uniform);
      const mu = this.tilt === null ? 0 : (this.tilt[k] as number);
      control?.step(k, mu, uniform, count);
      bounds.startStep(k, count);
      const c = first[k] as number;
      if (c + 1 === (first[k + 1] as number) && (side[c] as number) > 0) {
        draws.stepBelow(bounds.values, bounds.offset(c), mu, uniform, count);
      } else {
        this.gatherBounds(k, count);
        draws.stepBetween(lower, upper, mu, uniform, count);
      }
      if (uniform !== null) bounds.setStep(k, draws.drawn, count);
    }
    if (lastPair !== null) draws.stepFailing(lastPair.failures(bounds, count), count);
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
}
