import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrelationError, gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { matrixOf, randomCorrelation } from '../../support/correlations';

describe('bad input', () => {
  it('names the eigenvalue of a matrix that is no correlation matrix', () => {
    const R = matrixOf(3, (i, j) => (i + j === 1 ? 0.9 : i + j === 2 ? 0.9 : -0.9));
    expect(() => gaussianCdf([0, 0, 0], R)).toThrow(/smallest eigenvalue is -0\.8/);
    expect(() => gaussianCdf([0, 0, 0], R)).toThrow(CorrelationError);
  });

  it('names the eigenvalue of any matrix that is not positive semi-definite', () => {
    const shifted = fc.record({
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      n: fc.integer({ min: 3, max: 30 }),
      shift: fc.double({ min: 1e-3, max: 0.3, noNaN: true }),
      limit: fc.constantFrom(-3, 0, 2, 9, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    });
    fc.assert(
      fc.property(shifted, ({ seed, n, shift, limit }) => {
        // A singular matrix has the eigenvalue 0; taking `shift` off the diagonal and rescaling moves it to this.
        const singular = randomCorrelation(seed, n, n - 1);
        const R = matrixOf(n, (i, j) => (singular[i * n + j] as number) / (1 - shift));
        fc.pre(R.every((value) => Math.abs(value) <= 1));
        const smallest = -shift / (1 - shift);
        let caught: unknown = null;
        try {
          gaussianCdf(new Float64Array(n).fill(limit), R);
        } catch (error) {
          caught = error;
        }
        expect(caught).toBeInstanceOf(CorrelationError);
        const { eigenvalue, message } = caught as CorrelationError;
        expect(Math.abs((eigenvalue as number) - smallest)).toBeLessThan(1e-9);
        expect(message).toContain((eigenvalue as number).toPrecision(6));
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it.each([300, 999])('names it at %s variables, left-out ones included', (n) => {
    const R = matrixOf(n, (i, j) => (i + j === 1 ? -0.9 : 0.5));
    for (const limit of [1, 9]) {
      const z = new Float64Array(n).fill(limit);
      // (e_0 + e_1)/sqrt(2) alone has 1 - 0.9 = 0.1; coupled to the sum of the others it goes down to this.
      const [a, b, c] = [0.1, 0.5 * Math.sqrt(2 * (n - 2)), 0.5 + 0.5 * (n - 2)];
      const smallest = (a + c) / 2 - Math.hypot((a - c) / 2, b);
      expect(() => gaussianCdf(z, R)).toThrow(`smallest eigenvalue is ${smallest.toPrecision(6)}`);
    }
  });

  it('takes the rounding of a float32 Gram matrix as zero', () => {
    const exact = randomCorrelation(5, 9, 4);
    const rounded = exact.map((value, k) => (k % 10 === 0 ? 1 : value * (1 + 3e-7 * Math.sin(7 * k))));
    for (let i = 0; i < 9; i++) for (let j = 0; j < i; j++) rounded[i * 9 + j] = rounded[j * 9 + i] as number;
    const z = [1, 0.5, 0.7, 2, 1.5, 0.2, 1.1, 0.9, 1.3];
    const a = gaussianCdf(z, exact);
    const b = gaussianCdf(z, rounded);
    // Clipping moves a limit by up to the square root of the rounding: 1e-3 of a standard deviation.
    expect(Math.abs(a.p - b.p)).toBeLessThan(1e-3);
  });

  it.each([
    [9, 4, 40],
    [30, 10, 10],
    [250, 100, 1],
  ])('takes rounding of %s variables of rank %s for what it is', (n, rank, count) => {
    const options = { absoluteTolerance: 2e-4, relativeTolerance: 1 };
    const random = new Float64Array(n * n);
    for (let seed = 1; seed <= count; seed++) {
      const exact = randomCorrelation(seed, n, rank);
      new NormalSource(seed, 6).fill(0, random);
      const z = Array.from(random.subarray(0, n), (value) => 1 + 0.5 * value);
      const noise = (i: number, j: number): number =>
        1e-7 * (random[Math.max(i, j) * n + Math.min(i, j)] as number);
      const rounded = matrixOf(n, (i, j) => (exact[i * n + j] as number) + noise(i, j));
      const a = gaussianCdf(z, exact, options);
      const b = gaussianCdf(z, rounded, options);
      // Clipping moves a limit by up to the square root of the largest eigenvalue of the noise, 1e-7 * 2 sqrt(n).
      const moved = Math.sqrt(2e-7 * Math.sqrt(n));
      expect(Math.abs(a.p - b.p)).toBeLessThan(5 * Math.hypot(a.stdErr, b.stdErr) + n * 0.4 * moved);
    }
  });

  it.each([
    [
      [0, 0],
      [1, 0.5, 0.5],
    ],
    [
      [0, 0],
      [1, 0.5, 0.4, 1],
    ],
    [
      [0, 0],
      [1, 1.5, 1.5, 1],
    ],
    [
      [0, 0],
      [2, 0, 0, 1],
    ],
    [
      [0, 0],
      [1, Number.NaN, Number.NaN, 1],
    ],
  ])('refuses z = %j with R = %j', (z, R) => {
    expect(() => gaussianCdf(z, R)).toThrow(CorrelationError);
  });

  it('refuses a limit that is not a number and honours infinite ones', () => {
    expect(() => gaussianCdf([Number.NaN], [1])).toThrow(RangeError);
    expect(gaussianCdf([Number.NEGATIVE_INFINITY, 1], [1, 0, 0, 1])).toMatchObject({ p: 0, fail: 1 });
    expect(gaussianCdf([Number.POSITIVE_INFINITY], [1])).toMatchObject({ p: 1, fail: 0 });
    expect(gaussianCdf([], [])).toMatchObject({ p: 1, fail: 0 });
  });
});
