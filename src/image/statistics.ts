/**
 * The q-quantile (0 <= q <= 1) by the nearest rank below, so always one of the values. Reorders `values`.
 * @throws RangeError without values.
 */
export function quantile(values: Float32Array, q: number): number {
  const value = values.sort()[Math.floor(q * (values.length - 1))];
  if (value === undefined) throw new RangeError('A quantile needs at least one value.');
  return value;
}

/** The standard deviation of a normal distribution with the same median absolute value (about zero). */
export function robustDeviation(residuals: Float32Array): number {
  return quantile(residuals.map(Math.abs), 0.5) / NORMAL_MAD;
}

/** Median absolute deviation of the standard normal distribution, Phi^-1(3/4). */
const NORMAL_MAD = 0.6744897501960817;
