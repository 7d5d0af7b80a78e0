import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LruCache } from '../../../src/estimators/lru-cache';

describe('LruCache', () => {
  it('forgets what was used least recently; reading and setting anew are uses', () => {
    const cache = new LruCache<number>(3);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.set('c', 3);
    expect(cache.get('a')).toBe(1);
    cache.set('b', 20);
    cache.set('d', 4);
    expect(cache.keys()).toEqual(['a', 'b', 'd']);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([1, 20, undefined, 4]);
  });

  it('keeps the newest even where it is larger than all there is room for', () => {
    const cache = new LruCache<string>(5, ({ length }) => length);
    cache.set('small', 'abc');
    cache.set('large', 'abcdefgh');
    expect(cache.get('small')).toBeUndefined();
    expect(cache.get('large')).toBe('abcdefgh');
    cache.set('next', 'a');
    expect(cache.get('large')).toBeUndefined();
    expect(cache.get('next')).toBe('a');
  });

  it('holds what a list in the order of use would hold', () => {
    const CAPACITY = 12;
    const operation = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      size: fc.option(fc.integer({ min: 0, max: 9 })),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const cache = new LruCache<{ size: number }>(CAPACITY, ({ size }) => size);
        let held: { key: string; size: number }[] = [];
        for (const { key, size } of operations) {
          const known = held.find((entry) => entry.key === key);
          if (size === null) {
            expect(cache.get(key)?.size).toBe(known?.size);
            if (known !== undefined) held = [...held.filter((entry) => entry !== known), known];
            continue;
          }
          cache.set(key, { size });
          held = [...held.filter((entry) => entry !== known), { key, size }];
          while (held.length > 1 && held.reduce((sum, entry) => sum + entry.size, 0) > CAPACITY) held.shift();
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
