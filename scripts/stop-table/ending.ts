import { achievedHalfWidth, fixedWidthBoundary } from '../../src/estimators/stopping/fixed-width';
import { nextLook, type StopDesign } from '../../src/estimators/stopping/looks';
import { aliveAt, firstShares, nextShares, type PathShares } from '../../src/estimators/stopping/paths';

/** Ends of counting after n copies with k = from, from + 1, ... successes: what is needed for their probability at any p. */
export interface Ends {
  readonly n: number;
  readonly from: number;
  /** Log of the number of ways there: the probability is exp(logWays + k log p + (n - k) log(1-p)). */
  readonly logWays: Float64Array;
  /** One over the half-width of the interval there. */
  readonly perWidth: Float64Array;
}

const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) {
    logFactorials.push((logFactorials[i - 1] as number) + Math.log(i));
  }
  return logFactorials[n] as number;
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

function ends(shares: PathShares, from: number, to: number, halfWidth: (k: number) => number): Ends {
  const { n } = shares;
  const count = Math.max(0, to - from + 1);
  const logWays = new Float64Array(count);
  const perWidth = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const k = from + i;
    logWays[i] = Math.log(aliveAt(shares, k)) + logChoose(n, k);
    perWidth[i] = 1 / halfWidth(k);
  }
  return { n, from, logWays, perWidth };
}

/** The rule with these z and half-width, whatever the cap: the ends of its looks, and the shares from which a cap goes on. */
export interface Rule {
  readonly z: number;
  readonly halfWidth: number;
  readonly design: StopDesign;
  readonly looks: readonly { readonly shares: PathShares; readonly ends: readonly Ends[] }[];
  /** Copies after which every path has ended. */
  readonly last: number;
}

/** @param most no look after so many copies is needed */
export function ruleOf(z: number, halfWidth: number, most = Number.POSITIVE_INFINITY): Rule {
  const design = {
    cap: Number.MAX_SAFE_INTEGER,
    boundary: (n: number) => fixedWidthBoundary(n, z, halfWidth),
  };
  const looks = [];
  for (let shares = firstShares(design); ; shares = nextShares(design, shares)) {
    const { n } = shares;
    const boundary = design.boundary(n);
    const isLast = boundary >= Math.floor(n / 2);
    const width = () => halfWidth;
    const found = isLast
      ? [ends(shares, 0, n, width)]
      : [ends(shares, shares.from, boundary, width), ends(shares, n - boundary, n - shares.from, width)];
    looks.push({ shares, ends: found.filter(({ logWays }) => logWays.length > 0) });
    if (isLast || n >= most) return { z, halfWidth, design, looks, last: n };
  }
}

/** All ends of a rule without a cap. */
export const openEnds = ({ looks }: Rule): Ends[] => looks.flatMap((look) => look.ends);

/** All ends of a rule with a cap that can bind: where the precision is not reached there, the interval has its own half-width. */
export function cappedEnds({ z, halfWidth, design, looks }: Rule, cap: number): Ends[] {
  const before = looks.filter(({ shares }) => shares.n < cap);
  const capped = { ...design, cap };
  const last = before.at(-1)?.shares;
  const shares = last === undefined ? firstShares(capped) : nextShares(capped, last);
  const width = (k: number) => Math.max(halfWidth, achievedHalfWidth(k, cap, z));
  const start = shares.from;
  return [
    ...before.flatMap((look) => look.ends),
    ends(shares, start, nextLook(capped, shares.n - 1) - start, width),
  ];
}
