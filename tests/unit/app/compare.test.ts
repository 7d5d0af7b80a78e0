import { describe, expect, it } from 'vitest';
import { judgeComparison } from '../../../src/app/features/curve/compare/verdict';
import { relatives } from '../../../src/app/state/relatives';
import { DEFAULT_STOP, type Estimate } from '../../../src/estimators/estimate';
import type { ModelIndex } from '../../../src/workers/models/card';

const sampled = (sigma: number, kept: number, of = 1000): Estimate => ({
  sigma,
  p: kept / of,
  lo: 0,
  hi: 1,
  interval: 'confidence-sequence',
  level: 0.95,
  numericalError: null,
  samplingError: 0.01,
  evaluations: of,
  gradients: 0,
  ms: 1,
  flags: [],
  classCounts: [of - kept, kept],
});
const target = 1;

describe('two curves', () => {
  it('are told apart where sampling does, the largest difference first', () => {
    const shown = { target, row: [sampled(0.1, 995), sampled(0.2, 600), sampled(0.4, 300)] };
    const compared = { target, row: [sampled(0.1, 997), sampled(0.2, 950), sampled(0.4, 900)] };
    const { complete, apart } = judgeComparison(shown, compared, 3, DEFAULT_STOP);
    expect(complete).toBe(true);
    expect(apart.map(({ sigma }) => sigma)).toEqual([0.4, 0.2]);
    expect(apart[0]).toEqual({ sigma: 0.4, shown: 0.3, compared: 0.9 });
  });

  it('each count for their own class', () => {
    const picture = { target: 0, row: [sampled(0.1, 100)] };
    const { apart } = judgeComparison(picture, { target, row: [sampled(0.1, 900)] }, 1, DEFAULT_STOP);
    // 900 of 1000 kept class 0 as 900 kept class 1.
    expect(apart).toEqual([]);
  });

  it('are judged as far as they are there', () => {
    const shown = { target, row: [sampled(0.1, 900), undefined] };
    const { complete, apart } = judgeComparison(
      shown,
      { target, row: [sampled(0.1, 100), sampled(0.2, 5)] },
      2,
      DEFAULT_STOP,
    );
    expect(complete).toBe(false);
    expect(apart).toHaveLength(1);
    expect(judgeComparison({ target, row: [] }, { target, row: [] }, 0, DEFAULT_STOP).complete).toBe(false);
  });

  it('need more to be told apart at one radius the more radii are judged', () => {
    const isApart = (kept: number, count: number): boolean => {
      const [one, other] = [500, kept].map((each) => ({ target, row: [sampled(0.1, each)] }));
      return (
        one !== undefined &&
        other !== undefined &&
        judgeComparison(one, other, count, DEFAULT_STOP).apart.length > 0
      );
    };
    const least = (count: number) =>
      Array.from({ length: 500 }, (_, i) => 500 + i).find((k) => isApart(k, count));
    expect(least(40)).toBeGreaterThan(least(1) as number);
  });
});

describe('relatives', () => {
  const entry = (id: string, name: string, ordinary?: string) => ({
    id,
    name,
    summary: '',
    dataset: 'MNIST',
    ...(ordinary === undefined ? {} : { ordinary }),
  });
  const index: ModelIndex = {
    schema: 'probust-models/1',
    default: 'net',
    models: [
      entry('linear', 'Linear'),
      entry('net', 'Network'),
      entry('net-noise', 'Network, trained on noise', 'net'),
      entry('net-odd', 'Another name', 'net'),
    ],
  };

  it('are the ordinary model and those that started from it, from whichever one looks', () => {
    const expected = [
      { id: 'net', trait: null },
      { id: 'net-noise', trait: 'Trained on noise' },
      { id: 'net-odd', trait: 'Another name' },
    ];
    expect(relatives(index, 'net')).toEqual(expected);
    expect(relatives(index, 'net-noise')).toEqual(expected);
  });

  it('of a model without any are itself; of one that is not bundled none', () => {
    expect(relatives(index, 'linear')).toEqual([{ id: 'linear', trait: null }]);
    expect(relatives(index, 'sha256:00')).toEqual([]);
    expect(relatives(null, 'net')).toEqual([]);
  });
});
