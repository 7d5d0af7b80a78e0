import { describe, expect, it } from 'vitest';
import { takeLatest } from '../../../src/app/session/take-latest';

const tick = () => new Promise((resolve) => setTimeout(resolve));

describe('takeLatest', () => {
  it('runs one at a time and, of the calls made meanwhile, only the last', async () => {
    const seen: number[] = [];
    const finish: (() => void)[] = [];
    const ask = takeLatest(async (value: number) => {
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
