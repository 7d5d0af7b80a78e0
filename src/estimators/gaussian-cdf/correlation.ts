import { CorrelationError } from './errors';

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
