import { callClass } from '../calls';
import type { LogitGeometry } from '../model';
import { NormalSource, STREAMS } from '../noise/gaussian';

/** Multiplications spent on the draws: seconds. */
const WORK = 2 ** 31;
const DRAWS = { least: 2048, most: 65_536 } as const;
const BATCH = 64;
/** Variances that are left of the largest by less than this share are rounding. */
const ZERO_PIVOT = 1e-12;

/**
 * How often each class has the largest of logits drawn from N(logits, sigma^2 gram): all classes at once, where as many
 * Gaussian CDFs of as many dimensions would take minutes. A tie counts for none of the tied. Yields between batches.
 * @returns share and standard error of each class, the latter not zero where no draw fell into it.
 */
export function* drawnProbabilities(
  { logits, gram }: LogitGeometry,
  sigma: number,
  seed: number,
): Generator<void, { p: number; stdErr: number }[], undefined> {
  const n = logits.length;
  const { factor, rank } = pivotedCholesky(gram, n);
  const draws = Math.min(DRAWS.most, Math.max(DRAWS.least, Math.floor(WORK / (n * Math.max(1, rank)))));
  const source = new NormalSource(seed, STREAMS.check);
  const normals = new Float64Array(rank);
  const counts = new Float64Array(n);
  const values = new Float64Array(n);
  for (let draw = 0; draw < draws; draw++) {
    if (draw % BATCH === 0) yield;
    source.fill(draw, normals);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += (factor[i * n + k] as number) * (normals[k] as number);
      values[i] = (logits[i] as number) + sigma * sum;
    }
    const best = values.indexOf(Math.max(...values));
    const { margin } = callClass(values, best);
    if (margin > 0) counts[best] = (counts[best] as number) + 1;
  }
  return Array.from(counts, (count) => {
    const [a, b] = [count + 0.5, draws - count + 0.5];
    return { p: count / draws, stdErr: Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1))) };
  });
}

/** L with L L' = matrix for a positive semi-definite matrix, n x n row-major, of which `rank` columns are used. */
function pivotedCholesky(matrix: Float64Array, n: number): { factor: Float64Array; rank: number } {
  const factor = new Float64Array(n * n);
  const variance = Float64Array.from({ length: n }, (_, i) => matrix[i * (n + 1)] as number);
  const smallest = ZERO_PIVOT * variance.reduce((most, value) => Math.max(most, value), 0);
  for (let k = 0; k < n; k++) {
    const pivot = variance.reduce((best, value, i) => (value > (variance[best] as number) ? i : best), 0);
    const largest = variance[pivot] as number;
    if (!(largest > smallest)) return { factor, rank: k };
    const diagonal = Math.sqrt(largest);
    for (let i = 0; i < n; i++) {
      let sum = matrix[i * n + pivot] as number;
      for (let c = 0; c < k; c++) sum -= (factor[i * n + c] as number) * (factor[pivot * n + c] as number);
      const coefficient = sum / diagonal;
      factor[i * n + k] = coefficient;
      variance[i] = (variance[i] as number) - coefficient * coefficient;
    }
    variance[pivot] = 0;
  }
  return { factor, rank: n };
}
