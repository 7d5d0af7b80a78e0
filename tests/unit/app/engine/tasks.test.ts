import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestIds } from '../../../../src/app/engine/request-ids';
import { EngineTasks } from '../../../../src/app/engine/tasks';
import type { AdversarialPoint } from '../../../../src/estimators/adversarial';
import type { EngineApi } from '../../../../src/workers/protocol/engine';
import type { JobEvent } from '../../../../src/workers/protocol/sweep';

const JOB = {
  modelId: 'mnist-cnn',
  x: new Float32Array(4),
  target: null,
  sigmas: [0.1],
  estimators: ['mc'],
  seed: 0,
  stop: { rule: 'fixed', samples: 10 },
} as const;
const ADVERSARY = { modelId: 'mnist-cnn', x: new Float32Array(4), target: 3, seed: 0 };
const CERTIFICATE = { ...ADVERSARY, sigma: 0.1 };
const CLASSES = { modelId: 'mnist-cnn', x: new Float32Array(4), estimatorId: 'mc', sigma: 0.1, seed: 0 };
const POINT = { distance: 1 } as unknown as AdversarialPoint;

/** A request as the engine has it, to be answered by the test. */
interface Asked {
  readonly method: string;
  readonly id: number;
  readonly tell: (event: never) => void;
  answer(value: unknown): void;
  refuse(error: unknown): void;
}

let asked: Asked[] = [];
const cancel = vi.fn(async (_: number) => {});
let ids = new RequestIds();
let tasks = new EngineTasks(engine(), ids);

function engine(): EngineTasks['engine'] {
  const method =
    (name: string) =>
    ({ id }: { id: number }, tell: (event: never) => void) =>
      new Promise((answer, refuse) => asked.push({ method: name, id, tell, answer, refuse }));
  const methods = ['run', 'classProbabilities', 'certify', 'nearestAdversarial', 'marginLandscape'];
  const api = Object.fromEntries(methods.map((name) => [name, method(name)]));
  return { ...api, cancel } as unknown as EngineTasks['engine'];
}

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const event of events) found.push(event);
  return found;
}

/** What the engine is asked, once the page has had its turn. */
function sent(): Asked {
  vi.runAllTimers();
  return asked.at(-1) as Asked;
}

const emit = ({ tell }: Asked, event: JobEvent): void => (tell as (event: JobEvent) => void)(event);
const progress = ({ tell }: Asked, fraction: number): void => (tell as (fraction: number) => void)(fraction);

