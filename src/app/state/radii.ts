import { logSpaced } from '../../estimators/radii';
import type { ModelFacts } from '../../workers/models/card';
import type { Settings } from './settings';

/** Steps of the radius cursor between two neighbouring radii of the sweep; the radii themselves are among them. */
const CURSOR_STEPS = 8;

/** The range of a sweep, from the settings where they say, else from the model's card. */
export function sigmaRange(settings: Settings, card: ModelFacts): { min: number; max: number } {
  const min = settings.sigmaMin ?? card.sigma.min;
  const max = settings.sigmaMax ?? card.sigma.max;
  return min < max ? { min, max } : { min: card.sigma.min, max: card.sigma.max };
}

/** The radii of a sweep, spaced evenly in their logarithm. */
export function sweepRadii(settings: Settings, card: ModelFacts): number[] {
  const { min, max } = sigmaRange(settings, card);
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
