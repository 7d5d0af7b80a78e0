import { describe, expect, it } from 'vitest';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { oneFactorCdf, oneFactorLoadings } from '../../../src/estimators/gaussian-cdf/one-factor';
import { logNormalCdf } from '../../../src/estimators/math/normal';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import {
  matrixOf,
  oneFactorCorrelation,
  oneFactorCdf as plainSum,
  randomCorrelation,
} from '../../support/correlations';

function loadingsOf(seed: number, n: number): number[] {
  const normals = new Float64Array(n);
  new NormalSource(seed, 7).fill(0, normals);
  return Array.from(normals, (value) => 0.95 * Math.tanh(value));
}

describe('a single factor', () => {
  it.each([3, 4, 9, 50])('is found in %s variables, signs and all', (n) => {
    for (let seed = 1; seed <= 20; seed++) {
      const R = oneFactorCorrelation(loadingsOf(seed, n));
      const found = oneFactorLoadings(R, n) as Float64Array;
      expect(found).not.toBeNull();
      const made = matrixOf(n, (i, j) => (found[i] as number) * (found[j] as number));
      for (const [i, value] of made.entries()) expect(Math.abs(value - (R[i] as number))).toBeLessThan(1e-12);
    }
  });

  it('is found where some variables have no part in it, or none has', () => {
    const R = oneFactorCorrelation([0, 0.5, 0, -0.8, 0.3]);
    expect(oneFactorLoadings(R, 5)).not.toBeNull();
    expect([
      ...(oneFactorLoadings(
        matrixOf(4, () => 0),
        4,
      ) as Float64Array),
    ]).toEqual([0, 0, 0, 0]);
  });

  it('is not seen where there is none', () => {
    expect(oneFactorLoadings(randomCorrelation(3, 6, 4), 6)).toBeNull();
    // One entry that is off by more than rounding, and a loading above one (a Heywood case).
    const R = oneFactorCorrelation([0.5, 0.6, 0.7, 0.8]);
    R[1] = R[4] = 0.3 + 1e-9;
    expect(oneFactorLoadings(R, 4)).toBeNull();
    const heywood = [1, 0.8, 0.8, 0.8, 1, 0.3, 0.8, 0.3, 1];
    expect(oneFactorLoadings(heywood, 3)).toBeNull();
  });
});

describe('its integral', () => {
  it.each([
    [9, 1],
    [9, -2],
    [50, 2],
    [999, 2.5],
  ])('is the plain sum of many more points, %s variables about %s', (n, centre) => {
    const loadings = loadingsOf(n, n);
    const z = loadings.map((b, i) => centre + Math.sin(i) * b);
    const { p, fail, logP } = oneFactorCdf(z, loadings) as { p: number; fail: number; logP: number };
    const exact = plainSum(z, loadings);
    expect(Math.abs(p - exact)).toBeLessThan(1e-11 * (exact + 0.01));
    expect(Math.abs(p + fail - 1)).toBeLessThan(1e-12);
    expect(Math.abs(logP - Math.log(exact))).toBeLessThan(1e-9);
  });

  it('keeps log p where p underflows, and the digits of 1 - p where p is nearly 1', () => {
    const deep = gaussianCdf(
      [-40, -40, -40],
      matrixOf(3, () => 0),
    );
    expect(deep.p).toBe(0);
    expect(Math.abs(deep.logP / (3 * logNormalCdf(-40)) - 1)).toBeLessThan(1e-12);
    const z = [6, 6.5, 7, 7.5];
    const { fail, stdErr } = gaussianCdf(
      z,
      matrixOf(4, () => 0),
    );
    const exact = -Math.expm1(z.reduce((sum, value) => sum + logNormalCdf(value), 0));
    // Leaving out what hardly ever fails is part of stdErr.
    expect(Math.abs(fail - exact)).toBeLessThan(1e-12 * exact + stdErr);
  });

  it('is left to the lattice where a loading is so near to one that the rule does not settle', () => {
    const loadings = [1 - 1e-12, 1 - 1e-12, 0.5];
    expect(oneFactorCdf([0, 0.5, 1], loadings)).toBeNull();
    const { p, stdErr } = gaussianCdf([0, 0.5, 1], oneFactorCorrelation(loadings));
    const pair = gaussianCdf([0, 1], [1, 0.5, 0.5, 1]).p;
    expect(Math.abs(p - pair)).toBeLessThan(5 * stdErr + 1e-6);
  });
});
