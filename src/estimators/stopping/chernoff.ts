import { bisect } from '../math/bisect';
import { lastThat } from './looks';

/** Kullback-Leibler divergence of Bernoulli(x + step) from Bernoulli(x), without cancelling; infinite outside (0, 1). */
export function divergence(x: number, step: number): number {
  const y = x + step;
  if (y <= 0 || y >= 1) return Number.POSITIVE_INFINITY;
  const successes = x === 0 ? 0 : -x * Math.log1p(step / x);
  const failures = x === 1 ? 0 : -(1 - x) * Math.log1p(-step / (1 - x));
  return successes + failures;
}

/** To leave rounding on the safe side. */
const SAFETY = 1 + 1e-9;

/** n times the divergence that an interval needs on either side: log(2/alpha). */
const needed = (alpha: number): number => SAFETY * Math.log(2 / alpha);

/**
 * A planned stop of a proven, not computed level, for any half-width h and cap N: counting ends at the first look where
 * n kl(x, x + h) and n kl(x, x - h) are at least a = log(2/alpha), x = k/n; the interval is x +- h, or at the cap x +- w with
 * the smallest w >= h for which N kl(x, x +- w) >= a. It takes twice the copies of a rule whose coverage is computed.
 *
 * Proof that p lies above the interval with a probability of at most alpha/2; below, by symmetry. For 0 < y < p let
 * T(x) = x log(y/p) + (1-x) log((1-y)/(1-p)). exp(n T(k/n)) is a likelihood ratio, a martingale of mean 1, so it is at least
 * exp(a) where counting ends with a probability of at most exp(-a) = alpha/2. T falls in x, T(y) = kl(y, p), and with
 * g = p - y, T(x) >= kl(x, x + g) for x <= y, since log((x+g)/x) falls in x and log((1-x)/(1-x-g)) rises. So it is enough to find
 * a y with n T(x) >= a at every end that misses p from below. Let y solve N kl(y, p) = a; without one nothing misses.
 * (1) p - y >= h. An end before the cap has n kl(x, x + h) >= a, so n kl(x, p) >= a and x <= y as n <= N; then
 * n T(x) >= n kl(x, x + g) >= n kl(x, x + h) >= a. An end at the cap that misses has N kl(x, p) >= a, so x <= y and N T(x) >= N T(y) = a.
 * (2) p - y < h: take p - h, which is below y, in its place. Every end that misses has x <= p - h. Before the cap
 * n T(x) >= n kl(x, x + h) >= a; at the cap N T(x) >= N kl(p - h, p) >= N kl(y, p) = a. (Where p < h, nothing misses.)
 */
export function chernoffBoundary(n: number, halfWidth: number, alpha: number): number {
  const enough = needed(alpha) / n;
  return lastThat(Math.floor(n / 2), (k) => least(k / n, halfWidth) >= enough);
}

/** The smaller of both divergences; next to 1/2 Pinsker's bound on them, so that it falls up to there. */
function least(x: number, halfWidth: number): number {
  const pinsker = 2 * halfWidth ** 2;
  if (x > 0.5 - halfWidth) return pinsker;
  return Math.max(pinsker, Math.min(divergence(x, halfWidth), divergence(x, -halfWidth)));
}

/** Half-width of the interval at the cap. */
export function chernoffHalfWidth(k: number, n: number, alpha: number): number {
  const enough = needed(alpha) / n;
  const x = k / n;
  const side = (sign: 1 | -1, most: number) =>
    most === 0 ? 0 : bisect((width) => (width >= most ? 1 : divergence(x, sign * width) - enough), 0, most);
  return Math.max(side(1, 1 - x), side(-1, x));
}
