import { describe, expect, it } from 'vitest';
import { latestOnly } from '../../../src/app/session/latest';

const tick = () => new Promise((resolve) => setTimeout(resolve));

describe('latestOnly', () => {
  it('runs one at a time and, of the calls made meanwhile, only the last', async () => {
    const seen: number[] = [];
    const finish: (() => void)[] = [];
    const ask = latestOnly(async (value: number) => {
      seen.push(value);
      await new Promise<void>((resolve) => finish.push(resolve));
    });
    for (const value of [1, 2, 3, 4]) ask(value);
    expect(seen).toEqual([1]);
    finish.shift()?.();
    await tick();
    expect(seen).toEqual([1, 4]);
    finish.shift()?.();
    await tick();
    ask(5);
    expect(seen).toEqual([1, 4, 5]);
  });
});
