import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Paced } from '../../../src/app/session/paced';

describe('what comes faster than it can be drawn', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is handed on at once after a rest, then in bunches, all of it and in order', () => {
    const seen: (readonly number[])[] = [];
    const paced = new Paced<number>((items) => void seen.push(items));
    paced.push(1);
    expect(seen).toEqual([[1]]);
    for (let i = 2; i <= 5; i++) paced.push(i);
    expect(seen).toHaveLength(1);
    vi.advanceTimersByTime(130);
    expect(seen).toEqual([[1], [2, 3, 4, 5]]);
    vi.advanceTimersByTime(1000);
    paced.push(6);
    expect(seen.at(-1)).toEqual([6]);
  });

  it('waits twice as long as the drawing took', () => {
    const seen: number[] = [];
    const paced = new Paced<number>((items) => {
      seen.push(...items);
      vi.advanceTimersByTime(400); // a slow drawing
    });
    paced.push(1);
    paced.push(2); // comes before the page has told how long it took
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(700);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(200);
    expect(seen).toEqual([1, 2]);
  });

  it('hands on what waits when it is told to, and nothing twice', () => {
    const seen: (readonly number[])[] = [];
    const paced = new Paced<number>((items) => void seen.push(items));
    paced.push(1);
    paced.push(2);
    paced.flush();
    paced.flush();
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([[1], [2]]);
  });
});
