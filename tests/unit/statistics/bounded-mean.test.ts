import { describe, expect, it } from 'vitest';
import { boundedMean, UniformSource } from '../../../src/statistics';
import { repeats } from '../../support/repeats';

const ALPHA = 0.1;

const draws = (seed: number, count: number, draw: (u: number) => number): number[] => {
  const source = new UniformSource(seed);
  return Array.from({ length: count }, () => draw(source.next()));
};

describe('mean of bounded values', () => {
  it.each([
    { name: 'rare failures', mean: 0.98, draw: (u: number) => Number(u < 0.98), count: 60 },
    { name: 'a fair coin', mean: 0.5, draw: (u: number) => Number(u < 0.5), count: 40 },
    { name: 'even values', mean: 0.5, draw: (u: number) => u, count: 100 },
    { name: 'values near 1', mean: 10 / 11, draw: (u: number) => u ** 0.1, count: 25 },
  ])('covers as promised: $name', ({ mean, draw, count }) => {
    const runs = repeats(100, 400);
    const missed = Array.from({ length: runs }, (_, i) =>
      boundedMean(draws(1 + i, count, draw), { alpha: ALPHA, seed: i }),
    ).filter(({ lo, hi }) => lo > mean || hi < mean).length;
    // Binomial(runs, alpha) at the most.
    expect(missed / runs).toBeLessThan(ALPHA + 4 * Math.sqrt((ALPHA * (1 - ALPHA)) / runs));
  });

  it.each([
    { order: 'by class', perClass: 10 },
    { order: 'by value', perClass: 10 },
    { order: 'by class and value', perClass: 10 },
    { order: 'by class', perClass: 40 },
  ])('covers where rows come $order, $perClass a class', ({ order, perClass }) => {
    const classMeans = Array.from({ length: 10 }, (_, k) => 0.55 + 0.049 * k);
    const truth = classMeans.reduce((sum, mean) => sum + mean, 0) / classMeans.length;
    const runs = repeats(200, 1000);
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const source = new UniformSource(1000 + run);
      const rows = classMeans.flatMap((mean) => {
        const spread = Math.min(mean, 1 - mean);
        const values = Array.from({ length: perClass }, () => mean + spread * (2 * source.next() - 1));
        return order === 'by class and value' ? values.sort((a, b) => a - b) : values;
      });
      if (order === 'by value') rows.sort((a, b) => a - b);
      const { lo, hi } = boundedMean(rows, { alpha: 0.05, seed: run });
      if (lo <= truth && truth <= hi) covered++;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(repeats(0.9, 0.94));
  });

  it('is not much wider than the limits of a normal mean where there are many values', () => {
    const { lo, value, hi } = boundedMean(
      draws(3, 2000, (u) => u),
      { alpha: ALPHA, seed: 1 },
    );
    const normal = (1.645 * Math.sqrt(1 / 12)) / Math.sqrt(2000);
    for (const half of [hi - value, value - lo]) {
      expect(half).toBeGreaterThan(normal);
      expect(half).toBeLessThan(1.8 * normal);
    }
  });

  it('mirrors and scales with its values', () => {
    const values = draws(4, 50, (u) => u);
    const { value, lo, hi } = boundedMean(values, { alpha: ALPHA, seed: 2 });
    const mirrored = boundedMean(
      values.map((each) => 3 - 4 * each),
      { alpha: ALPHA, seed: 2, range: [-1, 3] },
    );
    expect(mirrored.value).toBeCloseTo(3 - 4 * value, 12);
    expect(mirrored.lo).toBeCloseTo(3 - 4 * hi, 9);
    expect(mirrored.hi).toBeCloseTo(3 - 4 * lo, 9);
  });

  it('refuses what is not bounded', () => {
    expect(() => boundedMean([], { alpha: ALPHA, seed: 1 })).toThrow(RangeError);
    expect(() => boundedMean([0.5, 1.5], { alpha: ALPHA, seed: 1 })).toThrow(/from 0 to 1/);
    expect(() => boundedMean([Number.NaN], { alpha: ALPHA, seed: 1 })).toThrow(RangeError);
  });
});
