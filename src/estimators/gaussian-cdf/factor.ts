import { inverseMills, logNormalCdf } from '../math/normal';
import type { Steps } from '../steps';

/** A conditional variance below this is zero: 1e-5 of a standard deviation, far under every tolerance in use. */
const ZERO_PIVOT = 1e-10;
const ZERO_COEFFICIENT = 1e-6;
/** Residuals of an exact factorisation are rounding of order n * 1e-16; anything larger is a matrix that is not PSD. */
const RESIDUAL_TOLERANCE = 1e-9;

/**
 * P(Z <= z) as a chain of one-dimensional conditionals. Step k bounds y_k, standard normal and independent, by
 * every constraint whose last non-zero coefficient is k: y_k <= (>=) limit_c - sum_{j<k} slope_cj y_j.
 */
export interface ConditionalChain {
  /** The rank of R: the number of steps. */
  readonly rank: number;
  /** The variable that each step's first constraint belongs to. */
  readonly pivots: Int32Array;
  /** Constraints of step k are numbers first[k] to first[k+1]-1. */
  readonly first: Int32Array;
  /** 1 for an upper bound on y_k, -1 for a lower one. */
  readonly side: Int8Array;
  readonly limit: Float64Array;
  /** Row c, of length `rank`, holds the slopes of constraint c on y_0 ... y_{k-1}. */
  readonly slope: Float64Array;
  /** Expected y_k given its own bound and the expected values before it. */
  readonly expected: Float64Array;
  /** Log of the product of conditional probabilities at the expected y: the scale of the answer. */
  readonly logScale: number;
}

/**
 * Cholesky factor of R, at each step choosing the constraint that is least likely given the expected values so far.
 * A constraint whose conditional variance reaches zero gets no step of its own: it bounds the last variable it depends on.
 * Sources: Gibson, Glasbey, Elston (1994) for the order; Genz and Kwong, J. Stat. Comput. Simul. 68 (2000), for singular R.
 * Returns null if R is not positive semi-definite within rounding.
 * @param z n finite limits. @param matrix n x n correlations, row-major.
 */
export function* conditionalChain(
  z: Float64Array,
  matrix: Float64Array,
  n: number,
): Steps<ConditionalChain | null> {
  const factor = new Float64Array(n * n);
  const variance = new Float64Array(n).fill(1);
  const mean = new Float64Array(n);
  const expected = new Float64Array(n);
  const open = new Set<number>(Array.from({ length: n }, (_, i) => i));
  const pivots: number[] = [];
  const closedAt: number[][] = [];
  let logScale = 0;

  while (open.size > 0) {
    yield;
    let pivot = -1;
    let lowest = Number.POSITIVE_INFINITY;
    for (const i of open) {
      const a = ((z[i] as number) - (mean[i] as number)) / Math.sqrt(variance[i] as number);
      if (a < lowest) {
        lowest = a;
        pivot = i;
      }
    }
    open.delete(pivot);
    const k = pivots.length;
    const diagonal = Math.sqrt(variance[pivot] as number);
    pivots.push(pivot);
    closedAt.push([]);
    factor[pivot * n + k] = diagonal;
    expected[k] = -inverseMills(lowest);
    logScale += logNormalCdf(lowest);

    for (const i of open) {
      let covariance = matrix[i * n + pivot] as number;
      for (let j = 0; j < k; j++)
        covariance -= (factor[i * n + j] as number) * (factor[pivot * n + j] as number);
      const coefficient = covariance / diagonal;
      factor[i * n + k] = coefficient;
      const left = (variance[i] as number) - coefficient * coefficient;
      if (left < -RESIDUAL_TOLERANCE) return null;
      variance[i] = left;
      mean[i] = (mean[i] as number) + coefficient * (expected[k] as number);
      if (left <= ZERO_PIVOT) {
        open.delete(i);
        closedAt[k]?.push(i);
      }
    }
  }

  if (!closedRowsFit(matrix, factor, n, pivots.length, closedAt)) return null;
  const { rank, first, side, limit, slope } = toChain(z, factor, n, pivots, closedAt);
  return { rank, pivots: Int32Array.from(pivots), first, side, limit, slope, expected, logScale };
}

/** A row that was closed for want of variance must be reproduced by the factor, or R was not semi-definite. */
function closedRowsFit(
  matrix: Float64Array,
  factor: Float64Array,
  n: number,
  rank: number,
  closedAt: readonly (readonly number[])[],
): boolean {
  const tolerance = 2 * Math.sqrt(ZERO_PIVOT);
  for (const i of closedAt.flat()) {
    for (let j = 0; j < n; j++) {
      let residual = matrix[i * n + j] as number;
      for (let k = 0; k < rank; k++)
        residual -= (factor[i * n + k] as number) * (factor[j * n + k] as number);
      if (Math.abs(residual) > tolerance) return false;
    }
  }
  return true;
}

function toChain(
  z: Float64Array,
  factor: Float64Array,
  n: number,
  pivots: readonly number[],
  closedAt: readonly (readonly number[])[],
): Omit<ConditionalChain, 'pivots' | 'expected' | 'logScale'> {
  const rank = pivots.length;
  const rowsOfStep: number[][] = pivots.map((pivot) => [pivot]);
  for (const i of closedAt.flat()) {
    let last = rank - 1;
    while (last > 0 && Math.abs(factor[i * n + last] as number) <= ZERO_COEFFICIENT) last--;
    rowsOfStep[last]?.push(i);
  }
  const first = new Int32Array(rank + 1);
  const side = new Int8Array(n);
  const limit = new Float64Array(n);
  const slope = new Float64Array(n * rank);
  let c = 0;
  for (const [k, rows] of rowsOfStep.entries()) {
    first[k] = c;
    for (const i of rows) {
      const coefficient = factor[i * n + k] as number;
      side[c] = coefficient > 0 ? 1 : -1;
      limit[c] = (z[i] as number) / coefficient;
      for (let j = 0; j < k; j++) slope[c * rank + j] = (factor[i * n + j] as number) / coefficient;
      c++;
    }
  }
  first[rank] = c;
  return { rank, first, side, limit, slope };
}
