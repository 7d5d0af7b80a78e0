import { describe, expect, it } from 'vitest';
import { browserTimes, slowest, unitTimes } from '../../../scripts/test/slowest';
import { duration } from '../../../scripts/test/steps';

describe('the slowest tests', () => {
  it('are read from the report of unit tests, skipped ones taking no time', () => {
    const report = {
      testResults: [
        {
          name: '/repo/tests/unit/a.test.ts',
          assertionResults: [
            { fullName: 'adds', duration: 1500 },
            { fullName: 'is skipped', duration: null },
          ],
        },
      ],
    };
    expect(unitTimes(report, '/repo')).toEqual([
      { name: 'tests/unit/a.test.ts: adds', seconds: 1.5 },
      { name: 'tests/unit/a.test.ts: is skipped', seconds: 0 },
    ]);
  });

  it('are read from the report of browser tests, groups within groups included', () => {
    const spec = (title: string, ...durations: number[]) => ({
      title,
      file: 'a.spec.ts',
      tests: [{ results: durations.map((each) => ({ duration: each })) }],
    });
    const report = {
      suites: [{ specs: [spec('opens', 2000)], suites: [{ specs: [spec('in a group', 500, 250)] }] }],
    };
    expect(browserTimes(report)).toEqual([
      { name: 'a.spec.ts: opens', seconds: 2 },
      { name: 'a.spec.ts: in a group', seconds: 0.75 },
    ]);
  });

  it('come first, as many as asked for', () => {
    const times = [1, 3, 2].map((seconds) => ({ name: `${seconds}`, seconds }));
    expect(slowest(times, 2).map(({ name }) => name)).toEqual(['3', '2']);
  });

  it('have durations that a person reads', () => {
    expect([8.4, 59.6, 723].map(duration)).toEqual(['8 s', '1 min 0 s', '12 min 3 s']);
  });
});
