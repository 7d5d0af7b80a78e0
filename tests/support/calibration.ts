import { expect } from 'vitest';

/** Errors over standard errors from 12 shifts follow Student's t with 11 degrees of freedom. */
const MEAN_SQUARE = 11 / 9;
/** Standard deviation of t^2: E t^4 = 3 * 11^2 / (9 * 7). */
const SPREAD_OF_SQUARE = Math.sqrt((3 * 11 ** 2) / (9 * 7) - MEAN_SQUARE ** 2);
/** P(|t| > 3). */
const SHARE_BEYOND_THREE = 0.0121;

/** Fails if errors over standard errors are wider than Student's t by more than four standard deviations. */
export function expectHonest(scores: readonly number[]): void {
  const count = scores.length;
  const meanSquare = scores.reduce((sum, score) => sum + score * score, 0) / count;
  expect(meanSquare).toBeLessThan(MEAN_SQUARE + (4 * SPREAD_OF_SQUARE) / Math.sqrt(count));
  const beyond = scores.filter((score) => Math.abs(score) > 3).length;
  const expected = SHARE_BEYOND_THREE * count;
  expect(beyond).toBeLessThanOrEqual(expected + 4 * Math.sqrt(expected));
}
