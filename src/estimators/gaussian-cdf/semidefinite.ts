import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Steps } from '../steps';
import { CorrelationError } from './errors';
import { smallestRitzValue } from './lanczos';

/** Eigenvalues down to -n times this are the rounding of a float32 Gram matrix; below that the matrix is wrong. */
const EIGENVALUE_ROUNDING = 1e-6;
/** Pivots of the Cholesky factor below this are left to the eigenvalues of what remains. */
const SAFE_PIVOT = 1e-3;
/** Above this size the smallest eigenvalue is first looked for by Lanczos, which takes seconds less. */
const DENSE_UP_TO = 200;
/** An eigenvalue decomposition of an m x m matrix takes at most m^3 times so many milliseconds, on slow machines too. */
const DECOMPOSITION_MS = 1e-4;

/**
 * A positive semi-definite correlation matrix next to the given one, whose negative eigenvalues are rounding: the
 * matrix itself where it has none. The well-conditioned part is factorised with pivoting; negative eigenvalues of the
 * Schur complement that remains are set to zero, and the diagonal is scaled back to 1.
 * @param matrix n x n, row-major.
 * @throws CorrelationError, naming the smallest eigenvalue, if that is below -n * EIGENVALUE_ROUNDING.
 */
export function* nearestSemidefinite(matrix: Float64Array, n: number): Steps<Float64Array> {
  const rest = yield* schurComplement(matrix, n);
  const m = rest.indices.length;
  if (m === 0) return matrix;
  yield DECOMPOSITION_MS * m ** 3;
  const { values, negativePart } = clip(rest.matrix, m);
  const smallest = Math.min(...values);
  if (smallest >= 0) return matrix;
  // An eigenvalue of the complement is never above the matrix's own smallest where that is negative: the safe side.
  if (smallest >= -n * EIGENVALUE_ROUNDING) return without(matrix, n, rest.indices, negativePart);
  if (n > DENSE_UP_TO) assertRounding(smallestRitzValue(matrix, n), n);
  yield DECOMPOSITION_MS * n ** 3;
  const whole = clip(matrix, n);
  assertRounding(Math.min(...whole.values), n);
  return without(
    matrix,
    n,
    Array.from({ length: n }, (_, i) => i),
    whole.negativePart,
  );
}

function assertRounding(smallest: number, n: number): void {
  if (smallest >= -n * EIGENVALUE_ROUNDING) return;
  throw new CorrelationError(
    `not a correlation matrix: its smallest eigenvalue is ${smallest.toPrecision(6)}, and only down to ` +
      `${(-n * EIGENVALUE_ROUNDING).toExponential(1)} can that be rounding`,
    smallest,
  );
}

/** What pivoted Cholesky elimination leaves once no variance above SAFE_PIVOT is left, and the indices of its rows. */
function* schurComplement(
  matrix: Float64Array,
  n: number,
): Steps<{ indices: number[]; matrix: Float64Array }> {
  const factor = new Float64Array(n * n);
  const variance = Float64Array.from({ length: n }, (_, i) => matrix[i * n + i] as number);
  const open = Array.from({ length: n }, (_, i) => i);
  const residual = (i: number, j: number, k: number): number => {
    let sum = matrix[i * n + j] as number;
    for (let c = 0; c < k; c++) sum -= (factor[i * n + c] as number) * (factor[j * n + c] as number);
    return sum;
  };
  let k = 0;
  for (; open.length > 0; k++) {
    yield;
    let at = 0;
    for (let o = 1; o < open.length; o++)
      if ((variance[open[o] as number] as number) > (variance[open[at] as number] as number)) at = o;
    const pivot = open[at] as number;
    if (!((variance[pivot] as number) > SAFE_PIVOT)) break;
    open[at] = open[open.length - 1] as number;
    open.pop();
    const diagonal = Math.sqrt(variance[pivot] as number);
    factor[pivot * n + k] = diagonal;
    for (const i of open) {
      const coefficient = residual(i, pivot, k) / diagonal;
      factor[i * n + k] = coefficient;
      variance[i] = (variance[i] as number) - coefficient * coefficient;
    }
  }
  const m = open.length;
  const rest = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    yield;
    for (let b = 0; b <= a; b++) {
      const value = residual(open[a] as number, open[b] as number, k);
      rest[a * m + b] = value;
      rest[b * m + a] = value;
    }
  }
  return { indices: open, matrix: rest };
}

/** Eigenvalues of a symmetric matrix, and the sum of lambda v v' over the negative ones. */
function clip(matrix: Float64Array, m: number): { values: number[]; negativePart: Matrix } {
  const decomposition = new EigenvalueDecomposition(Matrix.from1DArray(m, m, matrix), {
    assumeSymmetric: true,
  });
  const values = decomposition.realEigenvalues;
  const negative = values.flatMap((value, k) => (value < 0 ? [k] : []));
  if (negative.length === 0) return { values, negativePart: Matrix.zeros(m, m) };
  const vectors = decomposition.eigenvectorMatrix.subMatrixColumn(negative);
  const scaled = vectors.clone();
  for (const [column, k] of negative.entries()) scaled.mulColumn(column, values[k] as number);
  return { values, negativePart: scaled.mmul(vectors.transpose()) };
}

/** The matrix less the negative part of some of its rows and columns, on a unit diagonal again. */
function without(
  matrix: Float64Array,
  n: number,
  indices: readonly number[],
  negativePart: Matrix,
): Float64Array {
  const result = matrix.slice();
  for (const [a, i] of indices.entries()) {
    for (const [b, j] of indices.entries())
      result[i * n + j] = (result[i * n + j] as number) - negativePart.get(a, b);
  }
  const scale = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(result[i * n + i] as number));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      result[i * n + j] =
        i === j ? 1 : (result[i * n + j] as number) * (scale[i] as number) * (scale[j] as number);
  }
  return result;
}
