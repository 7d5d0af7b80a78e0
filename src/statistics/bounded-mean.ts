import type { Interval } from './bootstrap';
import { mean } from './moments';
import { UniformSource } from './random';

export interface BoundedMeanOptions {
  /** Chance in (0, 1) that the limits miss the mean. */
  readonly alpha: number;
  readonly seed: number;
  /** What the values lie between; [0, 1] if absent. */
  readonly range?: readonly [least: number, most: number];
}

/** No bet risks more than this share of what a single value could lose. */
const LARGEST_BET = 3 / 4;
const BISECTIONS = 50;

/**
 * The most that a gambler who bets on values above m would have had, of a stake of 1: at most c times as much as the
 * stake with a chance of 1/c if the mean is m. @param bets a bet a value, chosen before it was seen
 */
function mostLogCapital(values: ArrayLike<number>, bets: Float64Array, m: number): number {
  let [capital, most] = [0, 0];
  const bound = m > 0 ? LARGEST_BET / m : Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    capital += Math.log1p(Math.min(bets[i] as number, bound) * ((values[i] as number) - m));
    if (capital > most) most = capital;
  }
  return most;
}

/** The bets that would be best if the values went on as they did so far. */
function predictableBets(values: ArrayLike<number>, alpha: number): Float64Array {
  const count = values.length;
  let [sum, squares] = [0.5, 0.25];
  return Float64Array.from({ length: count }, (_, i) => {
    const bet = Math.sqrt((2 * Math.log(2 / alpha)) / (count * (squares / (i + 1))));
    const value = values[i] as number;
    sum += value;
    squares += (value - sum / (i + 2)) ** 2;
    return bet;
  });
}

function lowerLimit(values: ArrayLike<number>, alpha: number): number {
  const bets = predictableBets(values, alpha);
  const enough = Math.log(2 / alpha);
  let [lo, hi] = [0, mean(values)];
  if (mostLogCapital(values, bets, lo) < enough) return 0;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (lo + hi) / 2;
    if (mostLogCapital(values, bets, middle) >= enough) lo = middle;
    else hi = middle;
  }
  return lo;
}

/**
 * The mean of independent values in [least, most], with limits that miss the true mean with a chance of at most `alpha`
 * whatever their distribution and however few they are: the means against which a gambler would not have won 2/alpha
 * times the stake, betting on larger values, nor on smaller ones. Where all values are alike the limits still are as
 * wide as their number asks for. Bets look at one value after the other and need the same mean at every step, which
 * values sorted by class or size do not have: they go through the values in an order drawn by the seed.
 * Source: Waudby-Smith and Ramdas, J. R. Stat. Soc. B 86 (2024), the hedged capital process.
 * @param seed of the order, an integer in [0, 2^32)
 * @throws RangeError without values, or if one lies outside
 */
export function boundedMean(
  values: ArrayLike<number>,
  { alpha, seed, range: [least, most] = [0, 1] }: BoundedMeanOptions,
): Interval {
  const width = most - least;
  const given = Float64Array.from(values, (value) => (value - least) / width);
  if (given.length === 0 || given.some((value) => !(value >= 0 && value <= 1))) {
    throw new RangeError(`a bounded mean needs values from ${least} to ${most}`);
  }
  const scaled = new UniformSource(seed).shuffle(given);
  const value = mean(values);
  const lo = least + width * lowerLimit(scaled, alpha);
  const hi =
    most -
    width *
      lowerLimit(
        scaled.map((each) => 1 - each),
        alpha,
      );
  // Rounding must not part the value from its limits.
  return { value, lo: Math.min(lo, value), hi: Math.max(hi, value) };
}
