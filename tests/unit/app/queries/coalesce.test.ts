import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Coalesced } from '../../../../src/app/queries/coalesce';

/** Runs as many as are counted, when they run. */
function counted(work: () => void = () => {}) {
  const runs: number[] = [];
  const coalesced = new Coalesced(() => {
    runs.push(performance.now());
    work();
  });
  return { coalesced, runs };
}

describe('calls that come faster than their changes can be drawn', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('run at once after a pause, then together', () => {
    const { coalesced, runs } = counted();
    coalesced.call();
    expect(runs).toHaveLength(1);
    for (let i = 0; i < 5; i++) coalesced.call();
    expect(runs).toHaveLength(1);
    vi.advanceTimersByTime(130);
    expect(runs).toHaveLength(2);
    vi.advanceTimersByTime(1000);
    expect(runs).toHaveLength(2);
    coalesced.call();
    expect(runs).toHaveLength(3);
  });

  it('leave the page twice as long as the last run took', () => {
    const { coalesced, runs } = counted(() => vi.advanceTimersByTime(400));
    coalesced.call();
    coalesced.call();
    vi.advanceTimersByTime(700);
    expect(runs).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(runs).toHaveLength(2);
  });

  it('run when they are told to, and none twice', () => {
    const { coalesced, runs } = counted();
    coalesced.call();
    coalesced.call();
    coalesced.flush();
    coalesced.flush();
    vi.advanceTimersByTime(1000);
    expect(runs).toHaveLength(2);
  });
});
