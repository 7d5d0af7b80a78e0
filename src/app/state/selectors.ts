import type { Estimate } from '../../estimators/estimate';
import { cursorStops, nearestIndex, sweepRadii } from './radii';
import { stopRule } from './settings';
import type { AppState } from './store';

/** Identifies everything that the numbers of a sweep depend on; null until there is a model and an image. */
export function sweepKey({ model, image, settings }: AppState): string | null {
  if (model === null || image === null) return null;
  const radii = sweepRadii(settings, model.card);
  return JSON.stringify([
    model.sha256,
    image.sha256,
    radii,
    settings.seed,
    settings.target,
    stopRule(settings),
  ]);
}

/** The radius of the cursor, on one of its stops, at first the middle of the sweep; null until a model is there. */
export function cursorSigma({ settings, model }: AppState): number | null {
  if (model === null) return null;
  const radii = sweepRadii(settings, model.card);
  if (settings.cursor !== null) {
    const stops = cursorStops(radii);
    return stops[nearestIndex(stops, settings.cursor)] as number;
  }
  return radii[Math.floor(radii.length / 2)] as number;
}

/** The cursor's state, if it is of the sweep and the radius that are shown. */
export function cursorNow({ sweep, cursor }: AppState, sigma: number | null): AppState['cursor'] {
  return cursor !== null && cursor.base === sweep?.key && cursor.sigma === sigma ? cursor : null;
}

/** The newest estimate of one estimator at a radius, from the sweep if it has that radius, else from the cursor. */
export function estimateAt({ sweep, cursor }: AppState, id: string, sigma: number): Estimate | undefined {
  const index = sweep?.sigmas.indexOf(sigma) ?? -1;
  if (sweep && index >= 0) return sweep.estimates[id]?.[index];
  return cursor?.sigma === sigma ? cursor.estimates[id] : undefined;
}
