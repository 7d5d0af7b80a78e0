import { normalCdf, normalQuantile } from '../../math/normal';

const ITERATIONS = 60;

/**
 * Shares that sum to 1 - plain and minimise sum_i y_i / (plain + sum_c share_c r_c(x_i)), r the densities over the plain
 * one's, given as logarithms. The terms of that sum come with them.
 */
export function leastVariance(
  y: Float64Array,
  logs: readonly Float64Array[],
  plain: number,
): { shares: Float64Array; terms: Float64Array } {
  const tops = y.map((_, i) => logs.reduce((top, row) => Math.max(top, row[i] as number), 0));
  const densities = logs.map((row) => row.map((value, i) => Math.exp(value - (tops[i] as number))));
  const scaled = y.map((value, i) => value * Math.exp(-(tops[i] as number)));
  let shares = new Float64Array(logs.length).fill((1 - plain) / logs.length);
  const mixed = (): Float64Array => {
    const q = y.map((_, i) => plain * Math.exp(-(tops[i] as number)));
    for (const [c, row] of densities.entries()) {
      const share = shares[c] as number;
      for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) + share * (row[i] as number);
    }
    return q;
  };
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const q = mixed();
    const pull = scaled.map((value, i) => value / (q[i] as number) ** 2);
    const next = shares.map((share, c) => {
      const row = densities[c] as Float64Array;
      return share * pull.reduce((sum, value, i) => sum + value * (row[i] as number), 0);
    });
    const sum = next.reduce((a, b) => a + b, 0);
    if (!(sum > 0 && Number.isFinite(sum))) break;
    shares = next.map((share) => ((1 - plain) * share) / sum);
  }
  const q = mixed();
  return { shares, terms: scaled.map((value, i) => value / (q[i] as number)) };
}

/**
 * How much less than plain samples' the variance of the best shift is where a margin of which a share `linear` of the
 * variance is along one direction, all of it Gaussian, is negative with probability `rare`.
 */
export function shiftGain(rare: number, linear: number): number {
  const z = -normalQuantile(rare);
  let least = rare;
  for (let u = 0.1; u <= z + 1; u += 0.1) {
    least = Math.min(least, Math.exp(u * u) * normalCdf(-z - u * Math.sqrt(linear)));
  }
  return (rare - rare * rare) / (least - rare * rare);
}
