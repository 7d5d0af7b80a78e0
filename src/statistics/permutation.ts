import { UniformSource } from './random';

export interface PermutationOptions {
  readonly seed: number;
  readonly permutations: number;
}

/** Values of G groups: group g holds those with `groupOf` g. */
export interface Grouped {
  readonly values: Float64Array;
  /** In [0, groups) for each value. */
  readonly groupOf: Uint32Array;
  readonly groups: number;
}

/** Sum over the groups of n (mean of group - mean of all)^2; groups without values count nothing. */
export function betweenGroups({ values, groupOf, groups }: Grouped): number {
  const sums = new Float64Array(groups);
  const counts = new Uint32Array(groups);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const group = groupOf[i] as number;
    const value = values[i] as number;
    sums[group] = (sums[group] as number) + value;
    counts[group] = (counts[group] as number) + 1;
    total += value;
  }
  const centre = total / values.length;
  let spread = 0;
  for (let group = 0; group < groups; group++) {
    const count = counts[group] as number;
    if (count > 0) spread += count * ((sums[group] as number) / count - centre) ** 2;
  }
  return spread;
}

/**
 * P value of the hypothesis that groups do not matter, by shuffling which value belongs where: the share of shuffles
 * whose spread between the groups is as large, (1 + hits)/(1 + shuffles). With two groups it is the two-sided test of
 * the difference of their means. Source: Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010).
 */
export function permutationTest(data: Grouped, { seed, permutations }: PermutationOptions): number {
  const source = new UniformSource(seed);
  const seen = betweenGroups(data);
  // What rounding makes of an equal spread counts as equal.
  const threshold = seen * (1 - 1e-10);
  const groupOf = data.groupOf.slice();
  let hits = 0;
  for (let i = 0; i < permutations; i++) {
    source.shuffle(groupOf);
    if (betweenGroups({ ...data, groupOf }) >= threshold) hits++;
  }
  return (1 + hits) / (1 + permutations);
}
