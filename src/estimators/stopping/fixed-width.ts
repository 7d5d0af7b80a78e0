import { lastThat } from './looks';

/**
 * Successes and failures that are added, half each, before the spread of k of n is judged, so that none seen is not taken
 * for none. Frey adds 8; 7 need as large a z and a seventh fewer copies at p = 0.99 and 0.02 to each side.
 */
const ADDED = 7;

/** z sqrt(q(1-q)/n) with q = (k + 3.5)/(n + 7). Source: Frey, The American Statistician 64 (2010), 242-249. */
export function achievedHalfWidth(k: number, n: number, z: number): number {
  return (z * Math.sqrt(((k + ADDED / 2) * (n - k + ADDED / 2)) / n)) / (n + ADDED);
}

/** Largest k <= n/2 with an achieved half-width of at most `halfWidth`; -1 for none. */
export function fixedWidthBoundary(n: number, z: number, halfWidth: number): number {
  return lastThat(Math.floor(n / 2), (k) => achievedHalfWidth(k, n, z) <= halfWidth);
}
