import { logSpaced } from '../../estimators/radii';
import type { Settings } from './settings';

/** Steps of the radius cursor between two neighbouring radii of the sweep; the radii themselves are among them. */
const CURSOR_STEPS = 8;

export interface SigmaRange {
  readonly min: number;
  readonly max: number;
}

/** The range of a sweep, from the settings where they say, else as recommended. */
export function sigmaRange(settings: Settings, recommended: SigmaRange): SigmaRange {
  const min = settings.sigmaMin ?? recommended.min;
  const max = settings.sigmaMax ?? recommended.max;
  return min < max ? { min, max } : recommended;
}

/** The radii of a sweep, spaced evenly in their logarithm. */
export function sweepRadii(settings: Settings, recommended: SigmaRange): number[] {
  const { min, max } = sigmaRange(settings, recommended);
  return logSpaced(min, max, settings.radii);
}

/** The stops of the radius cursor: those of the sweep and some between. */
export function cursorStops(radii: readonly number[]): number[] {
  return radii.flatMap((radius, i) => {
    const next = radii[i + 1];
    if (next === undefined) return [radius];
    return [radius, ...logSpaced(radius, next, CURSOR_STEPS + 1).slice(1, -1)];
  });
}

/** The index of the value nearest to `target` by ratio. */
export function nearestIndex(values: readonly number[], target: number): number {
  let best = 0;
  const distance = (i: number): number => Math.abs(Math.log((values[i] as number) / target));
  for (let i = 1; i < values.length; i++) if (distance(i) < distance(best)) best = i;
  return best;
}
