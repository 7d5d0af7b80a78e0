import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { NormalSource } from '../noise/gaussian';

const MOST_STEPS = 200;
const CHECK_EVERY = 20;
const RELATIVE_TOLERANCE = 1e-9;

/**
 * The smallest eigenvalue of a symmetric n x n matrix by the Lanczos process with full reorthogonalisation
 * (Golub and Van Loan, Matrix Computations, section 10.3). A Ritz value: never below the true one,
 * and equal to it within about 1e-9 where the process has converged.
 */
export function smallestRitzValue(matrix: Float64Array, n: number): number {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let vector = new Float64Array(n);
  new NormalSource(1, 0).fill(0, vector);
  normalise(vector);
  let previous = Number.NaN;
  for (let step = 1; step <= Math.min(n, MOST_STEPS); step++) {
    basis.push(vector);
    const next = multiply(matrix, n, vector);
    diagonal.push(dot(next, vector));
    for (let pass = 0; pass < 2; pass++) {
      for (const one of basis) {
        const share = dot(next, one);
        for (let i = 0; i < n; i++) next[i] = (next[i] as number) - share * (one[i] as number);
      }
    }
    const length = normalise(next);
    const exhausted = length < 1e-12 || step === Math.min(n, MOST_STEPS);
    if (exhausted || step % CHECK_EVERY === 0) {
      const value = ritzValue(diagonal, offDiagonal);
      if (exhausted || Math.abs(value - previous) <= RELATIVE_TOLERANCE) return value;
      previous = value;
    }
    offDiagonal.push(length);
    vector = next;
  }
  return previous;
}

function ritzValue(diagonal: readonly number[], offDiagonal: readonly number[]): number {
  const size = diagonal.length;
  const tridiagonal = Matrix.zeros(size, size);
  for (let i = 0; i < size; i++) {
    tridiagonal.set(i, i, diagonal[i] as number);
    if (i + 1 === size) break;
    tridiagonal.set(i, i + 1, offDiagonal[i] as number);
    tridiagonal.set(i + 1, i, offDiagonal[i] as number);
  }
  const values = new EigenvalueDecomposition(tridiagonal, { assumeSymmetric: true }).realEigenvalues;
  return Math.min(...values);
}

function multiply(matrix: Float64Array, n: number, vector: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] as number) * (vector[j] as number);
    result[i] = sum;
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Scales to unit length and returns the length. */
function normalise(vector: Float64Array): number {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
  return length;
}
