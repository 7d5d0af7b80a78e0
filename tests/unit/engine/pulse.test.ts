import { afterEach, describe, expect, it, vi } from 'vitest';
import { PauseGate, pauseBetweenSteps } from '../../../src/workers/engine/pause';
import { longStep, longTask, sendPulseTo, takeTurns } from '../../../src/workers/pulse';
import { PassBound } from '../../../src/workers/tfjs/pass-bound';

let pulses: number[] = [];

function listen(): void {
  pulses = [];
  sendPulseTo((pulse) => pulses.push(pulse));
}

afterEach(() => {
  sendPulseTo(() => {});
  vi.restoreAllMocks();
});

/** Has the clock stand still but for what the function that comes back adds. */
function holdClock(): (ms: number) => void {
  let now = 1e6;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return (ms) => {
    now += ms;
  };
}

describe('signs of life', () => {
  it('tell beforehand of steps that take long, and when they are over', () => {
    listen();
    expect(longStep(30_000, () => [...pulses])).toEqual([0, 30_000]);
    expect(() =>
      longStep(2000, () => {
        throw new Error('failed');
      }),
    ).toThrow('failed');
    longStep(20, () => {});
    expect(pulses).toEqual([0, 30_000, 0, 2000, 0]);
  });

  it('hold for the longest of several that overlap', async () => {
    listen();
    let end = (): void => {};
    const outer = longTask(60_000, () => new Promise<void>((resolve) => (end = resolve)));
    const inner = longTask(90_000, async () => longStep(5000, () => {}));
    await inner;
    end();
    await outer;
    expect(pulses).toEqual([0, 60_000, 90_000, 60_000, 0]);
  });

  it('let messages in now and then, and before a step that takes long', async () => {
    listen();
    holdClock();
    await takeTurns(50_000);
    expect(takeTurns(0)).toBeUndefined();
    let heard = false;
    setTimeout(() => {
      heard = true;
    });
    while (!heard) await takeTurns(50_000);
    expect(pulses.at(-1)).toBe(50_000);
    void takeTurns(0);
    expect(pulses.at(-1)).toBe(0);
  });

  it('end an estimator between its steps once its job is cancelled', async () => {
    const job = new AbortController();
    const pause = pauseBetweenSteps(new PauseGate().pace(job.signal), job.signal);
    await pause(50_000);
    job.abort();
    await expect(pause(50_000)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('allow a pass twenty times what the one before took, row by row', () => {
    listen();
    const bound = new PassBound();
    const pass = holdClock();
    const busy = (ms: number) => () => pass(ms);
    bound.run(4, busy(80));
    bound.run(8, busy(1));
    bound.run(8, busy(1));
    const [, first, , second] = pulses;
    expect(first).toBe(60_000);
    expect(second).toBe(20 * 80 * 2);
    // After that the larger pass counts, which takes no announcement.
    expect(pulses.length).toBe(5);
  });
});
