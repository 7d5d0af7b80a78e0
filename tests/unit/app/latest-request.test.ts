import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LatestRequest } from '../../../src/app/session/latest-request';
import { report } from '../../../src/app/session/problem';
import { cancelJob, nextJobId } from '../../../src/app/session/run-job';

vi.mock('../../../src/app/session/problem', () => ({ report: vi.fn() }));
vi.mock('../../../src/app/session/run-job', () => {
  let last = 0;
  return { cancelJob: vi.fn(), nextJobId: vi.fn(() => ++last) };
});

const REST = 250;

/** A request that stays open until it fails. */
function pending() {
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<void>((_, no) => {
    reject = no;
  });
  const asked: { id: number; isWanted: () => boolean }[] = [];
  const ask = (id: number, isWanted: () => boolean): Promise<void> => {
    asked.push({ id, isWanted });
    return promise;
  };
  return { ask, asked, reject: (reason: Error) => reject(reason) };
}

describe('the request of which only the newest counts', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.clearAllMocks();
  });

  it('is asked once, when its key has rested', () => {
    const request = new LatestRequest(REST);
    const [first, second] = [pending(), pending()];
    request.want('a', first.ask);
    vi.advanceTimersByTime(REST - 1);
    request.want('b', second.ask);
    request.want('b', second.ask);
    vi.advanceTimersByTime(REST);
    expect(first.asked).toHaveLength(0);
    expect(second.asked).toHaveLength(1);
    expect(cancelJob).not.toHaveBeenCalled();
  });

  it('cancels what runs for another key, by its number, and no longer wants its answer', () => {
    const request = new LatestRequest(REST);
    const [first, second] = [pending(), pending()];
    request.want('a', first.ask);
    vi.advanceTimersByTime(REST);
    const { id, isWanted } = first.asked[0] as (typeof first.asked)[number];
    expect(isWanted()).toBe(true);
    request.want('b', second.ask);
    expect(cancelJob).toHaveBeenCalledExactlyOnceWith(id);
    expect(isWanted()).toBe(false);
    vi.advanceTimersByTime(REST);
    expect(second.asked[0]?.id).not.toBe(id);
    expect(nextJobId).toHaveBeenCalledTimes(2);
    request.want(null, second.ask);
    expect(cancelJob).toHaveBeenLastCalledWith(second.asked[0]?.id);
    expect(request.key).toBeNull();
  });

  it('reports a failure that somebody still waits for, and no other', async () => {
    const request = new LatestRequest(REST);
    const [first, second] = [pending(), pending()];
    request.want('a', first.ask);
    vi.advanceTimersByTime(REST);
    request.want('b', second.ask);
    vi.advanceTimersByTime(REST);
    first.reject(new Error('late'));
    await vi.advanceTimersByTimeAsync(0);
    expect(report).not.toHaveBeenCalled();
    second.reject(new Error('now'));
    await vi.advanceTimersByTimeAsync(0);
    expect(report).toHaveBeenCalledExactlyOnceWith(new Error('now'));
  });
});
