import type { CurvePoint, CurveSeries } from './curve';

/** Points that a chart draws, over all of its series: more of them could not be told apart. */
const MOST_DRAWN = 1200;

/**
 * At most `most` >= 4 points, in their order: the first, the last, and of each group of neighbours the lowest and the
 * highest, so that the outline stays.
 */
export function thinned<Point extends Pick<CurvePoint, 'p'>>(
  points: readonly Point[],
  most: number,
): readonly Point[] {
  if (points.length <= most) return points;
  const groups = Math.floor((most - 2) / 2);
  const kept = new Set([0, points.length - 1]);
  const p = (i: number): number => (points[i] as Point).p;
  for (let group = 0; group < groups; group++) {
    const start = Math.floor((group * points.length) / groups);
    const end = Math.floor(((group + 1) * points.length) / groups);
    let [low, high] = [start, start];
    for (let i = start + 1; i < end; i++) {
      if (p(i) < p(low)) low = i;
      if (p(i) > p(high)) high = i;
    }
    kept.add(low).add(high);
  }
  return points.filter((_, i) => kept.has(i));
}

/** The most points that a chart of so many series draws of each. */
export const mostDrawn = (series: number): number =>
  Math.max(4, Math.floor(MOST_DRAWN / Math.max(1, series)));

/** The series of a chart, those that are too long thinned. */
export function drawnSeries(series: readonly CurveSeries[]): readonly CurveSeries[] {
  const most = mostDrawn(series.length);
  if (series.every(({ points }) => points.length <= most)) return series;
  return series.map((one) => ({ ...one, points: thinned(one.points, most) }));
}
