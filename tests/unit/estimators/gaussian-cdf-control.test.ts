import { describe, expect, it } from 'vitest';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { normalCdf } from '../../../src/estimators/math/normal';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { expectHonest } from '../../support/calibration';
import { matrixOf, twoFactorCdf, twoFactorCorrelation } from '../../support/correlations';
import { repeats } from '../../support/repeats';

/** One factor shared by all and a weaker second one, so that a matrix with a single factor is near. */
function problem(seed: number, n: number, centre: number, second = 0.25) {
  const normals = new Float64Array(3 * n);
  new NormalSource(seed, 13).fill(0, normals);
  const at = (i: number): number => Math.tanh(normals[i] as number);
  return {
    z: Array.from({ length: n }, (_, i) => centre + 0.5 * at(i)),
    first: Array.from({ length: n }, (_, i) => 0.7 + 0.15 * at(n + i)),
    second: Array.from({ length: n }, (_, i) => second * at(2 * n + i)),
  };
}

describe('the one-factor control variate', () => {
  it.each([
    [9, 1, 60],
    [9, 0, 60],
    [9, 3.5, 60],
    [20, 1.5, 40],
    // Where p is small the integrand has a tilt.
    [9, -1.5, 60],
    [20, -1, 40],
  ])('leaves the error honest: %s variables about %s', (n, centre, count) => {
    const scores: number[] = [];
    for (let seed = 1; seed <= repeats(Math.ceil(count / 4), count); seed++) {
      const { z, first, second } = problem(seed, n, centre);
      const R = twoFactorCorrelation(first, second);
      const { p, stdErr } = gaussianCdf(z, R, { seed, absoluteTolerance: 1e-5 });
      scores.push((p - twoFactorCdf(z, first, second)) / stdErr);
    }
    expectHonest(scores);
  });

  it('lowers the error at the same points', () => {
    for (const centre of [0, 1.5]) {
      const { z, first, second } = problem(5, 20, centre, 0.1);
      const R = twoFactorCorrelation(first, second);
      const options = { maxPoints: 3072, absoluteTolerance: 0 };
      const { stdErr } = gaussianCdf(z, R, options);
      const lattice = gaussianCdf(z, R, { ...options, closedForms: false });
      expect(stdErr).toBeLessThan(0.3 * lattice.stdErr);
    }
  });

  it('keeps both tails', () => {
    const { first, second } = problem(3, 9, 0);
    const R = twoFactorCorrelation(first, second);
    const far = gaussianCdf(new Array<number>(9).fill(6), R);
    const single = normalCdf(-6);
    expect(far.fail).toBeLessThan(9 * single + 5 * far.stdErr);
    expect(far.fail).toBeGreaterThan(single);
    const lattice = gaussianCdf(new Array<number>(9).fill(6), R, { closedForms: false });
    expect(Math.abs(far.fail / lattice.fail - 1)).toBeLessThan(0.05);
    const deep = gaussianCdf(new Array<number>(9).fill(-40), R);
    const plain = gaussianCdf(new Array<number>(9).fill(-40), R, { closedForms: false });
    expect(deep.p).toBe(0);
    expect(Math.abs(deep.logP - plain.logP)).toBeLessThan(0.1);
  });

  it('is at peace with a matrix that has no factor at all', () => {
    const n = 12;
    const R = matrixOf(n, (i, j) => (Math.abs(i - j) === 1 ? 0.45 * (-1) ** Math.min(i, j) : 0));
    const z = Array.from({ length: n }, (_, i) => 1 + 0.1 * i);
    const a = gaussianCdf(z, R);
    const b = gaussianCdf(z, R, { closedForms: false, seed: 2 });
    expect(Math.abs(a.p - b.p)).toBeLessThan(5 * Math.hypot(a.stdErr, b.stdErr));
  });
});
