import { countsOfClass } from '../../estimators/counts-of-class';
import type { SweepData } from './sweep-data';

/**
 * What a sweep says of another class, from the classes of its noisy copies, which do not depend on the class that is asked
 * for. Undefined where it counted none.
 *
 * @param target null for the predicted class
 */
export function countsFor(known: SweepData, target: number | null): SweepData | undefined {
  const { prediction } = known;
  if (prediction === null) return undefined;
  const asked = target ?? prediction.predicted;
  const counted = Object.entries(known.estimates).flatMap(([id, row]) => {
    const estimates = row.map((estimate) => (estimate && countsOfClass(estimate, asked)) ?? undefined);
    return estimates.some((estimate) => estimate !== undefined) ? [[id, estimates] as const] : [];
  });
  if (counted.length === 0) return undefined;
  return {
    estimates: Object.fromEntries(counted),
    history: {},
    prediction: { ...prediction, target: asked },
    ms: null,
  };
}
