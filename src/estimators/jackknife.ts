/**
 * Standard error of a statistic from its values with each of G groups of the data left out in turn:
 * sqrt((G-1)/G sum (value - mean)^2). Source: Quenouille 1956, Tukey 1958; Efron, SIAM monograph 38 (1982).
 */
export function jackknifeError(leftOut: readonly number[]): number {
  const groups = leftOut.length;
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / groups;
  const squares = leftOut.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(((groups - 1) / groups) * squares);
}
