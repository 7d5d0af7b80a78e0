import { normalCdf } from '../math/normal';
import { owensT } from '../math/owen';

/** Pairs are formed among so many of the tightest constraints. */
const MOST_PAIRED = 24;

/** Rigorous bounds on the probability that some constraint fails. */
export interface FailureBounds {
  readonly lower: number;
  readonly upper: number;
}

/** P(X > h, Y > k) for h, k > 0: what Owen's T gives (Owen, Ann. Math. Stat. 27, 1956). */
function bothAbove(h: number, k: number, rho: number): number {
  const own = Math.sqrt(Math.max(0, (1 - rho) * (1 + rho)));
  // Along the line X = h, at distance h, the corner lies at (k - rho h) / own; far away where own is 0.
  const [atH, atK] = [k - rho * h, h - rho * k].map((gap) => (gap === 0 ? 0 : gap / Math.max(own, 1e-9)));
  const half = 0.5 * (normalCdf(-h) + normalCdf(-k));
  return Math.max(0, half - owensT(h, atH as number) - owensT(k, atK as number));
}

/**
 * Bonferroni's lower bound, from single failures and all pairs of the tightest constraints, and Hunter's upper bound,
 * single failures less the pairs of a maximal spanning tree (J. Appl. Probab. 13, 1976). Null where constraints are as
 * likely to fail as not, for which bounds of this kind say nothing.
 */
export function failureBounds(z: Float64Array, matrix: Float64Array, n: number): FailureBounds | null {
  const single = z.map((limit) => normalCdf(-limit));
  const total = single.reduce((sum, value) => sum + value, 0);
  if (total > 0.5) return null;
  const order = Array.from(z.keys()).sort((i, j) => (z[i] as number) - (z[j] as number));
  const paired = order.slice(0, MOST_PAIRED);
  let lower = 0;
  let upper = total;
  for (const [a, i] of paired.entries()) {
    let together = 0;
    let most = 0;
    for (const j of paired.slice(0, a)) {
      const both = bothAbove(z[i] as number, z[j] as number, matrix[i * n + j] as number);
      together += both;
      most = Math.max(most, both);
    }
    // Leaving a constraint out leaves a bound.
    lower += Math.max(0, (single[i] as number) - together);
    upper -= most;
  }
  return { lower: Math.max(lower, single[order[0] as number] as number), upper };
}
