import '../../support/fake-window';
import { describe, expect, it, vi } from 'vitest';
import { toSweepResult } from '../../../src/app/queries/to-sweep-result';
import { useStore } from '../../../src/app/state/store';
import { DEFAULT_STOP, type Estimate } from '../../../src/estimators/estimate';
import { estimateRowSchema } from '../../../src/results/sweep-result';

const { questionNow, read } = vi.hoisted(() => ({ questionNow: vi.fn(), read: vi.fn() }));
vi.mock('../../../src/app/queries/series', () => ({ questionNow }));
vi.mock('../../../src/app/queries/sweep', () => ({ sweepQuery: { read } }));

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
    useStore.setState({ backend: { name: 'cpu', reason: '' } as never });
    questionNow.mockReturnValue({
      model: { sha256: 'ab', card: { id: 'm', labels: ['a', 'b'], input: {} } },
      image: { sha256: 'cd', width: 2, height: 1 },
      seed: 1,
      stop: DEFAULT_STOP,
      sigmas: [0.1],
      estimators: ['mc'],
    });
    read.mockReturnValue({ data: { prediction: { target: 0 }, estimates: { mc: [estimate] } } });
    const row = toSweepResult('main')?.estimates.mc?.[0];
    expect(row).toMatchObject({ successes: 230, evaluations: 256, nearTies: 3, exactTies: 1 });
    expect(Object.keys(row ?? {}).sort()).toEqual(Object.keys(estimateRowSchema.entries).sort());
  });
});
