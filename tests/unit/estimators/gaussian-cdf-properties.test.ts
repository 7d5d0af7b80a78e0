import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { bivariateNormalCdf } from '../../../src/estimators/gaussian-cdf/bivariate';
import { logNormalCdf, normalCdf } from '../../../src/estimators/math/normal';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { matrixOf, randomCorrelation, trivariateCdf } from '../../support/correlations';
import { repeats } from '../../support/repeats';

describe('properties', () => {
  const options = { maxPoints: 13_000 };
  const problem = fc.record({
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    n: fc.integer({ min: 3, max: 8 }),
    rank: fc.integer({ min: 1, max: 8 }),
    z: fc.array(fc.double({ min: -3, max: 4, noNaN: true }), { minLength: 8, maxLength: 8 }),
  });
  const check = (predicate: (z: number[], R: Float64Array, n: number) => void) =>
    fc.assert(
      fc.property(problem, ({ seed, n, rank, z }) =>
        predicate(z.slice(0, n), randomCorrelation(seed, n, rank), n),
      ),
      { seed: 3, numRuns: repeats(20, 60) },
    );

  it('lies within the Frechet and Bonferroni bounds and is never NaN', () => {
    check((z, R) => {
      const { p, fail, stdErr } = gaussianCdf(z, R, options);
      const singles = z.map(normalCdf);
      const slack = 5 * stdErr + 1e-12;
      expect(p).toBeLessThanOrEqual(Math.min(...singles) + slack);
      expect(p).toBeGreaterThanOrEqual(1 - singles.reduce((sum, value) => sum + 1 - value, 0) - slack);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(Math.abs(p + fail - 1)).toBeLessThan(1e-9);
    });
  });

  it('is at most what any two of the constraints allow', () => {
    check((z, R, n) => {
      const { p, stdErr } = gaussianCdf(z, R, options);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          const pair = bivariateNormalCdf(z[i] as number, z[j] as number, R[i * n + j] as number);
          expect(p).toBeLessThanOrEqual(pair + 5 * stdErr + 1e-12);
        }
      }
    });
  });

  it('grows with each limit', () => {
    check((z, R) => {
      const base = gaussianCdf(z, R, options);
      for (const raisedIndex of z.keys()) {
        const raised = gaussianCdf(
          z.map((value, i) => (i === raisedIndex ? value + 0.5 : value)),
          R,
          options,
        );
        expect(raised.p).toBeGreaterThanOrEqual(base.p - 5 * Math.hypot(base.stdErr, raised.stdErr) - 1e-12);
      }
    });
  });

  it('grows with the correlations (Slepian)', () => {
    check((z, R, n) => {
      const base = gaussianCdf(z, R, options);
      const closer = matrixOf(n, (i, j) => 0.7 * (R[i * n + j] as number) + 0.3);
      const raised = gaussianCdf(z, closer, options);
      expect(raised.p).toBeGreaterThanOrEqual(base.p - 5 * Math.hypot(base.stdErr, raised.stdErr) - 1e-9);
    });
  });

  it('does not depend on the order of the variables', () => {
    check((z, R, n) => {
      for (const order of [z.map((_, i) => n - 1 - i), z.map((_, i) => (i + 2) % n)]) {
        const a = gaussianCdf(z, R, options);
        const permuted = order.map((i) => z[i] as number);
        const b = gaussianCdf(
          permuted,
          matrixOf(n, (i, j) => R[(order[i] as number) * n + (order[j] as number)] as number),
          options,
        );
        expect(Math.abs(a.p - b.p)).toBeLessThan(6 * Math.hypot(a.stdErr, b.stdErr) + 1e-9);
      }
    });
  });

  it('is a number for every limit, with duplicate and opposite variables among them', () => {
    const limit = fc.oneof(
      fc.double({ noNaN: true }),
      fc.double({ min: -60, max: 60, noNaN: true }),
      fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 8, -8, -12, -1e7, -9e6),
    );
    const extreme = fc.record({
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      n: fc.integer({ min: 1, max: 8 }),
      rank: fc.integer({ min: 1, max: 8 }),
      mirrored: fc.integer({ min: 0, max: 7 }),
      z: fc.array(limit, { minLength: 8, maxLength: 8 }),
    });
    fc.assert(
      fc.property(extreme, ({ seed, n, rank, mirrored, z: all }) => {
        const R = randomCorrelation(seed, n, rank);
        // Variable n stands for another one, and variable n + 1 is its opposite.
        const source = (i: number): number => (i < n ? i : mirrored % n);
        const sign = (i: number): number => (i > n ? -1 : 1);
        const size = Math.min(8, n + 2);
        const doubled = matrixOf(
          size,
          (i, j) => sign(i) * sign(j) * (R[source(i) * n + source(j)] as number),
        );
        const z = all.slice(0, size);
        const { p, fail, logP, stdErr } = gaussianCdf(z, doubled, { maxPoints: 1600 });
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(Math.abs(p + fail - 1)).toBeLessThan(1e-9);
        expect(logP).toBeLessThanOrEqual(0);
        expect(stdErr).toBeGreaterThanOrEqual(0);
        if (z.includes(Number.NEGATIVE_INFINITY)) expect(p).toBe(0);
        const bound = Math.min(...z.map(normalCdf));
        expect(p).toBeLessThanOrEqual(bound + 5 * stdErr + 1e-12);
        expect(logP).toBeLessThanOrEqual(Math.min(...z.map(logNormalCdf)) * (1 - 1e-9) + 0.1 + 5 * stdErr);
      }),
      { seed: 11, numRuns: repeats(100, 400) },
    );
  });

  it.each([40, 200])('is a number at %s variables of any rank, infinite limits among them', (n) => {
    const options = { maxPoints: 800, absoluteTolerance: 1e-2, relativeTolerance: 1 };
    const limits = new Float64Array(n);
    for (const [seed, rank] of [1, 2, 3, 7, n - 1, n, 2 * n].entries()) {
      const R = randomCorrelation(seed, n, rank);
      for (const centre of [-30, -3, 0, 2, 5, 12]) {
        new NormalSource(seed, 2).fill(0, limits);
        const z = limits.map((value, i) => (i % 5 === 2 ? Number.POSITIVE_INFINITY : centre + value));
        const { p, fail, logP, stdErr } = gaussianCdf(z, R, options);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(Math.abs(p + fail - 1)).toBeLessThan(1e-9);
        expect(logP).toBeLessThanOrEqual(0);
        expect(stdErr).toBeGreaterThanOrEqual(0);
        z[n - 1] = Number.NEGATIVE_INFINITY;
        expect(gaussianCdf(z, R, options)).toMatchObject({ p: 0, fail: 1, logP: Number.NEGATIVE_INFINITY });
      }
    }
  });

  it('agrees with the formulas of one, two and three variables, and these with each other', () => {
    const infinity = Number.POSITIVE_INFINITY;
    check((all) => {
      const z = all.slice(0, 3) as [number, number, number];
      const seed = Math.round(1000 * Math.abs(z[0]));
      const R = randomCorrelation(seed, 3, 4);
      const [r01, r02] = [R[1] as number, R[2] as number];
      expect(gaussianCdf([z[0]], [1]).p).toBeCloseTo(normalCdf(z[0]), 14);
      expect(gaussianCdf([z[0], infinity], [1, r01, r01, 1]).p).toBeCloseTo(normalCdf(z[0]), 12);
      const pair = gaussianCdf([z[0], z[1]], [1, r01, r01, 1]);
      expect(pair.p).toBeCloseTo(bivariateNormalCdf(z[0], z[1], r01), 12);
      expect(gaussianCdf([z[0], z[1], infinity], R).p).toBeCloseTo(pair.p, 12);
      if (Math.max(Math.abs(r01), Math.abs(r02)) > 0.95) return;
      const { p, stdErr } = gaussianCdf(z, R, options);
      expect(Math.abs(p - trivariateCdf(z, R))).toBeLessThan(6 * stdErr + 1e-7);
    });
  });

  it('does not change when a constraint is stated twice, or with an infinite limit', () => {
    check((z, R, n) => {
      const source = (i: number): number => (i < n ? i : 0);
      const twice = matrixOf(n + 1, (i, j) => R[source(i) * n + source(j)] as number);
      const a = gaussianCdf(z, R, options);
      const b = gaussianCdf([...z, z[0] as number], twice, options);
      const c = gaussianCdf([...z, Number.POSITIVE_INFINITY], twice, options);
      expect(Math.abs(a.p - b.p)).toBeLessThan(6 * Math.hypot(a.stdErr, b.stdErr) + 1e-9);
      expect(Math.abs(a.p - c.p)).toBeLessThan(6 * Math.hypot(a.stdErr, c.stdErr) + 1e-9);
    });
  });

  it('agrees with plain sampling on singular problems', () => {
    const draws = 40_000;
    for (const seed of [1, 2, 3, 4]) {
      const [n, rank] = [7, 3];
      const rows = new Float64Array(n * rank);
      new NormalSource(seed, 5).fill(0, rows);
      const R = randomCorrelation(seed, n, rank);
      const z = [0.4, 1.1, -0.2, 0.8, 2, 0.1, 1.4];
      const source = new NormalSource(99, 0);
      const y = new Float64Array(rank);
      let inside = 0;
      for (let s = 0; s < draws; s++) {
        source.fill(s, y);
        const holds = z.every((limit, i) => {
          const row = rows.subarray(i * rank, (i + 1) * rank);
          const norm = Math.hypot(...row);
          return row.reduce((sum, value, k) => sum + value * (y[k] as number), 0) / norm <= limit;
        });
        if (holds) inside++;
      }
      const { p, stdErr } = gaussianCdf(z, R, options);
      expect(Math.abs(p - inside / draws)).toBeLessThan(
        4.5 * Math.hypot(stdErr, Math.sqrt((p * (1 - p)) / draws)),
      );
    }
  });
});
