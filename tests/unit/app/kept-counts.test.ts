import { describe, expect, it } from 'vitest';
import { withKeptCounts } from '../../../src/app/session/kept-counts';
import { further } from '../../../src/app/session/results-cache';
import type { SweepState } from '../../../src/app/state/store';
import type { Estimate } from '../../../src/estimators/estimate';
import { confidenceSequence } from '../../../src/estimators/intervals';

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

const sweep = (key: string, change: Partial<SweepState> = {}): SweepState => ({
  key,
  status: 'running',
  fraction: 0,
  secondsLeft: null,
  sigmas: [0.3, 0.6],
  prediction: null,
  estimates: {},
  history: {},
  complete: [],
  failed: [],
  ms: null,
  recalled: false,
  ...change,
});

const before = sweep('facts|', {
  prediction: { logits: [3, 2, 1], probabilities: [0.7, 0.2, 0.1], predicted: 0, target: 0 },
  estimates: {
    mc: [counted, undefined],
    softmax: [{ ...counted, classCounts: undefined }, undefined] as never,
  },
});

describe('asking for another class', () => {
  it('keeps the counts, and shows confidence sequences', () => {
    const { estimates, prediction, complete } = withKeptCounts(sweep('facts|1'), before, 1);
    expect(prediction?.target).toBe(1);
    expect(complete).toEqual([]);
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
    const asked = withKeptCounts(sweep('facts|2'), before, 2);
    expect(withKeptCounts(sweep('facts|'), asked, null).estimates.mc?.[0]).toMatchObject({ successes: 1434 });
  });

  it('keeps nothing of another picture, model, seed or rule', () => {
    const empty = sweep('others|1');
    expect(withKeptCounts(empty, before, 1)).toBe(empty);
    expect(withKeptCounts(empty, null, 1)).toBe(empty);
  });

  it('takes the numbers of the own stop as soon as it is reached, and none before that say less', () => {
    const kept = withKeptCounts(sweep('facts|2'), before, 2).estimates.mc?.[0];
    const onItsWay = { ...counted, evaluations: 256, flags: ['provisional' as const] };
    const atItsStop = { ...counted, evaluations: 512 };
    expect(further(kept, onItsWay)).toBe(kept);
    expect(further(kept, atItsStop)).toBe(atItsStop);
    expect(further(atItsStop, onItsWay)).toBe(atItsStop);
  });
});
