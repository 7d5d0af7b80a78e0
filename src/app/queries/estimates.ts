import type { Estimate } from '../../estimators/estimate';
import type { EstimateUpdate } from '../../workers/protocol/sweep';
import { type History, withUpdate } from './history';

/** Estimates by estimator id, one place a radius, and how each came about. */
export interface EstimateTable {
  readonly estimates: Readonly<Record<string, readonly (Estimate | undefined)[]>>;
  readonly history: Readonly<Record<string, readonly (History | undefined)[]>>;
}

export const NO_ESTIMATES: EstimateTable = { estimates: {}, history: {} };

const isProvisional = ({ flags }: Estimate): boolean => flags.includes('provisional');

/**
 * Of two estimates of the same numbers, the one further on. A job that runs again passes through everything that was
 * found before: it replaces none of that until it is as far, or at its stop, which may come sooner than that of another
 * class whose copies were counted.
 */
export function further(known: Estimate | undefined, next: Estimate): Estimate {
  if (known === undefined || known.evaluations <= next.evaluations) return next;
  const isAtItsStop = isProvisional(known) && !isProvisional(next);
  return isAtItsStop ? next : known;
}

/** A table with updates of a job. @param count radii */
export function withUpdates(
  table: EstimateTable,
  updates: readonly EstimateUpdate[],
  count: number,
): EstimateTable {
  const estimates = { ...table.estimates };
  const history = { ...table.history };
  for (const update of updates) {
    const { estimatorId: id, sigmaIndex, estimate } = update;
    const replaced = <T>(row: readonly T[] | undefined, change: (known: T | undefined) => T) =>
      Array.from({ length: count }, (_, i) => (i === sigmaIndex ? change(row?.[i]) : row?.[i]));
    estimates[id] = replaced(estimates[id], (known) => further(known, estimate));
    history[id] = replaced(history[id], (known) => withUpdate(known, update));
  }
  return { estimates, history };
}
