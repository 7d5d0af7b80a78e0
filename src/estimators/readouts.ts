import type { Estimate } from './estimate';
import { normalQuantile } from './math/normal';

/** A number, or the most that is known of it. */
export interface BoundedValue {
  readonly relation: '=' | '>=' | '<=';
  readonly value: number;
}

type Claim = Pick<Estimate, 'sigma' | 'p' | 'lo' | 'hi'>;

/** The largest number below 1 in float64, and the smallest above 0. */
const NEXT_TO_ONE = 1 - 2 ** -53;
const NEXT_TO_ZERO = Number.MIN_VALUE;

/** A rising function of p; where no failure or no success was seen, what the limit says. */
function read({ p, lo, hi }: Claim, f: (p: number) => number): BoundedValue {
  if (p >= 1) return { relation: '>=', value: f(Math.max(lo ?? NEXT_TO_ONE, NEXT_TO_ZERO)) };
  if (p <= 0) return { relation: '<=', value: f(Math.min(hi ?? NEXT_TO_ZERO, NEXT_TO_ONE)) };
  return { relation: '=', value: f(p) };
}

/** sigma * Phi^-1(p): how far away a single straight boundary would be that fails as often. Negative for p < 1/2. */
export function equivalentDistance(claim: Claim): BoundedValue {
  return read(claim, (p) => claim.sigma * normalQuantile(p));
}

/** -log10(1 - p): the number of nines that p begins with. */
export function nines(claim: Claim): BoundedValue {
  return read(claim, (p) => -Math.log1p(-p) / Math.LN10);
}