beforeEach(() => {
  asked = [];
  ids = new RequestIds();
  tasks = new EngineTasks(engine(), ids);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

describe('a task for the engine', () => {
  it('is sent once the page has had its turn, in the order in which tasks were begun, each under its own id', () => {
    tasks.sweep(JOB);
    tasks.certify(CERTIFICATE);
    expect(asked).toEqual([]);
    vi.runAllTimers();
    expect(asked.map(({ method }) => method)).toEqual(['run', 'certify']);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(2);
  });

  it('never reaches the engine if it is cancelled before', async () => {
    const first = tasks.sweep(JOB);
    tasks.nearestAdversarial(ADVERSARY);
    first.cancel();
    vi.runAllTimers();
    expect(asked.map(({ method }) => method)).toEqual(['nearestAdversarial']);
    expect(cancel).not.toHaveBeenCalled();
    expect(await all(first)).toEqual([]);
  });

  it('is cancelled in the engine once it was sent, and ends at once, without late events', async () => {
    const task = tasks.sweep(JOB);
    const request = sent();
    const found = all(task);
    task.cancel();
    emit(request, { type: 'progress', jobId: request.id, fraction: 0.5, secondsLeft: null });
    emit(request, { type: 'error', jobId: request.id, error: { code: 'internal', message: 'late' } });
    expect(await found).toEqual([]);
    expect(cancel).toHaveBeenCalledExactlyOnceWith(request.id);
    expect(ids.isCancelled(request.id)).toBe(true);
    request.answer(undefined);
    await vi.runAllTimersAsync();
    expect(ids.isCancelled(request.id)).toBe(false);
  });

  it('is cancelled by whoever leaves the loop', async () => {
    const task = tasks.nearestAdversarial(ADVERSARY);
    const request = sent();
    progress(request, 0.5);
    for await (const event of task) if (event.type === 'progress') break;
    expect(cancel).toHaveBeenCalledExactlyOnceWith(request.id);
  });

  it('does not trouble the engine where it is cancelled after its end', async () => {
    const task = tasks.certify(CERTIFICATE);
    sent().answer('a certificate');
    expect(await all(task)).toHaveLength(1);
    task.cancel();
    expect(cancel).not.toHaveBeenCalled();
  });
});

describe('a sweep', () => {
  it('tells what the engine tells, without its id, and ends with what it took', async () => {
    const task = tasks.sweep(JOB);
    const request = sent();
    const { id: jobId } = request;
    emit(request, { type: 'progress', jobId, fraction: 0.5, secondsLeft: 2 });
    // The answer comes on another way than the events.
    request.answer(undefined);
    await vi.runAllTimersAsync();
    emit(request, { type: 'partial', jobId, updates: [], finished: ['mc'] });
    emit(request, { type: 'done', jobId, cancelled: false, ms: 12 });
    expect(await all(task)).toEqual([
      { type: 'progress', fraction: 0.5, secondsLeft: 2 },
      { type: 'partial', updates: [], finished: ['mc'] },
      { type: 'done', ms: 12 },
    ]);
  });

  it('throws the error of the engine after what came before it', async () => {
    const task = tasks.sweep(JOB);
    const request = sent();
    const error = { code: 'bad_request', message: 'There is no such estimator.' } as const;
    emit(request, { type: 'partial', jobId: request.id, updates: [] });
    emit(request, { type: 'error', jobId: request.id, error });
    const found: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const event of task) found.push(event);
    };
    await expect(read()).rejects.toBe(error);
    expect(found).toEqual([{ type: 'partial', updates: [] }]);
  });

  it('says that the engine stopped where the request itself is refused', async () => {
    const task = tasks.sweep(JOB);
    sent().refuse(new Error('out of memory'));
    await expect(all(task)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('out of memory'),
    });
  });
});

describe('a request of one answer', () => {
  it.each([
    ['classProbabilities', () => tasks.classProbabilities(CLASSES)],
    ['certify', () => tasks.certify(CERTIFICATE)],
  ])('%s ends with what was found', async (method, begin) => {
    const task = begin();
    const request = sent();
    expect(request.method).toBe(method);
    request.answer({ some: 'numbers' });
    expect(await all<unknown>(task)).toEqual([{ type: 'result', found: { some: 'numbers' } }]);
  });

  it.each([
    ['nearestAdversarial', () => tasks.nearestAdversarial(ADVERSARY)],
    ['marginLandscape', () => tasks.marginLandscape(CERTIFICATE)],
  ])('%s tells its progress, which never falls nor comes late, and what was found', async (method, begin) => {
    const task = begin();
    const request = sent();
    expect(request.method).toBe(method);
    for (const fraction of [0.2, 0.6, 0.1, 0.7]) progress(request, fraction);
    request.answer({ found: POINT });
    await vi.runAllTimersAsync();
    progress(request, 0.9);
    expect(await all<unknown>(task)).toEqual([
      ...[0.2, 0.6, 0.7].map((fraction) => ({ type: 'progress', fraction })),
      { type: 'result', found: POINT },
    ]);
  });

  it('tells that nothing was found', async () => {
    const task = tasks.nearestAdversarial(ADVERSARY);
    sent().answer({ found: null });
    expect(await all(task)).toEqual([{ type: 'result', found: null }]);
  });

  it('throws what the engine rejects with', async () => {
    const error: Awaited<ReturnType<EngineApi['certify']>> | object = { code: 'internal', message: 'no' };
    const task = tasks.certify(CERTIFICATE);
    sent().refuse(error);
    await expect(all(task)).rejects.toBe(error);
  });
});
