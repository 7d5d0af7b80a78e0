import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { normalQuantile } from '../../math/normal';

/** Directions of the control variates whose variance is below this share of the largest are rounding or chance. */
const NEGLIGIBLE = 1e-6;
/** Spread of a control variate, as a share of its size, that is none. */
const ROUNDING = 1e-9;
/** Skewness of a mean beyond which the correction of its limits is none. */
const MAX_SKEWNESS = 1;

/**
 * Coefficients beta that minimise the variance of y - beta v within the strata, by least squares of what deviates from
 * the strata's means. @param controls one array of n values for each control variate.
 */
export function controlCoefficients(
  y: Float64Array,
  controls: readonly Float64Array[],
  stratumOf: ArrayLike<number>,
  strata: number,
): Float64Array {
  const count = controls.length;
  const beta = new Float64Array(count);
  if (count === 0) return beta;
  const target = withinStrata(y, stratumOf, strata);
  const deviations = controls.map((values) => withinStrata(values, stratumOf, strata));
  const scale = deviations.map((row) => Math.sqrt(inner(row, row)));
  const used = scale.flatMap((value, i) => {
    const whole = controls[i] as Float64Array;
    return value > ROUNDING * Math.sqrt(inner(whole, whole)) ? [i] : [];
  });
  if (used.length === 0) return beta;
  const unit = used.map((i) => (deviations[i] as Float64Array).map((value) => value / (scale[i] as number)));
  const gram = new Matrix(unit.map((a) => unit.map((b) => inner(a, b))));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const largest = Math.max(...realEigenvalues);
  const right = unit.map((a) => inner(a, target));
  for (const [k, eigenvalue] of realEigenvalues.entries()) {
    if (!(eigenvalue > NEGLIGIBLE * largest)) continue;
    const vector = eigenvectorMatrix.getColumn(k);
    const along = vector.reduce((sum, value, a) => sum + value * (right[a] as number), 0) / eigenvalue;
    for (const [a, i] of used.entries()) {
      beta[i] = (beta[i] as number) + (along * (vector[a] as number)) / (scale[i] as number);
    }
  }
  return beta;
}

function withinStrata(values: Float64Array, stratumOf: ArrayLike<number>, strata: number): Float64Array {
  const sums = new Float64Array(strata);
  const counts = new Float64Array(strata);
  for (const [i, value] of values.entries()) {
    const s = stratumOf[i] as number;
    sums[s] = (sums[s] as number) + value;
    counts[s] = (counts[s] as number) + 1;
  }
  return values.map((value, i) => {
    const s = stratumOf[i] as number;
    return value - (sums[s] as number) / (counts[s] as number);
  });
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Mean and its standard error of values that were drawn in strata, in exact proportion to the strata's weights. */
export class StratifiedMean {
  count = 0;
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  readonly #cubes: Float64Array;

  constructor(strata: number) {
    this.#counts = new Float64Array(strata);
    this.#means = new Float64Array(strata);
    this.#squares = new Float64Array(strata);
    this.#cubes = new Float64Array(strata);
  }

  /** Welford's update, and Terriberry's for the third moment. */
  add(stratum: number, value: number): void {
    this.count++;
    const n = (this.#counts[stratum] as number) + 1;
    const before = value - (this.#means[stratum] as number);
    const mean = (this.#means[stratum] as number) + before / n;
    const term = (before * before * (n - 1)) / n;
    this.#cubes[stratum] =
      (this.#cubes[stratum] as number) +
      (term * before * (n - 2)) / n -
      (3 * before * (this.#squares[stratum] as number)) / n;
    this.#counts[stratum] = n;
    this.#means[stratum] = mean;
    this.#squares[stratum] = (this.#squares[stratum] as number) + before * (value - mean);
  }

  get mean(): number {
    return this.#counts.reduce((sum, n, s) => sum + n * (this.#means[s] as number), 0) / this.count;
  }

  /** Third central moment of the mean. */
  get third(): number {
    let sum = 0;
    for (const [s, n] of this.#counts.entries()) {
      if (n > 2) sum += (n * n * (this.#cubes[s] as number)) / ((n - 1) * (n - 2));
    }
    return sum / this.count ** 3;
  }

  /** Standard error of the mean and its degrees of freedom after Satterthwaite, Biometrics Bull. 2 (1946). */
  get error(): { stdErr: number; degrees: number } {
    let sum = 0;
    let squares = 0;
    for (const [s, n] of this.#counts.entries()) {
      if (n < 2) continue;
      const part = (n * (this.#squares[s] as number)) / (n - 1);
      sum += part;
      squares += (part * part) / (n - 1);
    }
    return {
      stdErr: Math.sqrt(sum) / this.count,
      degrees: squares > 0 ? (sum * sum) / squares : this.count - 1,
    };
  }
}

/**
 * Limits for the mean of an estimate whose error is skewed, by Hall's monotone transformation of Studentised means.
 * Source: Hall, J. R. Statist. Soc. B 54 (1992). @param third third central moment of the estimate.
 */
export function skewedLimits(
  estimate: number,
  stdErr: number,
  third: number,
  quantile: number,
): { lo: number; hi: number } {
  const skewness = Math.max(-MAX_SKEWNESS, Math.min(MAX_SKEWNESS, third / stdErr ** 3));
  const inverse = (y: number): number =>
    Math.abs(skewness) > 1e-6 ? (3 / skewness) * (Math.cbrt(1 + skewness * (y - skewness / 6)) - 1) : y;
  return stdErr > 0
    ? { lo: estimate - stdErr * inverse(quantile), hi: estimate - stdErr * inverse(-quantile) }
    : { lo: estimate, hi: estimate };
}

/** Quantile of Student's t by its expansion in 1/degrees; error below 1e-3 from 8 degrees on. Abramowitz and Stegun 26.7.5. */
export function studentQuantile(probability: number, degrees: number): number {
  const z = normalQuantile(probability);
  const z2 = z * z;
  const first = (z * (z2 + 1)) / 4;
  const second = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const third = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
