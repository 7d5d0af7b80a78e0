import { describe, expect, it } from 'vitest';
import { subsetSimulation } from '../../../src/estimators/methods/importance/check';
import { buildMixture, ROUND } from '../../../src/estimators/methods/importance/mixture';
import { nearestInPolytope } from '../../../src/estimators/methods/importance/polytope';
import {
  controlCoefficients,
  StratifiedMean,
  skewedLimits,
  studentQuantile,
} from '../../../src/estimators/methods/importance/strata';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import type { Plane } from '../../../src/estimators/plane';
import { tails } from '../../support/tails';

describe('the mixture', () => {
  const candidate = (point: number, mass: number) => ({ point, length: -3, mass });

  it('fills 64 slots in proportion, at least one for each component and a quarter for the plain one', () => {
    const { slots, order, shifts } = buildMixture(
      [candidate(0, 1), candidate(1, 3), candidate(2, 0.1)],
      1e-6,
    );
    expect(slots.reduce((a, b) => a + b, 0)).toBe(ROUND);
    expect(slots[0]).toBeGreaterThanOrEqual(16);
    expect(shifts.map(({ point }) => point)).toEqual([1, 0, 2]);
    expect(slots.slice(1)).toEqual([33, 12, 2]);
    for (const [c, count] of slots.entries()) expect(order.filter((slot) => slot === c)).toHaveLength(count);
  });

  it('leaves out what is unlikely, and shifts nothing where half of all copies fail', () => {
    expect(buildMixture([candidate(0, 1), candidate(1, 0.001)], 1e-6).shifts).toHaveLength(1);
    expect(buildMixture([candidate(0, 1)], 0.5).slots).toEqual([ROUND]);
    expect(buildMixture([], 0).slots).toEqual([ROUND]);
    expect(buildMixture([candidate(0, 0)], 0).slots).toEqual([ROUND]);
  });
});

describe('projection onto a polytope', () => {
  const plane = (offset: number, ...direction: number[]): Plane => ({
    other: 0,
    offset,
    direction: Float32Array.from(direction),
  });

  it('is the origin inside, a foot point outside one plane, a corner outside two', () => {
    expect([...(nearestInPolytope([plane(1, 1, 0), plane(2, 0, 1)]) ?? [])]).toEqual([0, 0]);
    expect([...(nearestInPolytope([plane(-2, 1, 0), plane(1, 0, 1)]) ?? [])]).toEqual([2, 0]);
    const corner = nearestInPolytope([plane(-2, 1, 0), plane(-1, 0, 1)]);
    expect([...(corner ?? [])]).toEqual([2, 1]);
  });

  it('meets the conditions of optimality where constraints compete', () => {
    const s = Math.SQRT1_2;
    const planes = [plane(-1, 1, 0), plane(-1, -s, s), plane(-0.5, s, s)];
    const point = nearestInPolytope(planes) as Float64Array;
    for (const { offset, direction } of planes) {
      const value = offset + direction.reduce((sum, a, j) => sum + a * (point[j] as number), 0);
      expect(value).toBeGreaterThan(-1e-6);
    }
    // The corner of the first two: x = 1, (y - x)/sqrt 2 = 1.
    expect(point[0]).toBeCloseTo(1, 6);
    expect(point[1]).toBeCloseTo(1 + Math.SQRT2, 6);
  });

  it('finds nothing in an empty one', () => {
    expect(nearestInPolytope([plane(-1, 1, 0), plane(-1, -1, 0)])).toBeNull();
  });
});

