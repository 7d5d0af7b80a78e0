import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RequestIds } from '../../../../src/app/engine/request-ids';
import { resumeRequests } from '../../../../src/app/engine/resume';
import { SupervisedWorker } from '../../../../src/app/engine/supervised';
import { EngineTasks } from '../../../../src/app/engine/tasks';
import type { EngineApi } from '../../../../src/workers/protocol/engine';
import type { AdversarialRequest } from '../../../../src/workers/protocol/explain';
import type { JobEvent, SweepJob } from '../../../../src/workers/protocol/sweep';
import { BROKEN } from '../../../../src/workers/pulse';
import { FakeWorker } from '../../../support/fake-worker';

const JOB = {
  modelId: 'mnist-cnn',
  x: new Float32Array(4),
  target: null,
  sigmas: [0.1],
  estimators: ['taylor', 'mc'],
  seed: 0,
  stop: { rule: 'fixed', samples: 10 },
} as const;
const ADVERSARY = { modelId: 'mnist-cnn', x: new Float32Array(4), target: 3, seed: 0 };

type Run = Parameters<EngineApi['run']>;

/** An engine that notes what it is asked and leaves the answer to the test. */
class Engine extends FakeWorker {
  readonly runs: { job: SweepJob; emit: Run[1]; finish(): void }[];
  readonly searches: { onProgress(fraction: number): void; answer(found: unknown): void }[];

  constructor() {
    const runs: Engine['runs'] = [];
    const searches: Engine['searches'] = [];
    super({
      run: (job: SweepJob, emit: Run[1]) => new Promise<void>((finish) => runs.push({ job, emit, finish })),
      nearestAdversarial: (_: AdversarialRequest, onProgress: (fraction: number) => void) =>
        new Promise((answer) => searches.push({ onProgress, answer })),
      cancel: () => {},
    });
    this.runs = runs;
    this.searches = searches;
  }
}

let lives: Engine[] = [];
let supervised: SupervisedWorker<EngineApi>;
let tasks: EngineTasks;

beforeEach(() => {
  lives = [];
  const ids = new RequestIds();
  supervised = new SupervisedWorker<EngineApi>({
    start: () => {
      const life = new Engine();
      lives.push(life);
      return life as unknown as Worker;
    },
    attempts: () => 2,
    lost: () => new Error('The engine stopped answering twice.'),
    ...resumeRequests(ids),
  });
  tasks = new EngineTasks(supervised.api, ids);
});
afterEach(() => supervised.end(new Error('the test is over')));

/** Waits until something is there, with messages let in. */
async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
const life = (i: number) => lives[i] as Engine;
const runOf = (i: number) => until(() => lives[i]?.runs[0]);
const progress = ({ job }: { job: SweepJob }, fraction: number): JobEvent => ({
  type: 'progress',
  jobId: job.id,
  fraction,
  secondsLeft: null,
});

describe('a task whose engine is lost', () => {
  it('goes on with the estimators that are not finished; the old engine is not heard any more', async () => {
    const iterator = tasks.sweep(JOB)[Symbol.asyncIterator]();
    const first = await runOf(0);
    first.emit(progress(first, 0.6));
    first.emit({ type: 'partial', jobId: first.job.id, updates: [], finished: ['taylor'] });
    const told = [(await iterator.next()).value, (await iterator.next()).value];
    life(0).say(BROKEN);
    const second = await runOf(1);
    expect(second.job.estimators).toEqual(['mc']);
    first.emit({ type: 'error', jobId: first.job.id, error: { code: 'internal', message: 'late' } });
    second.emit(progress(second, 0.3));
    second.emit({ type: 'done', jobId: second.job.id, cancelled: false, ms: 7 });
    second.finish();
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) told.push(next.value);
    expect(told).toEqual([
      { type: 'progress', fraction: 0.6, secondsLeft: null },
      { type: 'partial', updates: [], finished: ['taylor'] },
      { type: 'progress', fraction: 0.6, secondsLeft: null },
      { type: 'done', ms: 7 },
    ]);
  });

  it('throws where the engine is lost a second time', async () => {
    const next = tasks.sweep(JOB)[Symbol.asyncIterator]().next();
    await runOf(0);
    life(0).say(BROKEN);
    await runOf(1);
    life(1).say(BROKEN);
    await expect(next).rejects.toEqual({
      code: 'internal',
      message: 'The engine stopped answering twice.',
    });
  });

  it('is not begun again where nobody waits for it', async () => {
    const task = tasks.sweep(JOB);
    await runOf(0);
    task.cancel();
    life(0).say(BROKEN);
    const other = tasks.nearestAdversarial(ADVERSARY);
    await until(() => lives[1]?.searches[0]);
    expect(life(1).runs).toEqual([]);
    other.cancel();
  });

  it('asks again for one answer', async () => {
    const iterator = tasks.nearestAdversarial(ADVERSARY)[Symbol.asyncIterator]();
    const first = await until(() => lives[0]?.searches[0]);
    first.onProgress(0.4);
    expect((await iterator.next()).value).toEqual({ type: 'progress', fraction: 0.4 });
    life(0).say(BROKEN);
    const second = await until(() => lives[1]?.searches[0]);
    first.onProgress(0.9);
    second.onProgress(0.5);
    expect((await iterator.next()).value).toEqual({ type: 'progress', fraction: 0.5 });
    second.answer({ found: null });
    expect((await iterator.next()).value).toEqual({ type: 'result', found: null });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
});
