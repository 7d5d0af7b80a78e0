import { logNormalCdf } from '../math/normal';

/** Entries of R that differ from products of loadings by more than this come from another structure. */
const ENTRY_TOLERANCE = 1e-12;
/** Beyond so many standard deviations of its mode a log-concave integrand with this curvature is below 1e-17. */
const REACH = 9;
/** Farther out the normal density underflows. */
const FARTHEST = 38;
const COARSEST = 0.25;
const FINEST = COARSEST / 256;
const CONVERGED = 1e-13;

/**
 * Loadings b with R_ij = b_i b_j off the diagonal and |b_i| < 1, null if there are none: then Z_i = b_i T + sqrt(1-b_i^2) E_i
 * with independent T and E_i. @param matrix n x n correlations, row-major, n >= 3
 */
export function oneFactorLoadings(matrix: ArrayLike<number>, n: number): Float64Array | null {
  const at = (i: number, j: number): number => matrix[i * n + j] as number;
  // b_0^2 = R_0j R_0k / R_jk, from the two largest entries of the first row that has some.
  let pivot = -1;
  for (let i = 0; i < n && pivot < 0; i++) {
    for (let j = 0; j < n; j++) if (j !== i && at(i, j) !== 0) pivot = i;
  }
  const loadings = new Float64Array(n);
  if (pivot < 0) return loadings;
  const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== pivot);
  others.sort((j, k) => Math.abs(at(pivot, k)) - Math.abs(at(pivot, j)));
  const [j, k] = others as [number, number];
  const squared = at(j, k) === 0 ? Number.NaN : (at(pivot, j) * at(pivot, k)) / at(j, k);
  if (!(squared > 0)) return null;
  const own = Math.sqrt(squared);
  for (const i of others) loadings[i] = at(pivot, i) / own;
  loadings[pivot] = own;
  for (let a = 0; a < n; a++) {
    if (!(Math.abs(loadings[a] as number) < 1)) return null;
    for (let b = 0; b < a; b++) {
      const product = (loadings[a] as number) * (loadings[b] as number);
      if (Math.abs(at(a, b) - product) > ENTRY_TOLERANCE) return null;
    }
  }
  return loadings;
}

export interface OneFactorResult {
  readonly p: number;
  readonly fail: number;
  readonly logP: number;
}

/**
 * P(Z <= z) = integral of phi(t) prod_i Phi((z_i - b_i t) / sqrt(1 - b_i^2)) dt by the trapezoidal rule, which converges
 * geometrically for such an integrand. Source: Dunnett and Sobel, Biometrika 42 (1955). Null where loadings are so
 * near to one that the rule does not settle. @param z n finite limits. @param precision the wanted relative one
 */
export function oneFactorCdf(
  z: ArrayLike<number>,
  loadings: ArrayLike<number>,
  precision = CONVERGED,
): OneFactorResult | null {
  const n = z.length;
  const slope = new Float64Array(n);
  const offset = new Float64Array(n);
  let outermost = 0;
  for (let i = 0; i < n; i++) {
    const b = loadings[i] as number;
    const own = Math.sqrt((1 - b) * (1 + b));
    slope[i] = b / own;
    offset[i] = (z[i] as number) / own;
    outermost = Math.max(outermost, Math.abs(b * (z[i] as number)));
  }
  const logInside = (t: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += logNormalCdf((offset[i] as number) - (slope[i] as number) * t);
    return sum;
  };
  const logDensity = (t: number): number => -0.5 * t * t - 0.5 * Math.log(2 * Math.PI);

  const mode = modeOfConcave((t) => logDensity(t) + logInside(t), outermost + REACH);
  const peak = logDensity(mode) + logInside(mode);
  const integral = (f: (t: number) => number, low: number, high: number): number | null =>
    trapezoid(f, low, high, precision);
  const scaled = integral((t) => Math.exp(logDensity(t) + logInside(t) - peak), mode - REACH, mode + REACH);
  if (scaled === null) return null;
  const logP = Math.log(scaled) + peak;
  const p = Math.min(1, Math.exp(logP));
  if (p < 0.5) return { p, fail: 1 - p, logP };
  // The ways to fail lie elsewhere than where the product has its mode.
  const reach = Math.min(FARTHEST, outermost) + REACH;
  const fail = integral((t) => -Math.exp(logDensity(t)) * Math.expm1(logInside(t)), -reach, reach);
  return fail === null ? null : { p: 1 - fail, fail, logP: Math.log1p(-fail) };
}

/** Golden-section search on [-reach, reach]. */
function modeOfConcave(f: (t: number) => number, reach: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [-reach, reach];
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [fa, fb] = [f(a), f(b)];
  while (high - low > 1e-3) {
    if (fa < fb) {
      low = a;
      [a, fa] = [b, fb];
      b = low + ratio * (high - low);
      fb = f(b);
    } else {
      high = b;
      [b, fb] = [a, fa];
      a = high - ratio * (high - low);
      fa = f(a);
    }
  }
  return (low + high) / 2;
}

/** Halves the step until the sum stays the same; null if it does not. The integrand is negligible at both ends. */
function trapezoid(f: (t: number) => number, low: number, high: number, precision: number): number | null {
  let step = COARSEST;
  let sum = 0;
  for (let t = low; t <= high; t += step) sum += f(t);
  let value = sum * step;
  while (step > FINEST) {
    for (let t = low + step / 2; t <= high; t += step) sum += f(t);
    step /= 2;
    const next = sum * step;
    if (Math.abs(next - value) <= precision * Math.abs(next)) return next;
    value = next;
  }
  return null;
}
