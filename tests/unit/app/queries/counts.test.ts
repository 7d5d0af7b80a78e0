import { describe, expect, it } from 'vitest';
import { countsFor } from '../../../../src/app/queries/counts';
import { further } from '../../../../src/app/queries/estimates';
import { NO_SWEEP, type SweepData } from '../../../../src/app/queries/sweep-data';
import type { Estimate } from '../../../../src/estimators/estimate';
import { confidenceSequence } from '../../../../src/estimators/intervals';

const counted: Estimate = {
  sigma: 0.3,
  p: 0.7,
  lo: 0.68,
  hi: 0.72,
  interval: 'fixed-width',
  level: 0.95,
  numericalError: null,
  samplingError: 0.01,
  evaluations: 2048,
  gradients: 0,
  ms: 5,
  flags: [],
  successes: 1434,
  classCounts: [1434, 600, 14],
};

const before: SweepData = {
  prediction: { logits: [3, 2, 1], probabilities: [0.7, 0.2, 0.1], predicted: 0, target: 0 },
  estimates: {
    mc: [counted, undefined],
    softmax: [{ ...counted, classCounts: undefined }, undefined] as never,
  },
  history: {},
  ms: 12,
};

describe('asking for another class', () => {
  it('keeps the counts, and shows confidence sequences', () => {
    const { estimates = {}, prediction, ms } = countsFor(before, 1) ?? {};
    expect(prediction?.target).toBe(1);
    expect(ms).toBeNull();
    expect(Object.keys(estimates)).toEqual(['mc']);
    expect(estimates.mc?.[1]).toBeUndefined();
    expect(estimates.mc?.[0]).toMatchObject({
      p: 600 / 2048,
      successes: 600,
      evaluations: 2048,
      interval: 'confidence-sequence',
      flags: ['provisional'],
      classCounts: [1434, 600, 14],
      ...confidenceSequence(600, 2048, 1 - 0.95),
    });
  });

  it('goes back to the predicted class by its counts', () => {
    const asked = countsFor(before, 2) as SweepData;
    expect(countsFor(asked, null)?.estimates.mc?.[0]).toMatchObject({ successes: 1434 });
  });

  it('keeps nothing where nothing was counted', () => {
    expect(countsFor(NO_SWEEP, 1)).toBeUndefined();
    expect(countsFor({ ...before, estimates: {} }, 1)).toBeUndefined();
  });

  it('takes the numbers of the own stop as soon as it is reached, and none before that say less', () => {
    const kept = countsFor(before, 2)?.estimates.mc?.[0];
    const onItsWay = { ...counted, evaluations: 256, flags: ['provisional' as const] };
    const atItsStop = { ...counted, evaluations: 512 };
    expect(further(kept, onItsWay)).toBe(kept);
    expect(further(kept, atItsStop)).toBe(atItsStop);
    expect(further(atItsStop, onItsWay)).toBe(atItsStop);
  });
});
