import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { CorrelationError } from './errors';

/** Eigenvalues down to -n times this are the rounding of a float32 Gram matrix; below that the matrix is wrong. */
export const EIGENVALUE_ROUNDING = 1e-6;
const ENTRY_TOLERANCE = 1e-5;

/** Checks shape, symmetry, unit diagonal and range of an n x n row-major matrix. Throws CorrelationError. */
export function assertCorrelationEntries(matrix: ArrayLike<number>, n: number): void {
  if (matrix.length !== n * n) {
    throw new CorrelationError(
      `a correlation matrix of ${n} variables has ${n * n} entries, not ${matrix.length}`,
    );
  }
  for (let i = 0; i < n; i++) {
    if (!(Math.abs((matrix[i * n + i] as number) - 1) <= ENTRY_TOLERANCE)) {
      throw new CorrelationError(`entry (${i}, ${i}) of a correlation matrix is 1, not ${matrix[i * n + i]}`);
    }
    for (let j = 0; j < i; j++) {
      const below = matrix[i * n + j] as number;
      const above = matrix[j * n + i] as number;
      if (!(Math.abs(below - above) <= ENTRY_TOLERANCE)) {
        throw new CorrelationError(`entries (${i}, ${j}) and (${j}, ${i}) differ: ${below} and ${above}`);
      }
      if (!(Math.abs(below) <= 1 + ENTRY_TOLERANCE)) {
        throw new CorrelationError(`entry (${i}, ${j}) is ${below}: no correlation lies outside [-1, 1]`);
      }
    }
  }
}

/**
 * The nearest positive semi-definite matrix by clipping negative eigenvalues at zero, rescaled to a unit diagonal.
 * Throws CorrelationError, naming the eigenvalue, if one is below -n * EIGENVALUE_ROUNDING.
 */
export function clipEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const rows = Matrix.from1DArray(n, n, matrix);
  const decomposition = new EigenvalueDecomposition(rows, { assumeSymmetric: true });
  const values = decomposition.realEigenvalues;
  const smallest = Math.min(...values);
  if (smallest < -n * EIGENVALUE_ROUNDING) {
    throw new CorrelationError(
      `not a correlation matrix: its smallest eigenvalue is ${smallest.toPrecision(6)}, and only down to ` +
        `${(-n * EIGENVALUE_ROUNDING).toExponential(1)} can that be rounding`,
      smallest,
    );
  }
  const vectors = decomposition.eigenvectorMatrix;
  const scaled = vectors.clone();
  for (let k = 0; k < n; k++) scaled.mulColumn(k, Math.sqrt(Math.max(0, values[k] as number)));
  const clipped = scaled.mmul(scaled.transpose()).to1DArray();
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const scale = Math.sqrt((clipped[i * n + i] as number) * (clipped[j * n + j] as number));
      result[i * n + j] = i === j ? 1 : (clipped[i * n + j] as number) / scale;
    }
  }
  return result;
}
