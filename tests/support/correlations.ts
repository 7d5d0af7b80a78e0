import { bivariateNormalCdf } from '../../src/estimators/gaussian-cdf/bivariate';
import { normalCdf } from '../../src/estimators/math/normal';
import { NormalSource } from '../../src/estimators/noise/gaussian';

/** n x n with 1 on the diagonal and entry(i, j) off it. */
export function matrixOf(n: number, entry: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    return i === j ? 1 : entry(i, j);
  });
}

/** Correlations of n random directions in `rank` dimensions: singular where n > rank. */
export function randomCorrelation(seed: number, n: number, rank: number): Float64Array {
  const rows = new Float64Array(n * rank);
  new NormalSource(seed, 5).fill(0, rows);
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += (rows[i * rank + k] as number) * (rows[j * rank + k] as number);
    return sum;
  };
  return matrixOf(n, (i, j) => dot(i, j) / Math.sqrt(dot(i, i) * dot(j, j)));
}

/** Correlations b_i b_j. */
export function oneFactorCorrelation(loadings: readonly number[]): Float64Array {
  return matrixOf(loadings.length, (i, j) => (loadings[i] as number) * (loadings[j] as number));
}

const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/**
 * P(Z <= z) for correlations b_i b_j: given the factor all are independent, which leaves one integral. The trapezoidal
 * rule converges exponentially there (|b| <= 0.95: error below 1e-12 at this step).
 */
export function oneFactorCdf(z: readonly number[], loadings: readonly number[]): number {
  const step = 1 / 64;
  let sum = 0;
  for (let x = -12; x <= 12; x += step) {
    let product = density(x);
    for (const [i, b] of loadings.entries())
      product *= normalCdf(((z[i] as number) - b * x) / Math.sqrt(1 - b * b));
    sum += product;
  }
  return sum * step;
}

/** P(Z <= z) of three variables: the bivariate CDF given the first, integrated by Simpson's rule. No |r_1j| near 1. */
export function trivariateCdf(z: readonly number[], correlation: Float64Array): number {
  const [z0, z1, z2] = z as [number, number, number];
  const [r01, r02, r12] = [correlation[1], correlation[2], correlation[5]] as [number, number, number];
  const s1 = Math.sqrt(1 - r01 * r01);
  const s2 = Math.sqrt(1 - r02 * r02);
  const rho = (r12 - r01 * r02) / (s1 * s2);
  const given = (x: number): number =>
    density(x) * bivariateNormalCdf((z1 - r01 * x) / s1, (z2 - r02 * x) / s2, rho);
  const intervals = 400;
  const step = (z0 + 9) / intervals;
  let sum = given(-9) + given(z0);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * given(-9 + i * step);
  return (sum * step) / 3;
}

/** Correlations b_i b_j + c_i c_j. */
export function twoFactorCorrelation(first: readonly number[], second: readonly number[]): Float64Array {
  return matrixOf(
    first.length,
    (i, j) => (first[i] as number) * (first[j] as number) + (second[i] as number) * (second[j] as number),
  );
}

/** P(Z <= z) of two factors, by the trapezoidal rule over both; for b^2 + c^2 <= 0.9 its error is below 1e-12. */
export function twoFactorCdf(
  z: readonly number[],
  first: readonly number[],
  second: readonly number[],
): number {
  const step = 1 / 8;
  const own = first.map((b, i) => Math.sqrt(1 - b * b - (second[i] as number) ** 2));
  let sum = 0;
  for (let x = -8; x <= 8; x += step) {
    for (let y = -8; y <= 8; y += step) {
      let product = density(x) * density(y);
      for (let i = 0; i < z.length && product > 1e-300; i++) {
        const given = (z[i] as number) - (first[i] as number) * x - (second[i] as number) * y;
        product *= normalCdf(given / (own[i] as number));
      }
      sum += product;
    }
  }
  return sum * step * step;
}
