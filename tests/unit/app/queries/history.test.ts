import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, type History, withUpdate } from '../../../../src/app/queries/history';
import type { Estimate } from '../../../../src/estimators/estimate';
import type { EstimateSnapshot, EstimateUpdate } from '../../../../src/workers/protocol/sweep';

const estimate = (evaluations: number): Estimate => ({
  sigma: 0.1,
  p: 1 / evaluations,
  lo: 0,
  hi: 1,
  interval: 'confidence-sequence',
  level: 0.95,
  numericalError: null,
  samplingError: 0.03,
  evaluations,
  gradients: 3,
  ms: 2,
  flags: [],
});

const waypoint = (evaluations: number): EstimateSnapshot => {
  const { gradients, p, lo, hi } = estimate(evaluations);
  return { evaluations, gradients, p, lo, hi };
};

const update = (evaluations: number, passed: readonly number[] = []): EstimateUpdate => ({
  estimatorId: 'mc',
  sigmaIndex: 0,
  estimate: estimate(evaluations),
  passed: passed.map(waypoint),
});

/** 256, 512, ... in portions of the given sizes. */
function walked(portions: readonly number[]): History | undefined {
  let history: History | undefined;
  let at = 0;
  for (const size of portions) {
    const steps = Array.from({ length: size }, (_, i) => 256 * (at + i + 1));
    at += size;
    history = withUpdate(history, update(steps.at(-1) as number, steps.slice(0, -1)));
  }
  return history;
}

describe('the way of an estimate', () => {
  it('is the same whatever portions it comes in', () => {
    const portions = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(portions, (sizes) => {
        const total = sizes.reduce((sum, size) => sum + size, 0);
        expect(walked(sizes)).toEqual(walked([total]));
        expect(walked(sizes)).toEqual(walked(new Array<number>(total).fill(1)));
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('begins with the first step, ends with the last, rises and stays short', () => {
    const history = walked([3907]) ?? [];
    expect(history[0]).toEqual(waypoint(256));
    expect(history.at(-1)).toEqual(waypoint(3907 * 256));
    expect(history.length).toBeLessThan(90);
    for (const [i, point] of history.entries()) {
      if (i > 0) expect(costOf(point)).toBeGreaterThan(costOf(history[i - 1] as EstimateSnapshot));
    }
  });

  it('is not walked twice by a job that runs again', () => {
    const history = walked([20]);
    expect(withUpdate(history, update(512, [256]))).toEqual(history);
    expect(withUpdate(history, update(256 * 21, [256, 256 * 20]))).toEqual(walked([21]));
  });
});
