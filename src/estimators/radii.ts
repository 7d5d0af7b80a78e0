/** Radii of a sweep unless another number is asked for. */
export const DEFAULT_RADII = 12;

/** Six significant digits: short in links and exports, and still distinct in a narrow range. */
const DIGITS = 6;

/** `count` >= 2 radii from min to max, both positive, spaced evenly in their logarithm; fewer where they coincide. */
export function logSpaced(min: number, max: number, count: number): number[] {
  const values = Array.from({ length: count }, (_, i) =>
    Number((min * (max / min) ** (i / (count - 1))).toPrecision(DIGITS)),
  );
  return [...new Set(values)];
}
