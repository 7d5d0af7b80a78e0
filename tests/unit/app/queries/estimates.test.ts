import '../../../support/fake-window';
import { describe, expect, it, vi } from 'vitest';
import { further, NO_ESTIMATES, withUpdates } from '../../../../src/app/queries/estimates';
import { estimateAt, historyAt } from '../../../../src/app/queries/estimates-at';
import { radiusQuery } from '../../../../src/app/queries/radius';
import { sweepQuery } from '../../../../src/app/queries/sweep';
import type { Question } from '../../../../src/app/state/question';
import type { Estimate } from '../../../../src/estimators/estimate';

vi.mock('../../../../src/app/engine/client', () => ({}));

const estimate = (evaluations: number): Estimate => ({
  sigma: 0.1,
  p: 0.9,
  lo: 0.8,
  hi: 0.95,
  interval: 'confidence-sequence',
  level: 0.95,
  numericalError: null,
  samplingError: 0.03,
  evaluations,
  gradients: 0,
  ms: 2,
  flags: [],
});

const update = (sigmaIndex: number, evaluations: number) => ({
  estimatorId: 'mc',
  sigmaIndex,
  estimate: estimate(evaluations),
});

describe('estimates as they come in', () => {
  it('take their place by radius, with the way they came', () => {
    const table = withUpdates(
      withUpdates(NO_ESTIMATES, [update(1, 256)], 3),
      [update(1, 512), update(2, 256)],
      3,
    );
    expect(table.estimates.mc?.map((one) => one?.evaluations)).toEqual([undefined, 512, 256]);
    expect(table.history.mc?.[1]?.map(({ evaluations }) => evaluations)).toEqual([256, 512]);
    expect(NO_ESTIMATES.estimates).toEqual({});
  });

  it('replace nothing that is further on', () => {
    const [early, late] = [estimate(256), estimate(1024)];
    expect(further(undefined, early)).toBe(early);
    expect(further(late, early)).toBe(late);
    expect(further(early, late)).toBe(late);
    expect(further(early, estimate(256))).not.toBe(early);
  });
});

describe('what is known at a radius', () => {
  const known = {
    question: { sigmas: [0.1, 0.2], selectedSigma: 0.15 } as unknown as Question,
    sweep: {
      ...sweepQuery.none,
      data: { ...sweepQuery.none.data, ...withUpdates(NO_ESTIMATES, [update(1, 512)], 2) },
    },
    atRadius: { ...radiusQuery.none, data: withUpdates(NO_ESTIMATES, [update(0, 300)], 1) },
  };

  it('comes from the sweep where that has the radius, else from the selected one', () => {
    expect(estimateAt(known, 'mc', 0.2)?.evaluations).toBe(512);
    expect(historyAt(known, 'mc', 0.2)?.map(({ evaluations }) => evaluations)).toEqual([512]);
    expect(estimateAt(known, 'mc', 0.15)?.evaluations).toBe(300);
    expect(estimateAt(known, 'mc', 0.1)).toBeUndefined();
    expect(estimateAt(known, 'mc', 0.17)).toBeUndefined();
    expect(estimateAt({ ...known, question: null }, 'mc', 0.2)).toBeUndefined();
  });
});
