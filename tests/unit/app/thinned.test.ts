import { describe, expect, it } from 'vitest';
import type { CurveSeries } from '../../../src/app/charts/curve';
import { drawnSeries, mostDrawn, thinned } from '../../../src/app/charts/thinned';

const points = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    sigma: i + 1,
    p: (7919 * i) % count === 1 ? 1 : 0.5 + 0.3 * Math.sin(i / 50),
    lo: null,
    hi: null,
  }));

describe('a long series', () => {
  it('keeps its ends, its extremes and its order', () => {
    const all = points(5000);
    const few = thinned(all, 300);
    expect(few.length).toBeLessThanOrEqual(300);
    expect(few.length).toBeGreaterThan(200);
    expect([few[0], few.at(-1)]).toEqual([all[0], all.at(-1)]);
    const values = (list: readonly { p: number }[]) => list.map(({ p }) => p);
    expect(Math.max(...values(few))).toBe(Math.max(...values(all)));
    expect(Math.min(...values(few))).toBe(Math.min(...values(all)));
    expect(few.toSorted((a, b) => a.sigma - b.sigma)).toEqual(few);
  });

  it('is left as it is while the chart has room for all', () => {
    const series: readonly CurveSeries[] = Array.from({ length: 18 }, (_, i) => ({
      id: `e${i}`,
      name: '',
      sampled: true,
      colour: '#000000',
      points: points(40),
    }));
    expect(drawnSeries(series)).toBe(series);
    const long = [{ ...series[0], points: points(100_000) } as CurveSeries];
    expect(drawnSeries(long)[0]?.points.length).toBeLessThanOrEqual(mostDrawn(1));
  });
});
