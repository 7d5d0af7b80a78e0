import { describe, expect, it } from 'vitest';
import type { Classifier } from '../../../src/estimators/model';
import type { JobSetting } from '../../../src/workers/engine/job';
import { Linearisations } from '../../../src/workers/engine/linearisations';
import { PauseGate } from '../../../src/workers/engine/pause';
import { runSweep } from '../../../src/workers/engine/sweep';
import { EngineError, toErrorInfo } from '../../../src/workers/errors';
import type { JobEvent, SweepJob } from '../../../src/workers/protocol/sweep';
import { linearClassifier } from '../../support/classifiers';

const classifier = () =>
  linearClassifier(
    [
      [1, 0],
      [0, 1],
      [0.5, 0.4],
    ],
    [0.1, 0, 0],
  );

const job = (overrides: Partial<SweepJob> = {}): SweepJob => ({
  id: 7,
  modelId: 'linear',
  x: Float32Array.from([0.9, 0.2]),
  target: null,
  sigmas: [0.1, 0.5],
  estimators: ['taylor', 'mc'],
  seed: 1,
  stop: { rule: 'fixed', samples: 700 },
  ...overrides,
});

const setting = (model: Classifier, signal = new AbortController().signal): JobSetting => ({
  classifier: model,
  signal,
  pace: new PauseGate().pace(signal),
  noGradients: null,
  linearisations: new Linearisations(),
});

const run = async (
  given: SweepJob,
  signal = new AbortController().signal,
  onEvent?: (event: JobEvent) => void,
) => {
  const events: JobEvent[] = [];
  const emit = (event: JobEvent): void => {
    events.push(event);
    onEvent?.(event);
  };
  await runSweep(given, emit, setting(classifier(), signal));
  return events;
};

describe('a sweep', () => {
  it('tells the prediction first, then streams estimates and progress that never falls', async () => {
    const events = await run(job());
    expect(events[0]).toMatchObject({ type: 'partial', jobId: 7, prediction: { predicted: 0, target: 0 } });
    const fractions = events.flatMap((event) => (event.type === 'progress' ? [event.fraction] : []));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    const last = new Map<string, number>();
    for (const event of events) {
      if (event.type !== 'partial') continue;
      for (const { estimatorId, sigmaIndex, estimate } of event.updates) {
        last.set(`${estimatorId} ${sigmaIndex}`, estimate.evaluations);
      }
    }
    expect(Object.fromEntries(last)).toEqual({ 'taylor 0': 1, 'taylor 1': 1, 'mc 0': 700, 'mc 1': 700 });
  });

  it('asks for the class that was chosen', async () => {
    const events = await run(job({ target: 2, estimators: ['mc'] }));
    expect(events[0]).toMatchObject({ prediction: { predicted: 0, target: 2 } });
  });

  it('stops at the next batch when it is cancelled', async () => {
    const controller = new AbortController();
    const heavy = job({ estimators: ['mc'], stop: { rule: 'fixed', samples: 2_000_000 } });
    const events = await run(
      heavy,
      controller.signal,
      ({ type }) => type === 'progress' && controller.abort(),
    );
    const updates = events.flatMap((event) => (event.type === 'partial' ? event.updates : []));
    expect(Math.max(...updates.map(({ estimate }) => estimate.evaluations))).toBeLessThan(2_000_000);
  });

  it('sends nothing once it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const events = await run(job(), controller.signal);
    expect(events.flatMap((event) => (event.type === 'partial' ? event.updates : []))).toEqual([]);
  });

  it.each([
    [{ x: new Float32Array(3) }, 'bad_request', /3 values and the model takes 2/],
    [{ sigmas: [] }, 'bad_request', /at least one radius/],
    [{ sigmas: [0.1, 0] }, 'bad_request', /positive/],
    [{ sigmas: [Number.NaN] }, 'bad_request', /positive/],
    [{ target: 3 }, 'bad_request', /no class 3/],
    [{ estimators: ['taylr'] }, 'bad_request', /no estimator “taylr”/],
    [{ seed: -1 }, 'bad_request', /a seed is an integer/],
    [{ x: Float32Array.from([Number.NaN, 0]) }, 'bad_request', /not finite/],
  ] as const)('refuses %j with a sentence', async (overrides, code, message) => {
    const error = await run(job(overrides)).catch((reason: unknown) => toErrorInfo(reason));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('goes on with the other estimators where one fails, and fails where all do', async () => {
    const broken = classifier();
    broken.linearise = async () => {
      throw new Error('no gradient');
    };
    const events: JobEvent[] = [];
    await runSweep(job(), (event) => events.push(event), setting(broken));
    const failures = events.flatMap((event) =>
      event.type === 'partial' && event.failed ? [event.failed] : [],
    );
    expect(failures).toEqual([
      { estimatorId: 'taylor', error: { code: 'internal', message: 'The engine failed: no gradient' } },
    ]);
    expect(events).toContainEqual(expect.objectContaining({ finished: ['mc'] }));
    await expect(runSweep(job({ estimators: ['taylor'] }), () => {}, setting(broken))).rejects.toThrow(
      'no gradient',
    );
  });

  it('gives unknown failures a code as well', () => {
    expect(toErrorInfo(new EngineError('device_lost', 'gone'))).toEqual({
      code: 'device_lost',
      message: 'gone',
    });
    expect(toErrorInfo('boom')).toEqual({ code: 'internal', message: 'The engine failed: boom' });
  });
});
