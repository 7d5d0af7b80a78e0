import { logBeta } from '../estimators/math/beta';

/**
 * E|X/n - p| of X from Binomial(n, p): how far a share of n draws is off on average, even from the true p.
 * Source: de Moivre's formula E|X - np| = 2 k C(n, k) p^k (1 - p)^(n - k + 1), k = floor(np) + 1; Diaconis and Zabell,
 * Statistical Science 6 (1991).
 */
export function meanBinomialError(n: number, p: number): number {
  if (p <= 0 || p >= 1) return 0;
  const k = Math.floor(n * p) + 1;
  // k C(n, k) = 1 / B(k, n - k + 1)
  const log = -logBeta(k, n - k + 1) + k * Math.log(p) + (n - k + 1) * Math.log1p(-p);
  return (2 * Math.exp(log)) / n;
}
