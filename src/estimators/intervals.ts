import { logBeta, regularizedBeta } from './math/beta';
import { bisect } from './math/bisect';

/** Two-sided limits for a binomial probability. */
export interface Limits {
  readonly lo: number;
  readonly hi: number;
}

const LOG_BETA_HALF_HALF = Math.log(Math.PI);

function assertCounts(successes: number, trials: number): void {
  if (!(Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials)) {
    throw new RangeError(`successes ${successes} and trials ${trials} must be integers with 0 <= k <= n`);
  }
}

/**
 * Clopper-Pearson limits at confidence 1 - alpha: valid when the number of trials was fixed beforehand.
 * Source: Clopper and Pearson, Biometrika 26 (1934), through beta quantiles.
 */
export function clopperPearson(successes: number, trials: number, alpha = 0.05): Limits {
  assertCounts(successes, trials);
  const failures = trials - successes;
  const lo =
    successes === 0 ? 0 : bisect((p) => regularizedBeta(p, successes, failures + 1) - alpha / 2, 0, 1);
  const hi =
    failures === 0 ? 1 : bisect((p) => regularizedBeta(p, successes + 1, failures) - (1 - alpha / 2), 0, 1);
  return { lo, hi };
}

/**
 * Log of the Beta(1/2,1/2) mixture likelihood ratio against p: log of
 * B(k+1/2, n-k+1/2) / B(1/2,1/2) / (p^k (1-p)^(n-k)). Under p it is the log of a non-negative martingale of mean 1.
 */
function logMixtureRatio(successes: number, failures: number, logMixture: number, p: number): number {
  return (
    logMixture -
    (successes === 0 ? 0 : successes * Math.log(p)) -
    (failures === 0 ? 0 : failures * Math.log1p(-p))
  );
}

/**
 * Confidence sequence at level 1 - alpha: by Ville's inequality it covers p at every n at once, so it stays valid
 * under peeking and under any stopping rule. {p : mixture ratio < 1/alpha}.
 * Source: Robbins, Ann. Math. Statist. 41 (1970), with the Beta(1/2,1/2) mixture.
 */
export function confidenceSequence(successes: number, trials: number, alpha = 0.05): Limits {
  assertCounts(successes, trials);
  if (trials === 0) return { lo: 0, hi: 1 };
  const failures = trials - successes;
  const logMixture = logBeta(successes + 0.5, failures + 0.5) - LOG_BETA_HALF_HALF;
  const excess = (p: number) => logMixtureRatio(successes, failures, logMixture, p) + Math.log(alpha);
  const mode = successes / trials;
  const lo = successes === 0 ? 0 : bisect(excess, 0, mode);
  const hi = failures === 0 ? 1 : bisect(excess, mode, 1);
  return { lo, hi };
}
