import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/app/state/settings';
import type { AppState } from '../../../src/app/state/store';
import { toSweepResult } from '../../../src/app/state/to-sweep-result';
import type { Estimate } from '../../../src/estimators/estimate';
import { estimateRowSchema } from '../../../src/results/sweep-result';

describe('the sweep as it is exported', () => {
  it('has exactly the fields of the schema, whatever the page keeps beside them', () => {
    vi.stubGlobal('__APP_VERSION__', '0.0.0');
    const estimate: Estimate = {
      sigma: 0.1,
      p: 0.9,
      lo: 0.8,
      hi: 0.95,
      interval: 'confidence-sequence',
      level: 0.95,
      numericalError: null,
      samplingError: 0.03,
      evaluations: 256,
      gradients: 0,
      ms: 2,
      shared: { evaluations: 0, gradients: 0, ms: 1 },
      flags: [],
      classCounts: [230, 26],
      successes: 230,
      nearTies: 3,
      exactTies: 1,
    };
    const state = {
      settings: DEFAULT_SETTINGS,
      backend: { name: 'cpu', reason: '' },
      model: { sha256: 'ab', card: { id: 'm', labels: ['a', 'b'], input: {} } },
      image: { sha256: 'cd', width: 2, height: 1 },
      sweep: { sigmas: [0.1], prediction: { target: 0 }, estimates: { mc: [estimate] } },
    } as unknown as AppState;
    const row = toSweepResult(state)?.estimates.mc?.[0];
    expect(row).toMatchObject({ successes: 230, evaluations: 256, nearTies: 3, exactTies: 1 });
    expect(Object.keys(row ?? {}).sort()).toEqual(Object.keys(estimateRowSchema.entries).sort());
  });
});
