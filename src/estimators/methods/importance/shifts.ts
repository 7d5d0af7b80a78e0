import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Plane } from '../../plane';
import { nearestInPolytope } from './polytope';
import type { FittedMargins } from './surrogate';

/** A direction in terms of the frame's, with its length in units of the noise. */
export interface Shift {
  readonly coefficients: Float64Array;
  readonly length: number;
}

const quadratic = (row: Float64Array, gram: Float64Array): number => {
  const m = row.length;
  let sum = 0;
  for (let r = 0; r < m; r++) {
    for (let q = 0; q < m; q++) sum += (row[r] as number) * (row[q] as number) * (gram[r * m + q] as number);
  }
  return sum;
};

/** Down each fitted margin, to where it is zero. */
export function shiftsOut({ constants, slopes }: FittedMargins, gram: Float64Array): Shift[] {
  return slopes.flatMap((slope, k): Shift[] => {
    const norm = Math.sqrt(quadratic(slope, gram));
    const constant = constants[k] as number;
    if (!(norm > 0) || !(constant > 0)) return [];
    const coefficients = slope.map((value) => value / norm);
    return [{ coefficients, length: -constant / norm }];
  });
}

/** To the nearest point where all fitted margins are positive. */
export function shiftsIn({ constants, slopes }: FittedMargins, gram: Float64Array): Shift[] {
  const vectors = orthogonal(gram);
  const m = Math.sqrt(gram.length);
  // In coordinates in which the frame's directions have their inner products.
  const planes = slopes.map((slope, k): Plane => {
    const image = vectors.map((axis) =>
      axis.reduce((sum, value, r) => sum + value * (slope[r] as number), 0),
    );
    const norm = Math.hypot(...image);
    return {
      other: k,
      direction: Float32Array.from(image, (value) => value / norm),
      offset: (constants[k] as number) / norm,
    };
  });
  const nearest = nearestInPolytope(planes);
  const length = nearest === null ? 0 : Math.hypot(...nearest);
  if (nearest === null || length === 0) return [];
  const coefficients = new Float64Array(m);
  for (const [a, axis] of vectors.entries()) {
    const squared = axis.reduce((sum, value) => sum + value * value, 0);
    for (let r = 0; r < m; r++) {
      coefficients[r] =
        (coefficients[r] as number) + ((nearest[a] as number) / length) * ((axis[r] as number) / squared);
    }
  }
  return [{ coefficients, length }];
}

/** Axes a with gram = sum_a a a^T, mutually orthogonal; those of rounding are left out. */
export function orthogonal(gram: Float64Array): Float64Array[] {
  const m = Math.sqrt(gram.length);
  const matrix = Matrix.from1DArray(m, m, Array.from(gram));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const largest = Math.max(...realEigenvalues);
  return realEigenvalues.flatMap((value, k) =>
    value > 1e-7 * largest
      ? [Float64Array.from(eigenvectorMatrix.getColumn(k), (entry) => Math.sqrt(value) * entry)]
      : [],
  );
}
