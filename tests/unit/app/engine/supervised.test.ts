import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SupervisedWorker, type Supervision } from '../../../../src/app/engine/supervised';
import { BROKEN } from '../../../../src/workers/pulse';
import { FakeWorker } from '../../../support/fake-worker';

interface Api {
  start(name: string): Promise<string>;
  add(a: number, b: number): Promise<number>;
}

/** A worker that notes what it receives. What it does not answer, it hangs on. */
class NotingWorker extends FakeWorker {
  readonly received: unknown[][];

  constructor(answers: boolean) {
    const received: unknown[][] = [];
    const note = (...given: unknown[]) => {
      received.push(given);
      return answers ? given : new Promise(() => {});
    };
    super({
      start: (name: string) => note('start', name),
      add: async (a: number, b: number) => {
        await note('add', a, b);
        return a + b;
      },
    });
    this.received = received;
  }
}

let workers: NotingWorker[] = [];
let answers: boolean[] = [];

function supervise(given: Partial<Supervision> = {}): SupervisedWorker<Api> {
  return new SupervisedWorker<Api>({
    start: () => {
      const worker = new NotingWorker(answers.shift() ?? true);
      workers.push(worker);
      return worker as unknown as Worker;
    },
    attempts: () => 2,
    lost: (loss) => new Error(`lost: ${loss}`),
    first: ['start'],
    ...given,
  });
}

let now = 0;
const tick = async (ms: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += 500) {
    now += 500;
    await vi.advanceTimersByTimeAsync(500);
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  }
};

beforeEach(() => {
  workers = [];
  answers = [];
  now = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a worker that is watched', () => {
  it('is ended within five seconds of silence, and its calls go to the next one, its start first', async () => {
    const onLoss = vi.fn();
    answers = [false, true];
    const { api, end } = supervise({ onLoss });
    void api.start('wasm').catch(() => {});
    const sum = api.add(2, 3);
    await tick(5000);
    expect(await sum).toBe(5);
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    expect(workers[1]?.received).toEqual([
      ['start', 'wasm'],
      ['add', 2, 3],
    ]);
    expect(onLoss).toHaveBeenCalledTimes(1);
    void end;
  });

  it('is left alone for as long as it said that it would be busy, and while the page itself is held up', async () => {
    const onLoss = vi.fn();
    answers = [false];
    const { api } = supervise({ onLoss });
    void api.add(1, 1).catch(() => {});
    await tick(1000);
    workers[0]?.say(60_000);
    await tick(50_000);
    expect(onLoss).not.toHaveBeenCalled();
    workers[0]?.say(0);
    await tick(500);
    // An hour of sleep.
    now += 3_600_000;
    await tick(3000);
    expect(onLoss).not.toHaveBeenCalled();
    await tick(2000);
    expect(onLoss).toHaveBeenCalledTimes(1);
  });

  it('is ended at once where it says that it cannot go on', async () => {
    answers = [false, true];
    const { api } = supervise();
    const sum = api.add(4, 5);
    await tick(500);
    workers[0]?.say(BROKEN);
    await tick(500);
    expect(await sum).toBe(9);
  });

  it('is not asked the same again where that ended it as often as allowed', async () => {
    answers = [false, false, true];
    const { api } = supervise();
    const sum = api.add(1, 2);
    const failed = expect(sum).rejects.toThrow('lost: silent');
    await tick(11_000);
    await failed;
    expect(await api.add(2, 2)).toBe(4);
  });

  it('is given up where none of three answers anything', async () => {
    const onFailure = vi.fn();
    answers = [false, false, false];
    const { api } = supervise({ attempts: () => 5, onFailure });
    const failed = expect(api.add(1, 2)).rejects.toThrow('lost: ended');
    await tick(500);
    for (let i = 0; i < 3; i++) workers.at(-1)?.dispatchEvent(new Event('error'));
    await failed;
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(workers.length).toBe(3);
  });

  it('lets go of its calls when it is ended on purpose', async () => {
    answers = [false, true];
    const supervised = supervise();
    const failed = expect(supervised.api.add(1, 2)).rejects.toThrow('cancelled');
    supervised.end(new Error('cancelled'));
    await failed;
    expect(await supervised.api.add(3, 4)).toBe(7);
  });
});
