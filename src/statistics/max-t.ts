import { mean } from './moments';
import { type PairTest, valuesOfGroup } from './pairs';
import type { Grouped, PermutationOptions } from './permutation';
import { UniformSource } from './random';

/** Pairs of groups judged together. */
export interface PairTests {
  /** Every pair of groups of at least two values. */
  readonly pairs: readonly PairTest[];
  /** Least adjusted p value that a pair could have with these values, however far apart its groups. */
  readonly least: number;
}

interface Pair {
  readonly a: number;
  readonly b: number;
}

/**
 * The normal quantile with about the two-sided tail of Student's t, so that statistics with different degrees of freedom
 * compare. Infinite for an infinite t. Source: Wallace, Ann. Math. Statist. 30 (1959).
 */
function normalEquivalent(t: number, degrees: number): number {
  return ((8 * degrees + 1) / (8 * degrees + 3)) * Math.sqrt(degrees * Math.log1p((t * t) / degrees));
}

/** Welch's t of each pair as a normal quantile; infinite for two groups without spread and with different means. */
function statistics(
  values: Float64Array,
  groupOf: Uint32Array,
  counts: Uint32Array,
  pairs: readonly Pair[],
): Float64Array {
  const means = new Float64Array(counts.length);
  const squares = new Float64Array(counts.length);
  for (let i = 0; i < values.length; i++) {
    const group = groupOf[i] as number;
    means[group] = (means[group] as number) + (values[i] as number) / (counts[group] as number);
  }
  for (let i = 0; i < values.length; i++) {
    const group = groupOf[i] as number;
    squares[group] = (squares[group] as number) + ((values[i] as number) - (means[group] as number)) ** 2;
  }
  const variance = (group: number): number => {
    const count = counts[group] as number;
    return (squares[group] as number) / ((count - 1) * count);
  };
  return Float64Array.from(pairs, ({ a, b }) => {
    const difference = Math.abs((means[a] as number) - (means[b] as number));
    // Rounding of a mean is no difference.
    if (difference < 1e-12) return 0;
    const [first, second] = [variance(a), variance(b)];
    const both = first + second;
    if (!(both > 0)) return Number.POSITIVE_INFINITY;
    // Welch and Satterthwaite's degrees of freedom.
    const terms = first ** 2 / ((counts[a] as number) - 1) + second ** 2 / ((counts[b] as number) - 1);
    return normalEquivalent(difference / Math.sqrt(both), both ** 2 / terms);
  });
}

/**
 * Tests of every pair of groups by Welch's t, adjusted for being judged together by the step-down maximum over shuffles
 * of all values: with a chance of at most alpha any pair with `adjusted` up to alpha is alike in truth. The
 * number of shuffles that this needs does not grow with the number of pairs. Groups of one value have no spread of
 * their own and are left out.
 * Source: Westfall and Young, Resampling-Based Multiple Testing (1993), algorithm 4.1, with studentised differences.
 */
export function pairTestsByMaximum(data: Grouped, { seed, permutations }: PermutationOptions): PairTests {
  const sizes = Array.from({ length: data.groups }, (_, group) => valuesOfGroup(data, group).length);
  const pairs = sizes.flatMap((size, a) =>
    sizes.slice(0, a).flatMap((other, b) => (size < 2 || other < 2 ? [] : [{ a, b }])),
  );
  // Values of groups that are too small belong to no pair, and are not shuffled into one.
  const isTested = (i: number): boolean => (sizes[data.groupOf[i] as number] as number) > 1;
  const values = data.values.filter((_, i) => isTested(i));
  const groupOf = data.groupOf.filter((_, i) => isTested(i));
  const counts = Uint32Array.from(sizes, (size) => (size < 2 ? 0 : size));
  const seen = statistics(values, groupOf, counts, pairs);
  const order = Array.from(pairs.keys()).sort((i, j) => (seen[j] as number) - (seen[i] as number));
  const hits = new Uint32Array(pairs.length);
  let infinite = 0;
  const source = new UniformSource(seed);
  const shuffled = groupOf.slice();
  for (let permutation = 0; permutation < permutations; permutation++) {
    source.shuffle(shuffled);
    const found = statistics(values, shuffled, counts, pairs);
    let largest = 0;
    for (let rank = order.length - 1; rank >= 0; rank--) {
      const i = order[rank] as number;
      largest = Math.max(largest, found[i] as number);
      // What rounding makes of an equal statistic counts as equal.
      if (largest >= (seen[i] as number) * (1 - 1e-10)) hits[i] = (hits[i] as number) + 1;
    }
    if (largest === Number.POSITIVE_INFINITY) infinite++;
  }
  const share = (count: number): number => (1 + count) / (1 + permutations);
  const adjusted = new Float64Array(pairs.length);
  let most = 0;
  for (const i of order) {
    most = Math.max(most, share(hits[i] as number));
    adjusted[i] = most;
  }
  const means = sizes.map((_, group) => mean(valuesOfGroup(data, group)));
  return {
    pairs: pairs.map(({ a, b }, i) => ({
      pair: [a, b],
      difference: (means[a] as number) - (means[b] as number),
      adjusted: adjusted[i] as number,
    })),
    least: pairs.length === 0 ? 1 : share(infinite),
  };
}
