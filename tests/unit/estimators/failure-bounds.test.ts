import { describe, expect, it } from 'vitest';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { failureBounds } from '../../../src/estimators/gaussian-cdf/failure-bounds';
import { normalCdf } from '../../../src/estimators/math/normal';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { expectHonest } from '../../support/calibration';
import {
  oneFactorCdf,
  oneFactorCorrelation,
  randomCorrelation,
  trivariateCdf,
} from '../../support/correlations';
import { repeats } from '../../support/repeats';

const random = (seed: number, n: number): Float64Array => {
  const out = new Float64Array(n);
  new NormalSource(seed, 17).fill(0, out);
  return out;
};

describe('the bounds on the probability of a failure', () => {
  it.each([4, 9, 40])('hold over one-factor problems of %s variables', (n) => {
    let bounded = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const values = random(seed, 2 * n);
      const loadings = Array.from(values.subarray(0, n), (value) => 0.95 * Math.tanh(2 * value));
      const z = values.slice(n).map((value) => 3 + 0.5 * value);
      const bounds = failureBounds(z, oneFactorCorrelation(loadings), n);
      if (bounds === null) continue;
      bounded++;
      const fail = 1 - oneFactorCdf([...z], loadings);
      expect(bounds.lower).toBeLessThanOrEqual(fail + 1e-10);
      expect(bounds.upper).toBeGreaterThanOrEqual(fail - 1e-10);
      expect(bounds.upper - bounds.lower).toBeLessThan(0.5 * bounds.upper);
    }
    expect(bounded).toBeGreaterThan(20);
  });

  it('meet where two variables are the same or opposite', () => {
    const z = Float64Array.of(2, 2.5);
    const same = failureBounds(z, Float64Array.of(1, 1, 1, 1), 2);
    expect(same?.lower).toBeCloseTo(normalCdf(-2), 10);
    expect(same?.upper).toBeCloseTo(normalCdf(-2), 10);
    const opposite = failureBounds(z, Float64Array.of(1, -1, -1, 1), 2);
    expect(opposite?.lower).toBeCloseTo(normalCdf(-2) + normalCdf(-2.5), 10);
    expect(opposite?.upper).toBeCloseTo(normalCdf(-2) + normalCdf(-2.5), 10);
  });

  it('say nothing where failures are likely', () => {
    expect(failureBounds(Float64Array.of(0, 0), Float64Array.of(1, 0, 0, 1), 2)).toBeNull();
  });
});

describe('where failures are rare', () => {
  it.each([1e-3, 1e-4])(
    'a few points that miss them do not pass for a small error: tolerance %s',
    (wanted) => {
      const options = { absoluteTolerance: wanted, relativeTolerance: 1 };
      const scores: number[] = [];
      const seeds = repeats(30, 60);
      for (let seed = 1; seed <= seeds; seed++) {
        const R = randomCorrelation(seed, 3, 3);
        if (Math.max(Math.abs(R[1] as number), Math.abs(R[2] as number)) > 0.97) continue;
        const z = random(seed, 3).map((value) => 2.5 + 0.5 * value);
        const { p, stdErr } = gaussianCdf(z, R, { ...options, seed });
        const error = p - trivariateCdf([...z], R);
        if (stdErr > 0) scores.push(error / stdErr);
        else expect(Math.abs(error)).toBeLessThan(1e-8);
      }
      expect(scores.length).toBeGreaterThan(seeds / 3);
      expectHonest(scores);
    },
  );
});
