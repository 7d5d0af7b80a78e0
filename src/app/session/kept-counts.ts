import { countsOfClass } from '../../estimators/counts-of-class';
import { isSameButForClass } from '../state/selectors';
import type { SweepState } from '../state/store';

/**
 * A sweep that begins with the counts of the one before, where the two differ in the class alone: what noisy copies are
 * called does not depend on the class that is asked for.
 *
 * @param target the class of the new sweep; null for the predicted one
 */
export function withKeptCounts(
  empty: SweepState,
  before: SweepState | null,
  target: number | null,
): SweepState {
  const prediction = before?.prediction ?? null;
  if (before === null || prediction === null || !isSameButForClass(empty.key, before.key)) return empty;
  const asked = target ?? prediction.predicted;
  const counted = Object.entries(before.estimates).flatMap(([id, row]) => {
    const estimates = row.map((estimate) => (estimate && countsOfClass(estimate, asked)) ?? undefined);
    return estimates.some((estimate) => estimate !== undefined) ? [[id, estimates] as const] : [];
  });
  if (counted.length === 0) return empty;
  return { ...empty, prediction: { ...prediction, target: asked }, estimates: Object.fromEntries(counted) };
}
