import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Debounced } from '../../../src/app/ui/debounced';
import { whenIdle } from '../../../src/app/ui/idle';

/** Stands in for the browser's: calls back when the test says that the page is idle. */
let turns: (() => void)[] = [];
const idleTurn = (): void => {
  const now = turns;
  turns = [];
  for (const turn of now) turn();
};

beforeEach(() => {
  turns = [];
  vi.useFakeTimers();
  vi.stubGlobal('requestIdleCallback', (turn: () => void) => turns.push(turn));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('idle work', () => {
  it('is done in order, one piece a turn', () => {
    const done: string[] = [];
    whenIdle(() => void done.push('a'));
    const takeBack = whenIdle(() => void done.push('b'));
    whenIdle(() => {
      done.push('c');
      whenIdle(() => void done.push('d'));
    });
    takeBack();
    expect(done).toEqual([]);
    idleTurn();
    expect(done).toEqual(['a']);
    idleTurn();
    expect(done).toEqual(['a', 'c']);
    idleTurn();
    expect(done).toEqual(['a', 'c', 'd']);
    expect(turns).toHaveLength(0);
  });

  it('goes on after a piece that fails', () => {
    const done: string[] = [];
    whenIdle(() => {
      throw new Error('broken');
    });
    whenIdle(() => void done.push('next'));
    expect(idleTurn).toThrow('broken');
    idleTurn();
    expect(done).toEqual(['next']);
  });

  it('is done without the browser’s help, too', () => {
    vi.stubGlobal('requestIdleCallback', undefined);
    const done: string[] = [];
    whenIdle(() => void done.push('a'));
    whenIdle(() => void done.push('b'));
    vi.advanceTimersByTime(500);
    expect(done).toEqual(['a', 'b']);
  });
});

describe('postponed work', () => {
  it('is done once for all that ask, when they pause and the page is idle', () => {
    const work = vi.fn();
    const postponed = new Debounced(work);
    for (let i = 0; i < 4; i++) {
      postponed.ask();
      vi.advanceTimersByTime(200);
    }
    vi.advanceTimersByTime(200);
    expect(work).not.toHaveBeenCalled();
    idleTurn();
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    idleTurn();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('does not wait for ever for a pause', () => {
    const work = vi.fn();
    const postponed = new Debounced(work);
    for (let ms = 0; ms < 4100; ms += 100) {
      postponed.ask();
      vi.advanceTimersByTime(100);
    }
    idleTurn();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is asked for anew by what comes while it is done', () => {
    const work = vi.fn(() => {
      if (work.mock.calls.length === 1) postponed.ask();
    });
    const postponed = new Debounced(work);
    postponed.ask();
    vi.advanceTimersByTime(300);
    idleTurn();
    vi.advanceTimersByTime(300);
    idleTurn();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('is not done once it is taken back', () => {
    const work = vi.fn();
    const postponed = new Debounced(work);
    postponed.ask();
    postponed.cancel();
    vi.advanceTimersByTime(5000);
    postponed.ask();
    vi.advanceTimersByTime(300);
    postponed.cancel();
    idleTurn();
    expect(work).not.toHaveBeenCalled();
  });
});
