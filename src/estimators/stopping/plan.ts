import type { Limits } from '../intervals';
import { ALPHAS, allowedCap, KINDS_OF_CAP } from './allowed';
import { chernoffBoundary, chernoffHalfWidth } from './chernoff';
import { achievedHalfWidth, fixedWidthBoundary } from './fixed-width';
import { DECISION_SAMPLES, type StopDesign } from './looks';
import { CAPPED, OPEN, type ZRow } from './z-table';

/** A stop by precision that was planned before the first copy. Its intervals hold at its own ends alone. */
export interface StopPlan extends StopDesign {
  /** To either side, as wanted. */
  readonly halfWidth: number;
  /**
   * Half-width of the interval at an end of k successes after n copies, at confidence 1 - alpha; `halfWidth` where it was
   * reached at 95 %. Null where the plan has none at so small an alpha.
   */
  halfWidthAt(k: number, n: number, alpha: number): number | null;
}

/** Of one interval. */
const ALPHA = ALPHAS[0] as number;

/** Whether counting ends after n copies, k of them successes; n is a look. */
export function isEnd(plan: StopDesign, k: number, n: number): boolean {
  return n >= plan.cap || isPrecise(plan, k, n);
}

/** Whether the wanted half-width is reached after n copies. */
export function isPrecise(plan: StopDesign, k: number, n: number): boolean {
  return Math.min(k, n - k) <= plan.boundary(n);
}

/** The interval at an end, within [0, 1]; it contains the estimate p, which may differ from k/n. Null as `halfWidthAt`. */
export function endLimits(plan: StopPlan, k: number, n: number, alpha: number, p: number): Limits | null {
  const width = plan.halfWidthAt(k, n, alpha);
  if (width === null) return null;
  return { lo: Math.max(0, Math.min(p, k / n - width)), hi: Math.min(1, Math.max(p, k / n + width)) };
}

/** The last row whose half-width is at most the one wanted: its coverage holds for a wider interval all the more. */
const rowFor = (rows: readonly ZRow[], halfWidth: number): ZRow | undefined =>
  rows.findLast((row) => row.halfWidth <= halfWidth);

/** z at the largest alpha of the table that is at most this one; null where there is none. */
function zAt({ thousandZ }: ZRow, alpha: number): number | null {
  // Division by a number of intervals rounds.
  const found = thousandZ[ALPHAS.findIndex((known) => known <= alpha * (1 + 1e-12))];
  return found === undefined ? null : found / 1000;
}

/** Of the rule itself. */
const ownZ = ({ thousandZ }: ZRow): number => (thousandZ[0] as number) / 1000;

/** The look at which a rule has reached its half-width whatever it saw: there z sqrt(1/4 / n) is at most that. */
export function copiesAtMost(row: ZRow): number {
  return DECISION_SAMPLES * Math.ceil((ownZ(row) / (2 * row.halfWidth)) ** 2 / DECISION_SAMPLES);
}

function tablePlan(row: ZRow, halfWidth: number, cap: number): StopPlan {
  const z = ownZ(row);
  const boundary = (n: number) => fixedWidthBoundary(n, z, row.halfWidth);
  const plan = { cap, halfWidth, boundary };
  return {
    ...plan,
    halfWidthAt(k, n, alpha) {
      const own = isPrecise(plan, k, n) ? row.halfWidth : achievedHalfWidth(k, n, z);
      if (alpha >= ALPHA) return Math.max(halfWidth, own);
      const zAlpha = zAt(row, alpha);
      return zAlpha === null ? null : (own * zAlpha) / z;
    },
  };
}

/** The plan where z is not known: `chernoff.ts` proves it. */
export function provenPlan(halfWidth: number, cap: number): StopPlan {
  const plan = { cap, halfWidth, boundary: (n: number) => chernoffBoundary(n, halfWidth, ALPHA) };
  return {
    ...plan,
    halfWidthAt(k, n, alpha) {
      if (alpha < ALPHA) return null;
      return isPrecise(plan, k, n) ? halfWidth : Math.max(halfWidth, chernoffHalfWidth(k, n, ALPHA));
    },
  };
}

/**
 * Plans a stop at a half-width > 0 or at most `maxSamples` >= 1 copies, such that the interval there covers p with a
 * probability of at least 95 %, whatever p is. Where z was computed for it, that is what the exact distribution of the
 * ends gives (`npm run stop-table`); the cap is then cut to its first three digits if it can bind. Elsewhere, below 0.005
 * or, where the cap binds, 0.0025 to each side, a bound that is proven for every half-width and cap takes its place.
 */
export function planStop({ halfWidth, maxSamples }: { halfWidth: number; maxSamples: number }): StopPlan {
  const open = rowFor(OPEN, halfWidth);
  if (open !== undefined && maxSamples >= copiesAtMost(open)) return tablePlan(open, halfWidth, maxSamples);
  const cap = allowedCap(maxSamples);
  const kind = KINDS_OF_CAP.findIndex(({ from, to }) => from <= cap && cap < to);
  const capped = rowFor(CAPPED[kind]?.rows ?? [], halfWidth);
  return capped === undefined ? provenPlan(halfWidth, maxSamples) : tablePlan(capped, halfWidth, cap);
}
