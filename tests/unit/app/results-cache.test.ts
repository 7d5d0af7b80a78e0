import { describe, expect, it } from 'vitest';
import {
  further,
  keepAtCursor,
  keepSweep,
  recallAtCursor,
  recallSweep,
} from '../../../src/app/session/results-cache';
import type { SweepState } from '../../../src/app/state/store';
import type { Estimate } from '../../../src/estimators/estimate';

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

const PREDICTION = { logits: [1, 0], probabilities: [0.7, 0.3], predicted: 0, target: 0 };

const sweep = (key: string, change: Partial<SweepState> = {}): SweepState => ({
  key,
  status: 'done',
  fraction: 1,
  secondsLeft: null,
  sigmas: [0.1],
  prediction: PREDICTION,
  estimates: { mc: [estimate(256)] },
  history: {},
  complete: ['mc'],
  failed: [],
  ms: 12,
  recalled: false,
  ...change,
});

describe('a sweep that is kept', () => {
  it('comes back as it was, and says so', () => {
    const left = sweep('whole');
    keepSweep(left);
    expect(recallSweep('whole')).toEqual({ ...left, recalled: true });
    expect(recallSweep('another')).toBeUndefined();
  });

  it.each(['cancelled', 'running', 'done'] as const)('is still %s', (status) => {
    keepSweep(sweep(status, { status, secondsLeft: 3 }));
    expect(recallSweep(status)).toMatchObject({ status, secondsLeft: null });
  });

  it('of the predicted class is that of the class by its number', () => {
    keepSweep(sweep('facts|0'));
    expect(recallSweep('facts|')).toMatchObject({ key: 'facts|', complete: ['mc'] });
    keepSweep(sweep('other facts|'));
    expect(recallSweep('other facts|0')).toMatchObject({ key: 'other facts|0', complete: ['mc'] });
    expect(recallSweep('other facts|1')).toBeUndefined();
    keepSweep({ ...sweep('third facts|1'), prediction: { ...PREDICTION, target: 1 } });
    expect(recallSweep('third facts|')).toBeUndefined();
  });

  it('is open again for what failed', () => {
    keepSweep(sweep('failed', { status: 'failed', failed: ['mc'], complete: ['taylor'] }));
    expect(recallSweep('failed')).toMatchObject({ status: 'running', failed: [], complete: ['taylor'] });
    keepSweep(sweep('in part', { failed: ['taylor'] }));
    expect(recallSweep('in part')).toMatchObject({ status: 'done', failed: [], complete: ['mc'] });
  });

  it('is not kept before it has found anything, and not for ever', () => {
    keepSweep(sweep('empty', { prediction: null }));
    expect(recallSweep('empty')).toBeUndefined();
    for (let i = 0; i < 33; i++) keepSweep(sweep(`many ${i}`));
    expect(recallSweep('many 0')).toBeUndefined();
    expect(recallSweep('many 1')).toBeDefined();
  });
});

describe('what the cursor found', () => {
  it('belongs to one sweep and one radius; copies and estimates come one after the other', () => {
    const place = { base: 'sweep', sigma: 0.1 };
    const copies = { sigma: 0.1, seed: 1, target: 0, classes: [0, 1] };
    const estimates = { mc: estimate(256) };
    keepAtCursor(place, { copies });
    keepAtCursor(place, { estimates });
    expect(recallAtCursor(place)).toEqual({ copies, estimates, history: {}, classes: {}, certificate: null });
    for (const other of [
      { ...place, sigma: 0.2 },
      { ...place, base: 'other' },
    ]) {
      expect(recallAtCursor(other)).toEqual({
        copies: null,
        estimates: {},
        history: {},
        classes: {},
        certificate: null,
      });
    }
  });
});

describe('a job that runs again', () => {
  it('replaces nothing that is further on', () => {
    const [early, late] = [estimate(256), estimate(1024)];
    expect(further(undefined, early)).toBe(early);
    expect(further(late, early)).toBe(late);
    expect(further(early, late)).toBe(late);
    expect(further(early, estimate(256))).not.toBe(early);
  });
});
