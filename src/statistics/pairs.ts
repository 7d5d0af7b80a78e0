import { holm } from './holm';
import { mean } from './moments';
import { type Grouped, type PermutationOptions, permutationTest } from './permutation';

/** Two groups, the first number the larger, and how sure it is that their means differ. */
export interface PairTest {
  readonly pair: readonly [number, number];
  /** Mean of the first less mean of the second. */
  readonly difference: number;
  /** P value, adjusted by Holm for all pairs that were tested. */
  readonly adjusted: number;
}

/** Values of one group. */
export const valuesOfGroup = ({ values, groupOf }: Grouped, group: number): Float64Array =>
  values.filter((_, i) => groupOf[i] === group);

/**
 * Permutation tests of every pair of groups that have values, adjusted by Holm.
 * @param seedOf seed of the shuffles of a pair
 */
export function pairTests(
  data: Grouped,
  seedOf: (a: number, b: number) => number,
  permutations: PermutationOptions['permutations'],
): PairTest[] {
  const groups = Array.from({ length: data.groups }, (_, group) => valuesOfGroup(data, group));
  const tests = groups.flatMap((first, a) =>
    groups.slice(0, a).flatMap((second, b) => {
      if (first.length === 0 || second.length === 0) return [];
      const two = {
        values: Float64Array.from([...first, ...second]),
        groupOf: Uint32Array.from({ length: first.length + second.length }, (_, i) =>
          Number(i >= first.length),
        ),
        groups: 2,
      };
      const p = permutationTest(two, { seed: seedOf(a, b), permutations });
      return [{ pair: [a, b] as const, difference: mean(first) - mean(second), p }];
    }),
  );
  const adjusted = holm(tests.map(({ p }) => p));
  return tests.map(({ pair, difference }, i) => ({ pair, difference, adjusted: adjusted[i] as number }));
}
