import { marginNorm } from '../margins';
import { normalCdf } from '../math/normal';
import type { LogitGeometry } from '../model';

/** Classes that together win at most this often are left out: a tenth of the tolerance of each probability. */
const NEGLIGIBLE = 1e-5;

export interface RelevantClasses {
  /** Their numbers, rising. */
  readonly kept: readonly number[];
  /** How often a class that was left out is among the best, at most. */
  readonly restAtMost: number;
}

/**
 * The classes that can win for logits that are affine in noise of standard deviation sigma. P[k wins] is at most
 * Phi(z) of any one of its margins; ties count for k here, so that what is left out cannot stand in the way of others
 * more often than `restAtMost`.
 */
export function relevantClasses(geometry: LogitGeometry, sigma: number): RelevantClasses {
  const { logits } = geometry;
  const bounds = Array.from(logits, (own, k) => {
    let tightest = Number.POSITIVE_INFINITY;
    for (const [i, other] of logits.entries()) {
      if (i === k) continue;
      const norm = marginNorm(geometry, k, i);
      if (norm === null && own < other) return { k, bound: 0 };
      if (norm !== null) tightest = Math.min(tightest, (own - other) / norm);
    }
    return { k, bound: tightest === Number.POSITIVE_INFINITY ? 1 : normalCdf(tightest / sigma) };
  });
  bounds.sort((a, b) => a.bound - b.bound);
  let restAtMost = 0;
  let dropped = 0;
  for (const { bound } of bounds) {
    if (restAtMost + bound > NEGLIGIBLE) break;
    restAtMost += bound;
    dropped++;
  }
  const kept = bounds.slice(dropped).map(({ k }) => k);
  return { kept: kept.sort((a, b) => a - b), restAtMost };
}

/** The geometry of some of the classes. Margins between them are the same as among all. */
export function restricted(geometry: LogitGeometry, kept: readonly number[]): LogitGeometry {
  const { logits, gram } = geometry;
  const n = kept.length;
  const part = new Float64Array(n * n);
  for (const [a, i] of kept.entries()) {
    for (const [b, j] of kept.entries()) part[a * n + b] = gram[i * logits.length + j] as number;
  }
  return { ...geometry, logits: Float64Array.from(kept, (k) => logits[k] as number), gram: part };
}
