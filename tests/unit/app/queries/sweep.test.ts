import '../../../support/fake-window';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventQueue } from '../../../../src/app/engine/event-queue';
import { sweepQuery } from '../../../../src/app/queries/sweep';
import { keyFor, type Question } from '../../../../src/app/state/question';
import type { Estimate } from '../../../../src/estimators/estimate';
import type { SweepEvent } from '../../../../src/workers/protocol/sweep';

const { sweep } = vi.hoisted(() => ({ sweep: vi.fn() }));
vi.mock('../../../../src/app/engine/client', () => ({ tasks: { sweep } }));

const estimate = (evaluations: number, classCounts: number[]): Estimate => ({
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
  classCounts,
});

const question = (base: string, target: number | null, estimators = ['mc']): Question =>
  ({
    model: { card: { id: 'm' } },
    image: { prepared: { data: new Float32Array(2) } },
    sigmas: [0.1],
    estimators,
    base,
    target,
    key: keyFor(base, target),
  }) as unknown as Question;

const PREDICTION = { logits: [1, 0], probabilities: [0.7, 0.3], predicted: 0, target: 0 };
const found = (target: number): SweepEvent => ({
  type: 'partial',
  prediction: { ...PREDICTION, target },
  updates: [{ estimatorId: 'mc', sigmaIndex: 0, estimate: estimate(256, [200, 56]) }],
  finished: ['mc'],
});
const settle = () => vi.advanceTimersByTimeAsync(1000);

describe('the sweep', () => {
  const jobs: EventQueue<SweepEvent>[] = [];
  beforeAll(() => void vi.useFakeTimers());
  afterAll(() => void vi.useRealTimers());
  beforeEach(() => {
    jobs.length = 0;
    sweep.mockReset().mockImplementation(() => {
      const job = new EventQueue<SweepEvent>();
      jobs.push(job);
      return job;
    });
  });

  async function finish(asked: Question): Promise<void> {
    const leave = sweepQuery.observe(asked);
    jobs.at(-1)?.push(found(asked.target ?? PREDICTION.predicted));
    jobs.at(-1)?.push({ type: 'done', ms: 5 });
    jobs.at(-1)?.end();
    await settle();
    leave();
    await settle();
  }

  it('asks the engine for the estimators that are missing, in the order of the catalogue', async () => {
    await finish(question('order', null));
    const asked = question('order', null, ['mc', 'mmse', 'taylor']);
    const leave = sweepQuery.observe(asked);
    expect(sweep.mock.calls.map(([{ estimators }]) => estimators)).toEqual([['mc'], ['taylor', 'mmse']]);
    expect(sweepQuery.read(asked).data).toMatchObject({ ms: 5, prediction: PREDICTION });
    leave();
  });

  it('of the predicted class is that of the class by its number, and the other way round', async () => {
    await finish(question('named', 0));
    expect(sweepQuery.read(question('named', null)).status).toBe('done');
    await finish(question('predicted', null));
    expect(sweepQuery.read(question('predicted', 0)).status).toBe('done');
    expect(sweepQuery.read(question('predicted', 1)).status).toBe('running');
    await finish(question('other', 1));
    expect(sweepQuery.read(question('other', null)).status).toBe('running');
  });

  it('of another class begins with the counts, and nothing of another picture', async () => {
    await finish(question('counts', null));
    const { data, status } = sweepQuery.read(question('counts', 1));
    expect(status).toBe('running');
    expect(data.prediction?.target).toBe(1);
    expect(data.estimates.mc?.[0]).toMatchObject({ successes: 56, flags: ['provisional'] });
    expect(sweepQuery.read(question('elsewhere', 1)).data.prediction).toBeNull();
  });

  it('cancels the engine with the query', async () => {
    const asked = question('cancelled', null);
    const leave = sweepQuery.observe(asked);
    const onCancel = vi.spyOn(jobs[0] as EventQueue<SweepEvent>, 'cancel');
    sweepQuery.cancel(asked);
    await settle();
    expect(onCancel).toHaveBeenCalled();
    expect(sweepQuery.read(asked).status).toBe('cancelled');
    leave();
  });
});