describe('strata', () => {
  it('mean and error of values with means of their own: only the spread within counts', () => {
    const mean = new StratifiedMean(2);
    for (const value of [1, 3]) mean.add(0, value);
    for (const value of [101, 103]) mean.add(1, value);
    expect(mean.mean).toBe(52);
    // Each stratum: variance 2, two values; (2*2 + 2*2)/16.
    expect(mean.error.stdErr).toBeCloseTo(Math.sqrt(8 / 16), 12);
    expect(mean.error.degrees).toBeCloseTo(2, 12);
  });

  it('third moment: that of the values over n squared, and none where they are symmetric', () => {
    const mean = new StratifiedMean(2);
    // Deviations -1, -1, 2 about 1: sum of cubes 6, unbiased 3 * 6 / (2 * 1) = 9.
    for (const value of [0, 0, 3]) mean.add(0, value);
    for (const value of [9, 10, 11]) mean.add(1, value);
    expect(mean.third).toBeCloseTo((3 * 9) / 6 ** 3, 12);
  });

  it('limits of a mean of exponentials miss on either side about equally often, unlike symmetric ones', () => {
    const [n, repetitions] = [20, 20_000];
    const normals = new Float64Array(2 * n);
    const source = new NormalSource(8, 0);
    const missed = { skewed: [0, 0], symmetric: [0, 0] };
    for (let r = 0; r < repetitions; r++) {
      source.fill(r, normals);
      const mean = new StratifiedMean(1);
      for (let i = 0; i < n; i++) {
        mean.add(0, ((normals[2 * i] as number) ** 2 + (normals[2 * i + 1] as number) ** 2) / 2);
      }
      const { stdErr, degrees } = mean.error;
      for (const [kind, third] of [
        ['skewed', mean.third],
        ['symmetric', 0],
      ] as const) {
        const { lo, hi } = skewedLimits(mean.mean, stdErr, third, studentQuantile(0.975, degrees));
        if (lo > 1) missed[kind][0] = (missed[kind][0] as number) + 1;
        if (hi < 1) missed[kind][1] = (missed[kind][1] as number) + 1;
      }
    }
    const share = (count: number | undefined): number => (count as number) / repetitions;
    expect(share(missed.symmetric[1])).toBeGreaterThan(0.065);
    expect(share(missed.skewed[1])).toBeLessThan(0.05);
    expect(share(missed.skewed[0])).toBeLessThan(0.03);
  });

  it('the coefficients of a linear relation, and a shared one where two controls are the same', () => {
    const n = 300;
    const noise = (stream: number) => {
      const values = new Float64Array(n);
      new NormalSource(3, stream).fill(0, values);
      return values;
    };
    const [a, b] = [noise(0), noise(1)];
    const strata = Int32Array.from({ length: n }, (_, i) => i % 3);
    const y = a.map((value, i) => 2 * value - 0.5 * (b[i] as number) + 10 * (i % 3));
    const beta = controlCoefficients(y, [a, b], strata, 3);
    expect(beta[0]).toBeCloseTo(2, 9);
    expect(beta[1]).toBeCloseTo(-0.5, 9);
    const same = controlCoefficients(y, [a, a, b, new Float64Array(n).fill(7)], strata, 3);
    expect(same[0]).toBeCloseTo(1, 6);
    expect(same[1]).toBeCloseTo(1, 6);
    expect(same[3]).toBe(0);
    const tiny = controlCoefficients(
      y.map((v) => v * 1e-16),
      [a.map((v) => v * 1e-16)],
      strata,
      3,
    );
    expect(tiny[0]).toBeGreaterThan(1.8);
  });

  it.each([
    [10, 2.228139, 3],
    [30, 2.042272, 5],
    [200, 1.971896, 6],
  ])("Student's t at %i degrees", (degrees, known, digits) => {
    expect(studentQuantile(0.975, degrees)).toBeCloseTo(known, digits);
  });
});

describe('subset simulation', () => {
  it.each(
    tails.filter(({ x, fail }) => x.length <= 50 && fail > 1e-12).map((tail) => [tail.name, tail] as const),
  )('%s: unbiased within its own error', async (_name, { classifier, x, sigma, fail }) => {
    const seeds = 12;
    let [sum, squares, levels] = [0, 0, 0];
    for (let seed = 1; seed <= seeds; seed++) {
      const walk = subsetSimulation(classifier, x, 0, sigma, seed);
      let step = await walk.next();
      while (!step.done) step = await walk.next();
      const check = step.value;
      expect(check.outcome).toBe('lost');
      sum += Math.log(check.probability / fail);
      squares += (Math.log(check.probability / fail) / check.relativeError) ** 2;
      levels = Math.max(levels, check.levels);
    }
    expect(levels).toBeLessThan(-Math.log(fail) / Math.log(8) + 3);
    // The logarithm of an unbiased estimate of relative error 0.5 lies 0.12 low; 12 of them spread by 0.15.
    expect(Math.abs(sum / seeds)).toBeLessThan(0.6);
    // Mean square of standardised errors: 1 +- 0.41 if the error were exact; it is meant to be generous.
    expect(squares / seeds).toBeLessThan(2.2);
  });
});
