import { describe, expect, it } from 'vitest';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { expectHonest } from '../../support/calibration';
import {
  matrixOf,
  oneFactorCdf,
  oneFactorCorrelation,
  randomCorrelation,
  trivariateCdf,
} from '../../support/correlations';
import { repeats } from '../../support/repeats';

/** n loadings in (-0.95, 0.95) and n limits about `centre`. */
function oneFactorProblem(seed: number, n: number, centre: number): { z: number[]; loadings: number[] } {
  const normals = new Float64Array(2 * n);
  new NormalSource(seed, 3).fill(0, normals);
  return {
    loadings: Array.from(normals.subarray(0, n), (value) => 0.95 * Math.tanh(value)),
    z: Array.from(normals.subarray(n), (value) => centre + 0.7 * value),
  };
}

describe('the standard error is honest', () => {
  it.each([
    [3, 0.5, 150],
    [6, 0.5, 150],
    [9, 1, 150],
    [20, 1.5, 100],
    [60, 2, 30],
    [9, -2, 60],
    [9, 2.5, 100],
  ])('over one-factor problems of %s variables about %s', (n, centre, count) => {
    const scores: number[] = [];
    for (let seed = 1; seed <= repeats(Math.ceil(count / 5), count); seed++) {
      const { z, loadings } = oneFactorProblem(seed, n, centre);
      const { p, stdErr } = gaussianCdf(z, oneFactorCorrelation(loadings), { seed, closedForms: false });
      const exact = oneFactorCdf(z, loadings);
      if (stdErr > 1e-9 * exact) scores.push((p - exact) / stdErr);
      else expect(Math.abs(p - exact)).toBeLessThan(1e-8 * exact);
    }
    expectHonest(scores);
  });

  it('over singular problems: random half-planes through the centre', () => {
    const scores: number[] = [];
    const seeds = repeats(60, 200);
    for (let seed = 1; seed <= seeds; seed++) {
      const n = 3 + (seed % 4);
      const normals = new Float64Array(n);
      new NormalSource(seed, 9).fill(0, normals);
      const angles = Array.from(normals, (value) => 0.8 * value).sort((a, b) => a - b);
      const spread = (angles[n - 1] as number) - (angles[0] as number);
      if (spread >= Math.PI) continue;
      const R = matrixOf(n, (i, j) => Math.cos((angles[i] as number) - (angles[j] as number)));
      const { p, stdErr } = gaussianCdf(new Float64Array(n), R, { seed, closedForms: false });
      const error = p - (Math.PI - spread) / (2 * Math.PI);
      if (stdErr > 1e-12) scores.push(error / stdErr);
      else expect(Math.abs(error)).toBeLessThan(1e-9);
    }
    expect(scores.length).toBeGreaterThan(seeds / 2);
    expectHonest(scores);
  });

  it('over problems of three variables against the bivariate CDF, integrated', () => {
    const scores: number[] = [];
    const triples = repeats(20, 60);
    for (let seed = 1; seed <= triples; seed++) {
      const R = randomCorrelation(seed, 3, 4);
      if (Math.max(...[1, 2].map((j) => Math.abs(R[j] as number))) > 0.9) continue;
      const z = oneFactorProblem(seed, 3, 0.3).z;
      const { p, stdErr } = gaussianCdf(z, R, { seed, absoluteTolerance: 1e-5, closedForms: false });
      scores.push((p - trivariateCdf(z, R)) / stdErr);
    }
    expect(scores.length).toBeGreaterThan(triples / 2);
    expectHonest(scores);
  });

  it('at 999 variables, with 1 - p as well as p', () => {
    for (const limit of [1.5, 3.5]) {
      const z = new Array<number>(999).fill(limit);
      const loadings = new Array<number>(999).fill(Math.SQRT1_2);
      const { p, fail, stdErr } = gaussianCdf(z, oneFactorCorrelation(loadings), {
        absoluteTolerance: 2e-3,
        relativeTolerance: 1,
        closedForms: false,
      });
      const exact = oneFactorCdf(z, loadings);
      expect(stdErr).toBeLessThanOrEqual(2e-3);
      expect(Math.abs(p - exact)).toBeLessThan(5 * stdErr);
      expect(Math.abs(fail - (1 - exact))).toBeLessThan(5 * stdErr);
    }
  });
});

it('gives the same answer to the bit, whatever was computed before', () => {
  const R = randomCorrelation(8, 9, 9);
  const z = oneFactorProblem(4, 9, 1).z;
  const first = gaussianCdf(z, R);
  gaussianCdf(new Float64Array(20), randomCorrelation(2, 20, 5));
  gaussianCdf(
    z.map((value) => 2 * value),
    R,
  );
  expect(gaussianCdf(z, R)).toEqual(first);
});
