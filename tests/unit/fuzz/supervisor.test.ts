import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../fuzz/runner/limits';
import type { Result } from '../../../fuzz/runner/protocol';
import { roundOf } from '../../../fuzz/runner/schedule';
import { Supervisor } from '../../../fuzz/runner/supervisor';
import { Tally } from '../../../fuzz/runner/tally';
import { READERS } from './bad-readers';

describe('the process that runs trials', () => {
  it('is ended at its limits and started anew, and every other run goes on', async () => {
    const results: Result[] = [];
    const supervisor = new Supervisor({
      seed: 1,
      readers: new URL('./bad-readers.ts', import.meta.url),
      limits: { ...LIMITS, ms: 1000, bytes: 30e6 },
      onResult: (result) => results.push(result),
    });
    const runs = [0, 1, 2, 3, 4];
    await supervisor.run(runs, 1);
    expect(results.map(({ run }) => run)).toEqual(runs);
    const order = roundOf(READERS).map(({ id }) => id);
    expect(order).toEqual(['good', 'endless', 'ending', 'growing']);
    const [good, endless, ending, growing, again] = results.map(({ outcome, problem }) =>
      outcome === 'failed' ? problem : 'right',
    );
    expect(good).toBe('right');
    expect(endless).toMatch(/^not done after \d+ ms$/);
    expect(ending).toMatch(/^the process ended \(3\)/);
    expect(growing).toMatch(/^(took|grew by) \d+ MB$/);
    expect(again).toBe('right');
  });
});

describe('floors', () => {
  const [good] = READERS;
  const results = (outcomeOf: (run: number) => Result['outcome']): Result[] =>
    Array.from({ length: 100 }, (_, run) => {
      const outcome = outcomeOf(run);
      const code = outcome === 'refused' ? 'odd' : '';
      return {
        run,
        reader: 'good',
        kind: '',
        isValid: run % 2 === 0,
        outcome,
        code,
        problem: null,
        ms: 1,
        bytes: 0,
      };
    });
  const complaints = (outcomeOf: (run: number) => Result['outcome']): string => {
    const tally = new Tally();
    for (const result of results(outcomeOf)) tally.add(result);
    return tally.belowFloors(good === undefined ? [] : [good]).join(' ');
  };

  it('are reached by a reader that tells inputs apart, and by no other', () => {
    expect(complaints((run) => (run % 2 === 0 ? 'accepted' : 'refused'))).toBe('');
    expect(complaints(() => 'refused')).toMatch(/0 of 100 runs are accepted/);
    expect(complaints(() => 'accepted')).toMatch(/0 of 100 runs are refused.*nothing was refused as “odd”/);
  });
});
