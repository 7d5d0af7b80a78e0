import { Matrix, solve } from 'ml-matrix';
import { type GaussianCdfOptions, gaussianCdf } from '../gaussian-cdf';
import type { Plane } from './plane';

/**
 * A linear model of the region of class t in terms of projections P of the noise on given directions: t is kept where
 * every constant_i + sum_r coefficients_ir P_r > 0. What it says of all noise is a Gaussian CDF.
 */
export class Surrogate {
  /** P(kept), P(not kept) and the standard error of both. */
  readonly keeps: number;
  readonly fails: number;
  readonly stdErr: number;

  /**
   * @param coefficients one row a constraint, one column a direction.
   * @param gram inner products of the directions, row-major.
   */
  private constructor(
    readonly constants: readonly number[],
    readonly coefficients: readonly Float64Array[],
    gram: Float64Array,
    options: GaussianCdfOptions,
  ) {
    const m = Math.sqrt(gram.length);
    const image = coefficients.map((row) =>
      Float64Array.from({ length: m }, (_, r) =>
        row.reduce((s, b, q) => s + b * (gram[r * m + q] as number), 0),
      ),
    );
    const covariance = (i: number, j: number): number =>
      (coefficients[i] as Float64Array).reduce(
        (s, b, r) => s + b * ((image[j] as Float64Array)[r] as number),
        0,
      );
    const n = constants.length;
    const sd = constants.map((_, i) => Math.sqrt(covariance(i, i)));
    const z = constants.map((constant, i) => constant / (sd[i] as number));
    const correlation = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        correlation[i * n + j] = i === j ? 1 : covariance(i, j) / ((sd[i] as number) * (sd[j] as number));
      }
    }
    const { p, fail, stdErr } = gaussianCdf(z, correlation, options);
    [this.keeps, this.fails, this.stdErr] = [p, fail, stdErr];
  }

  /** Planes around x as seen by noise of standard deviation sigma. @param rowOf number of a plane's direction. */
  static fromPlanes(
    planes: readonly Plane[],
    sigma: number,
    rowOf: (plane: Plane) => number,
    gram: Float64Array,
    options: GaussianCdfOptions,
  ): Surrogate {
    const m = Math.sqrt(gram.length);
    const coefficients = planes.map((plane) => {
      const row = new Float64Array(m);
      row[rowOf(plane)] = 1;
      return row;
    });
    return new Surrogate(
      planes.map(({ offset }) => offset / sigma),
      coefficients,
      gram,
      options,
    );
  }

  /**
   * Margins fitted to samples by weighted least squares, each on the projections that belong to its class.
   * Null where no margin could be fitted. @param rowsOf for each fitted class the numbers of its directions.
   */
  static fitted(
    samples: { readonly projections: Float64Array; readonly weights: Float64Array },
    margin: (sample: number, other: number) => number,
    rowsOf: ReadonlyMap<number, readonly number[]>,
    gram: Float64Array,
    options: GaussianCdfOptions,
  ): Surrogate | null {
    const m = Math.sqrt(gram.length);
    const constants: number[] = [];
    const coefficients: Float64Array[] = [];
    for (const [other, rows] of rowsOf) {
      const found = leastSquares(samples, (sample) => margin(sample, other), rows, m);
      if (found === null) continue;
      const row = new Float64Array(m);
      for (const [k, r] of rows.entries()) row[r] = found[k + 1] as number;
      if (!row.some((value) => value !== 0)) continue;
      constants.push(found[0] as number);
      coefficients.push(row);
    }
    return constants.length === 0 ? null : new Surrogate(constants, coefficients, gram, options);
  }

  /** Whether the model keeps t at projections number `sample`. */
  keepsAt(projections: Float64Array, sample: number): boolean {
    for (const [i, row] of this.coefficients.entries()) {
      let value = this.constants[i] as number;
      for (let r = 0; r < row.length; r++) {
        value += (row[r] as number) * (projections[sample * row.length + r] as number);
      }
      if (!(value > 0)) return false;
    }
    return true;
  }
}

/** Share of a diagonal entry that is added to it: directions may coincide, and then share their coefficient. */
const RIDGE = 1e-6;

/** Intercept and slopes of the weighted regression of `value` on some projections, null if it has no solution. */
function leastSquares(
  { projections, weights }: { readonly projections: Float64Array; readonly weights: Float64Array },
  value: (sample: number) => number,
  rows: readonly number[],
  m: number,
): number[] | null {
  const size = rows.length + 1;
  const normal = Matrix.zeros(size, size);
  const right = Matrix.zeros(size, 1);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    const features = [1, ...rows.map((r) => projections[i * m + r] as number)];
    const y = value(i);
    for (const [a, fa] of features.entries()) {
      right.set(a, 0, right.get(a, 0) + weight * fa * y);
      for (const [b, fb] of features.entries()) normal.set(a, b, normal.get(a, b) + weight * fa * fb);
    }
  }
  for (let a = 0; a < size; a++) normal.set(a, a, normal.get(a, a) * (1 + RIDGE));
  const found = solve(normal, right).to1DArray();
  return found.every(Number.isFinite) ? found : null;
}
