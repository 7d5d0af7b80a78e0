/** Standard deviation of Beta(k + 1/2, n - k + 1/2): like sqrt(p(1-p)/n), but not zero where no failure was seen. */
export function samplingError(successes: number, samples: number): number {
  const [a, b] = [successes + 0.5, samples - successes + 0.5];
  return Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)));
}
