import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Estimate } from '../../../src/estimators/estimate';
import { folderReader } from '../../../src/node/engine';
import { createEngine } from '../../../src/workers/engine/engine';
import type { JobEvent, SweepJob } from '../../../src/workers/protocol/sweep';

const HOUR_MS = 3_600_000;
const engine = createEngine({ readerOf: folderReader });

beforeAll(async () => {
  await engine.start({ backend: 'cpu', threads: null });
  await engine.loadModel('mnist-linear');
});

afterEach(() => {
  engine.setPaused(false);
  vi.restoreAllMocks();
});

let lastId = 0;
const job = (): SweepJob => ({
  id: ++lastId,
  modelId: 'mnist-linear',
  x: Float32Array.from({ length: 784 }, (_, i) => (i % 28 === 14 ? 1 : 0)),
  target: null,
  sigmas: [0.2, 0.6],
  estimators: ['taylor', 'mc'],
  seed: 3,
  stop: { rule: 'fixed', samples: 2048 },
});

/** A job that runs, with all that it has emitted so far. */
function start(given: SweepJob, onEvent: (event: JobEvent) => void = () => {}) {
  const events: JobEvent[] = [];
  const finished = engine.run(given, (event) => {
    events.push(event);
    onEvent(event);
  });
  return { events, finished };
}

/** More turns of the event loop than the batches that the job has left. */
async function manyTurns(): Promise<void> {
  for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve));
}

function estimatesOf(events: readonly JobEvent[]): Map<string, Estimate> {
  const found = new Map<string, Estimate>();
  for (const event of events) {
    if (event.type !== 'partial') continue;
    for (const { estimatorId, sigmaIndex, estimate } of event.updates) {
      found.set(`${estimatorId} ${sigmaIndex}`, estimate);
    }
  }
  return found;
}

/** Which radius is told of first depends on when events are sent. */
const withoutTimes = (estimates: Map<string, Estimate>) =>
  Object.fromEntries(
    [...estimates].map(([key, { ms: _ms, shared, ...rest }]) => [
      key,
      { ...rest, shared: { ...shared, ms: 0 } },
    ]),
  );

/** A job that is held after its first batch of samples, while the clock goes on by an hour. */
async function heldForAnHour() {
  const held = start(job(), (event) => {
    if (event.type === 'partial' && event.finished?.includes('taylor')) engine.setPaused(true);
  });
  await manyTurns();
  const before = held.events.length;
  await manyTurns();
  expect(held.events).toHaveLength(before);
  expect(estimatesOf(held.events).get('mc 0')?.evaluations).toBe(256);
  expect(estimatesOf(held.events).has('mc 1')).toBe(false);
  const real = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => real() + HOUR_MS);
  return held;
}

describe('a job that is held', () => {
  it('goes on where it was and finds what an undisturbed one finds', async () => {
    const undisturbed = start(job());
    await undisturbed.finished;
    const held = await heldForAnHour();
    engine.setPaused(false);
    engine.setPaused(true);
    engine.setPaused(false);
    await held.finished;
    expect(held.events.at(-1)).toMatchObject({ type: 'done', cancelled: false });
    expect(estimatesOf(held.events).get('mc 1')?.evaluations).toBe(2048);
    expect(withoutTimes(estimatesOf(held.events))).toEqual(withoutTimes(estimatesOf(undisturbed.events)));
  });

  it('counts the time it was held nowhere', async () => {
    const held = await heldForAnHour();
    engine.setPaused(false);
    await held.finished;
    const times = held.events.flatMap((event) => {
      if (event.type === 'done') return [event.ms];
      if (event.type === 'progress') return [1000 * (event.secondsLeft ?? 0)];
      return event.type === 'partial' ? event.updates.map(({ estimate }) => estimate.ms) : [];
    });
    expect(Math.max(...times)).toBeLessThan(HOUR_MS / 2);
  });

  it('can be cancelled', async () => {
    const held = await heldForAnHour();
    engine.cancel(lastId);
    await held.finished;
    expect(held.events.at(-1)).toMatchObject({ type: 'done', cancelled: true });
    expect(estimatesOf(held.events).get('mc 0')?.evaluations).toBe(256);
  });

  it('leaves the engine free for a picture of the noise', async () => {
    const held = await heldForAnHour();
    const { modelId, x, seed } = job();
    const request = { modelId, x, seed, sigma: 0.2, target: 1, count: 100 };
    expect(await engine.classifyCopies(request)).toHaveLength(100);
    engine.setPaused(false);
    await held.finished;
  });
});

it('a job that starts while all are held tells the prediction and waits with the rest', async () => {
  engine.setPaused(true);
  const late = start(job());
  await manyTurns();
  expect(late.events[0]).toMatchObject({ type: 'partial', prediction: { predicted: expect.any(Number) } });
  expect(estimatesOf(late.events).size).toBe(0);
  engine.setPaused(false);
  await late.finished;
  expect(estimatesOf(late.events).size).toBe(4);
});
