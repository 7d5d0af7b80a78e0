/** What `npm run stop-table` computes z for: 1 - alpha of one interval, and of so many that are judged together. */
const TOGETHER = [1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 100, 128, 200, 400, 1000, 4000];
export const ALPHAS: readonly number[] = TOGETHER.map((m) => 0.05 / m);

/** Caps that can bind, by what they need of z: below the first look, few copies, and more. */
export const KINDS_OF_CAP = [
  { from: 1, to: 256 },
  { from: 256, to: 1000 },
  { from: 1000, to: 45_000 },
] as const;

/** The largest cap up to a number that z is computed for: any below 1000, then multiples of 50, from 10 000 on of 500. */
export function allowedCap(most: number): number {
  const unit = most < 1000 ? 1 : most < 10_000 ? 50 : 500;
  return Math.floor(most / unit) * unit;
}
