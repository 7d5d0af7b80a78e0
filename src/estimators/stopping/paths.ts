import { nextLook, type StopDesign } from './looks';

/** Shares that differ from 1 and k/n by no more than sums of 257 terms do are taken for them, and need no computing. */
const ROUNDING = 3e-14;

/**
 * Shares of the paths of successes and failures that lead to k successes after n copies, for k from `from` on: of all
 * orders in which the k may come, `alive` says how many have not met the stop rule at an earlier look, and `first` how
 * many of all have not and begin with a success. From `clean` to n - clean none has; beyond n/2 the two mirror.
 */
export interface PathShares {
  readonly n: number;
  readonly from: number;
  readonly clean: number;
  readonly alive: Float64Array;
  readonly first: Float64Array;
}

/** At the first look: every path is still counted. */
export function firstShares(design: StopDesign): PathShares {
  const none = new Float64Array(0);
  return { n: nextLook(design, 0), from: 0, clean: 0, alive: none, first: none };
}

/** Share of paths to k of n that no earlier look has ended. */
export function aliveAt(shares: PathShares, k: number): number {
  const { n, from, clean, alive } = shares;
  const low = Math.min(k, n - k);
  if (low < from) return 0;
  return low >= clean ? 1 : (alive[low - from] as number);
}

/** Share of paths to k of n that no earlier look has ended and that begin with a success. */
function firstAt(shares: PathShares, k: number): number {
  const { n, from, clean, first } = shares;
  const low = Math.min(k, n - k);
  if (low < from) return 0;
  if (low >= clean) return k / n;
  const own = first[low - from] as number;
  return low === k ? own : aliveAt(shares, low) - own;
}

/**
 * The unbiased estimate of p at an end of k successes of n: paths from (1, 1) over paths from (0, 0), as each has the
 * probability p^k (1-p)^(n-k). Source: Girshick, Mosteller, Savage, Ann. Math. Statist. 17 (1946).
 */
export function pathValue(shares: PathShares, k: number): number {
  const alive = aliveAt(shares, k);
  return alive > 0 ? firstAt(shares, k) / alive : k / shares.n;
}

/**
 * The shares at the next look. Given k of n + m, how many of the k fell among the last m is hypergeometric, whatever p;
 * weights are taken relative to the likeliest number, so that none overflows.
 */
export function nextShares(design: StopDesign, shares: PathShares): PathShares {
  const { n, clean } = shares;
  const next = nextLook(design, n);
  const m = next - n;
  const from = Math.max(shares.from, design.boundary(n) + 1);
  const half = Math.floor(next / 2);
  // Below this a way may have come from where counting ended, or from shares that are not clean.
  const end = from === 0 ? 0 : Math.max(from, Math.min(Math.max(from, clean) + m, half + 1));
  const alive = new Float64Array(end - from);
  const first = new Float64Array(end - from);
  const sources = { from, alive: new Float64Array(end - from), first: new Float64Array(end - from) };
  for (let k = from; k < Math.min(end, n - from + 1); k++) {
    sources.alive[k - from] = aliveAt(shares, k);
    sources.first[k - from] = firstAt(shares, k);
  }
  for (let k = from; k < end; k++) {
    [alive[k - from], first[k - from]] = averageOver(sources, n, m, k);
  }
  let kept = end - from;
  while (
    kept > 0 &&
    Math.abs((alive[kept - 1] as number) - 1) < ROUNDING &&
    Math.abs((first[kept - 1] as number) - (from + kept - 1) / next) < ROUNDING
  ) {
    kept--;
  }
  return {
    n: next,
    from,
    clean: from + kept,
    alive: alive.subarray(0, kept),
    first: first.subarray(0, kept),
  };
}

interface Sources {
  readonly from: number;
  readonly alive: Float64Array;
  readonly first: Float64Array;
}

/** The mean of what stands at k - j of n, over the hypergeometric number j of the k successes that fall among m more. */
function averageOver({ from, alive, first }: Sources, n: number, m: number, k: number): [number, number] {
  const low = Math.max(0, k - n);
  const high = Math.min(m, k);
  const likeliest = Math.min(high, Math.max(low, Math.floor(((m + 1) * (k + 1)) / (n + m + 2))));
  let total = 0;
  let aliveSum = 0;
  let firstSum = 0;
  let weight = 1;
  for (let j = likeliest; j <= high && weight > 0; j++) {
    total += weight;
    const source = k - j - from;
    if (source >= 0) {
      aliveSum += weight * (alive[source] as number);
      firstSum += weight * (first[source] as number);
    }
    weight *= ((k - j) * (m - j)) / ((j + 1) * (n - k + j + 1));
  }
  weight = 1;
  for (let j = likeliest; j > low && weight > 0; j--) {
    weight *= (j * (n - k + j)) / ((k - j + 1) * (m - j + 1));
    total += weight;
    const source = k - j + 1 - from;
    if (source >= 0) {
      aliveSum += weight * (alive[source] as number);
      firstSum += weight * (first[source] as number);
    }
  }
  return [aliveSum / total, firstSum / total];
}
