import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tellSignsTo, watched } from '../../../src/cli/model-watch';
import { longStep } from '../../../src/workers/pulse';

describe('a model that is loaded', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    tellSignsTo(() => {});
    vi.useRealTimers();
  });

  it('gives signs until it is there, and announces what takes longer', async () => {
    const signs: number[] = [];
    tellSignsTo((longest) => signs.push(longest));
    const found = watched(async () => {
      longStep(60_000, () => {});
      await vi.advanceTimersByTimeAsync(1000);
      return 'loaded';
    });
    expect(await found).toBe('loaded');
    expect(signs).toEqual([10_000, 60_000, 10_000, 10_000, 10_000, 0]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(signs.at(-1)).toBe(0);
  });

  it('gives none once it has failed', async () => {
    const signs: number[] = [];
    tellSignsTo((longest) => signs.push(longest));
    await expect(watched(() => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
    expect(signs).toEqual([10_000, 0]);
  });
});
