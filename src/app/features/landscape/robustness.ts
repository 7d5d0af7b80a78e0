import { sampledShares } from '../../../estimators/class-shares';
import type { Estimate, StopRule } from '../../../estimators/estimate';

export interface RobustnessTable {
  readonly sigmas: readonly number[];
  readonly classes: readonly {
    readonly index: number;
    /** One a radius, with limits that hold for all classes of that radius together. */
    readonly shares: readonly { readonly p: number; readonly lo: number; readonly hi: number }[];
  }[];
  /** Classes that noise leads to least, and that are not listed. */
  readonly leftOut: number;
}

/** More rows than this cannot be told apart. */
const MOST_CLASSES = 12;

/**
 * Where noise leads by radius and class, from what Monte Carlo counted; null before two radii are there. Of many classes
 * the target and those with the largest shares, in the model's order.
 */
export function robustnessTable(
  estimates: readonly (Estimate | undefined)[],
  target: number,
  stop: StopRule,
): RobustnessTable | null {
  const counted = estimates.filter((estimate) => estimate?.classCounts !== undefined) as Estimate[];
  if (counted.length < 2) return null;
  const columns = counted.map((estimate) => sampledShares(estimate, target, stop).shares);
  const K = columns[0]?.length ?? 0;
  const most = Array.from({ length: K }, (_, k) =>
    k === target ? 1 : Math.max(...columns.map((column) => column[k]?.p ?? 0)),
  );
  const order = Array.from({ length: K }, (_, k) => k).sort(
    (a, b) =>
      Number(b === target) - Number(a === target) || (most[b] as number) - (most[a] as number) || a - b,
  );
  const kept = order.slice(0, MOST_CLASSES).sort((a, b) => a - b);
  return {
    sigmas: counted.map(({ sigma }) => sigma),
    classes: kept.map((index) => ({
      index,
      shares: columns.map((column) => {
        const { p = 0, lo = 0, hi = 1 } = column[index] ?? {};
        return { p, lo, hi };
      }),
    })),
    leftOut: K - kept.length,
  };
}
