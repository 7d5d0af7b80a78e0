import { Matrix, solve } from 'ml-matrix';
import { type GaussianCdfOptions, gaussianCdf } from '../../gaussian-cdf';
import type { Plane } from '../../plane';

/** Margins as affine functions of the projections, with what the samples deviate from each. */
export interface FittedMargins {
  readonly constants: readonly number[];
  readonly slopes: readonly Float64Array[];
  /** Standard deviations of the residuals. */
  readonly spreads: readonly number[];
}

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

  /** The region where every fitted margin exceeds `level` standard deviations of what it was fitted to misses by. */
  static above(
    { constants, slopes, spreads }: FittedMargins,
    level: number,
    gram: Float64Array,
    options: GaussianCdfOptions,
  ): Surrogate {
    const lowered = constants.map((constant, i) => constant - level * (spreads[i] as number));
    return new Surrogate(lowered, slopes, gram, options);
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

/**
 * Margins against other classes, fitted to weighted samples by least squares on all projections.
 * Null where none could be fitted. @param margin of a sample against a class.
 */
export function fitMargins(
  samples: { readonly projections: Float64Array; readonly weights: Float64Array },
  margin: (sample: number, other: number) => number,
  others: readonly number[],
): FittedMargins | null {
  const fits = others.flatMap((other) => leastSquares(samples, (sample) => margin(sample, other)) ?? []);
  const useful = fits.filter(({ slopes }) => slopes.some((slope) => slope !== 0));
  if (useful.length === 0) return null;
  return {
    constants: useful.map(({ constant }) => constant),
    slopes: useful.map(({ slopes }) => slopes),
    spreads: useful.map(({ spread }) => spread),
  };
}

/** Share of a diagonal entry that is added to it: directions may coincide, and then share their coefficient. */
const RIDGE = 1e-6;

/** Weighted regression of `value` on all projections, null if it has no solution. */
function leastSquares(
  { projections, weights }: { readonly projections: Float64Array; readonly weights: Float64Array },
  value: (sample: number) => number,
): { constant: number; slopes: Float64Array; spread: number } | null {
  const m = projections.length / weights.length;
  const normal = Matrix.zeros(m + 1, m + 1);
  const right = Matrix.zeros(m + 1, 1);
  const features = new Float64Array(m + 1);
  features[m] = 1;
  for (const [i, weight] of weights.entries()) {
    features.set(projections.subarray(i * m, (i + 1) * m));
    const y = value(i);
    for (let a = 0; a <= m; a++) {
      const scaled = weight * (features[a] as number);
      right.set(a, 0, right.get(a, 0) + scaled * y);
      for (let b = 0; b <= a; b++) normal.set(a, b, normal.get(a, b) + scaled * (features[b] as number));
    }
  }
  for (let a = 0; a <= m; a++) {
    normal.set(a, a, normal.get(a, a) * (1 + RIDGE));
    for (let b = 0; b < a; b++) normal.set(b, a, normal.get(a, b));
  }
  const found = Float64Array.from(solve(normal, right).to1DArray());
  if (!found.every(Number.isFinite)) return null;
  const [constant, slopes] = [found[m] as number, found.subarray(0, m)];
  let [squares, total] = [0, 0];
  for (const [i, weight] of weights.entries()) {
    let rest = value(i) - constant;
    for (let a = 0; a < m; a++) rest -= (slopes[a] as number) * (projections[i * m + a] as number);
    squares += weight * rest * rest;
    total += weight;
  }
  return { constant, slopes, spread: Math.sqrt(squares / total) };
}
