import { describe, expect, it } from 'vitest';
import { pairTestsByMaximum, UniformSource } from '../../../src/statistics';
import { repeats } from '../../support/repeats';

const ALPHA = 0.05;

/** Groups of `size` values, group k around `means[k]` with a half-width of `spreads[k]`. */
function groups(seed: number, means: readonly number[], size: number, spreads: readonly number[]) {
  const source = new UniformSource(seed);
  const count = means.length * size;
  const groupOf = Uint32Array.from({ length: count }, (_, i) => Math.floor(i / size));
  const values = Float64Array.from(groupOf, (k) => {
    const [mean, spread] = [means[k] as number, spreads[k % spreads.length] as number];
    return mean + spread * (2 * source.next() - 1);
  });
  return { values, groupOf, groups: means.length };
}

const found = (data: ReturnType<typeof groups>, seed: number, permutations = 1999) =>
  pairTestsByMaximum(data, { seed, permutations }).pairs.filter(({ adjusted }) => adjusted <= ALPHA);

describe('pairs of groups, judged together by the maximum of t', () => {
  it.each([15, 20, 100])('are all found where %i groups are perfectly separated', (count) => {
    const means = Array.from({ length: count }, (_, k) => (k + 0.5) / count);
    const permutations = count === 100 ? 199 : 1999;
    const data = groups(3, means, 10, [0.2 / count]);
    expect(found(data, 7, permutations)).toHaveLength((count * (count - 1)) / 2);
  });

  it.each([
    { name: 'all alike', means: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], spreads: [0.3], size: 8 },
    { name: 'alike with other spreads', means: [0.5, 0.5, 0.5, 0.5], spreads: [0.5, 0.05], size: 12 },
    { name: 'half of them apart', means: [0.3, 0.3, 0.3, 0.8, 0.8, 0.8], spreads: [0.2, 0.05], size: 12 },
  ])('false findings stay within 5 % family-wise: $name', ({ means, spreads, size }) => {
    const runs = repeats(100, 400);
    let wrong = 0;
    for (let run = 0; run < runs; run++) {
      const hits = found(groups(100 + run, means, size, spreads), run, 199);
      if (hits.some(({ pair: [a, b] }) => means[a] === means[b])) wrong++;
    }
    // Binomial(runs, 0.05) at the most.
    expect(wrong / runs).toBeLessThan(ALPHA + 3 * Math.sqrt((ALPHA * (1 - ALPHA)) / runs));
  });

  it('say the sign and size of the difference, the larger group first', () => {
    const data = groups(1, [0.2, 0.6], 20, [0]);
    const { pairs, least } = pairTestsByMaximum(data, { seed: 1, permutations: 99 });
    expect(pairs).toHaveLength(1);
    expect(pairs[0]?.pair).toEqual([1, 0]);
    expect(pairs[0]?.difference).toBeCloseTo(0.4, 12);
    expect(pairs[0]?.adjusted).toBe(0.01);
    expect(least).toBe(0.01);
  });

  it('cannot be told apart where chance separates groups as well, and that is said', () => {
    const data = groups(1, [0.2, 0.6], 2, [0]);
    const { pairs, least } = pairTestsByMaximum(data, { seed: 1, permutations: 999 });
    // 2 of the 6 ways to choose two of the four values separate them as well.
    expect(Math.abs(least - 1 / 3)).toBeLessThan(0.06);
    expect(pairs[0]?.adjusted).toBe(least);
  });

  it('leave groups of one value out', () => {
    const data = { values: Float64Array.of(1, 0, 0.1), groupOf: Uint32Array.of(0, 1, 1), groups: 3 };
    expect(pairTestsByMaximum(data, { seed: 1, permutations: 99 })).toEqual({ pairs: [], least: 1 });
  });
});
