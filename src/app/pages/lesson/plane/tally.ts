import { confidenceSequence } from '../../../../estimators/intervals';

export const MOST_COPIES = 16_384;
/** Points of the way for each doubling of the copies. */
const PER_DOUBLING = 6;

/** What counting has found after n copies; the limits hold at all n at once. */
export interface TallyPoint {
  readonly n: number;
  readonly kept: number;
  readonly p: number;
  readonly lo: number;
  readonly hi: number;
}

/** The way of the estimate: at every count up to 8, then ever less often, and at the last. */
export function tallyWay(called: readonly number[], target: number): TallyPoint[] {
  const way: TallyPoint[] = [];
  let kept = 0;
  let next = 1;
  for (const [i, k] of called.entries()) {
    if (k === target) kept++;
    const n = i + 1;
    if (n < next && n < called.length) continue;
    next = Math.max(n + 1, Math.round(n * 2 ** (1 / PER_DOUBLING)));
    way.push({ n, kept, p: kept / n, ...confidenceSequence(kept, n) });
  }
  return way;
}
