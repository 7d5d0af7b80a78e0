import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Trials } from '../../../src/app/session/trials';
import type { OwnModelFile, OwnModelReport } from '../../../src/workers/protocol/models';
import { BROKEN } from '../../../src/workers/pulse';
import { FakeWorker } from '../../support/fake-worker';

type Answer = (files: readonly OwnModelFile[], worker: FakeWorker) => unknown;

let workers: FakeWorker[];
/** What each worker does with a model that it is to look at. */
let answers: Answer[];
let started: number;

beforeEach(() => {
  workers = [];
  answers = [];
  started = 0;
});

const never = (): Promise<never> => new Promise(() => {});
/** An error before anything was answered, as of a script that is not there. */
const missing: Answer = (_, worker) => {
  worker.dispatchEvent(new Event('error'));
  return never();
};
const trapped: Answer = (_, worker) => {
  worker.say(BROKEN);
  return never();
};
const read: Answer = ([file]) => ({ id: file?.path });

const trials = () =>
  new Trials({
    start() {
      const answer = answers.shift() ?? read;
      const worker: FakeWorker = new FakeWorker({
        start: () => {
          started++;
        },
        inspectOwnModel: (files: readonly OwnModelFile[]) => answer(files, worker),
      });
      workers.push(worker);
      return worker as unknown as Worker;
    },
    options: () => ({ backend: 'cpu', threads: 1 }),
    sentences: { silent: 'silent', ended: 'ended', cancelled: 'cancelled' },
  });

const file = (path: string): OwnModelFile => ({ path, data: new Blob([]) });
const look = (path: string, of = trials().begin()): Promise<OwnModelReport> =>
  of.run((engine) => engine.inspectOwnModel([file(path)]));

describe('the trial of a model', () => {
  it.each([
    ['whose script is missing for a moment', missing],
    ['that cannot go on', trapped],
  ])('begins again in another worker after one %s', async (_, first) => {
    answers = [first];
    expect(await look('a')).toEqual({ id: 'a' });
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    expect(started).toBe(2);
  });

  it('does not blame the model for a hang where two workers ended', async () => {
    answers = [missing, trapped];
    await expect(look('a')).rejects.toThrow(/^ended$/);
    expect(workers.length).toBe(2);
  });

  it('is not made again where it fails by itself', async () => {
    answers = [() => Promise.reject(new Error('no model'))];
    await expect(look('a')).rejects.toThrow('no model');
    expect(workers.length).toBe(1);
  });

  it('begins from its beginning: what came before the loss is asked of the second worker too', async () => {
    let looks = 0;
    answers = [
      (files, worker) => {
        looks++;
        if (looks === 2) return missing(files, worker);
        return read(files, worker);
      },
      (files, worker) => {
        looks++;
        return read(files, worker);
      },
    ];
    const trial = trials().begin();
    await trial.run(async (engine) => {
      await engine.inspectOwnModel([file('a')]);
      await engine.inspectOwnModel([file('b')]);
    });
    expect(looks).toBe(4);
  });
});

describe('trials one after the other', () => {
  it('has each in a worker of its own: the end of the first does not touch the second', async () => {
    const all = trials();
    let finishFirst = (_: unknown): void => {};
    answers = [() => new Promise((resolve) => (finishFirst = resolve))];
    const first = all.begin();
    const lookedFirst = expect(look('a', first)).rejects.toThrow('cancelled');
    await new Promise((resolve) => setTimeout(resolve));
    const second = all.begin();
    const lookedSecond = look('b', second);
    // What was begun with the first file comes to its end while the second one is tried.
    finishFirst({ id: 'a' });
    first.end();
    await lookedFirst;
    expect(await lookedSecond).toEqual({ id: 'b' });
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    await expect(look('a', first)).rejects.toThrow('cancelled');
    expect(workers.length).toBe(2);
  });

  it('does not blame the second model for the hang of the first', async () => {
    const all = trials();
    answers = [never];
    const hung = expect(look('a', all.begin())).rejects.toThrow('cancelled');
    expect(await look('b', all.begin())).toEqual({ id: 'b' });
    await hung;
  });
});

describe('an engine that is started ahead of need', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is that of the next trial, and of no other', async () => {
    const all = trials();
    all.prepare();
    all.prepare();
    await vi.waitFor(() => expect(started).toBe(1));
    expect(await look('a', all.begin())).toEqual({ id: 'a' });
    expect([workers.length, started]).toEqual([1, 1]);
    expect(await look('b', all.begin())).toEqual({ id: 'b' });
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  });

  it('does not touch the trial that goes on', async () => {
    const all = trials();
    const first = all.begin();
    all.prepare();
    expect(await look('a', first)).toEqual({ id: 'a' });
    expect(workers.some(({ isEnded }) => isEnded)).toBe(false);
  });

  it('is ended after a minute in which nothing came', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const all = trials();
    all.prepare();
    vi.advanceTimersByTime(59_000);
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([false]);
    vi.advanceTimersByTime(2000);
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true]);
    vi.useRealTimers();
    expect(await look('a', all.begin())).toEqual({ id: 'a' });
    expect(workers.length).toBe(2);
  });
});
