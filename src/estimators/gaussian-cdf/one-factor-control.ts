import { normalCdf } from '../math/normal';
import { BLOCK } from './bounds';
import { SequentialDraws } from './draws';
import { type OneFactorResult, oneFactorCdf } from './one-factor';

/** Loadings stay below this, so that the integral over the factor is easy. */
const MOST_LOADING = 0.97;
const MOST_SWEEPS = 30;
const SETTLED = 1e-3;
/** Correlations that are farther than this from products of loadings, root mean square, are left without a control. */
const FAR = 0.25;
const PRECISION = 1e-9;

/**
 * The same limits under the nearest matrix with a single factor: its probability is known from one integral, and its
 * separated integrand, evaluated at the same points, varies much like that of the matrix itself. Given the draws so
 * far the factor is normal, so that a step takes a few operations whatever the number of variables.
 */
export class OneFactorControl {
  readonly draws: SequentialDraws;

  private readonly mean = new Float64Array(BLOCK);
  private readonly bound = new Float64Array(BLOCK);
  private readonly offset: Float64Array;
  private readonly slope: Float64Array;
  private readonly gain: Float64Array;

  private constructor(
    readonly exact: OneFactorResult,
    limits: Float64Array,
    loadings: Float64Array,
    isTilted: boolean,
  ) {
    const n = limits.length;
    this.draws = new SequentialDraws(isTilted);
    this.offset = new Float64Array(n);
    this.slope = new Float64Array(n);
    this.gain = new Float64Array(n);
    let variance = 1;
    for (let k = 0; k < n; k++) {
      const b = loadings[k] as number;
      const own = 1 - b * b;
      const deviation = Math.sqrt(own + b * b * variance);
      this.offset[k] = (limits[k] as number) / deviation;
      this.slope[k] = b / deviation;
      this.gain[k] = (b * variance) / deviation;
      variance *= own / (deviation * deviation);
    }
  }

  /**
   * Null where no matrix with a single factor is near.
   * @param z the n limits. @param matrix n x n correlations. @param pivots the variables to take, in the order of the steps
   */
  static near(
    z: Float64Array,
    matrix: Float64Array,
    pivots: Int32Array,
    isTilted: boolean,
  ): OneFactorControl | null {
    if (pivots.length < 3) return null;
    const limits = Float64Array.from(pivots, (i) => z[i] as number);
    const loadings = nearestLoadings(limits, matrix, z.length, pivots);
    const exact = loadings && oneFactorCdf(limits, loadings, PRECISION);
    return loadings && exact && new OneFactorControl(exact, limits, loadings, isTilted);
  }

  start(): void {
    this.mean.fill(0);
    this.draws.start();
  }

  step(k: number, mu: number, uniform: Float64Array | null, count: number): void {
    const { mean, bound, draws } = this;
    const offset = this.offset[k] as number;
    const slope = this.slope[k] as number;
    for (let p = 0; p < count; p++) bound[p] = offset - slope * (mean[p] as number);
    draws.stepBelow(bound, 0, mu, uniform, count);
    if (uniform === null) return;
    const gain = this.gain[k] as number;
    const { drawn } = draws;
    for (let p = 0; p < count; p++) mean[p] = (mean[p] as number) + gain * (drawn[p] as number);
  }
}

/**
 * Loadings b that minimise the sum of w_i w_j (R_ij - b_i b_j)^2 off the diagonal, by coordinate descent; constraints
 * count by how likely they fail. Null if they are far from R.
 */
function nearestLoadings(
  limits: Float64Array,
  matrix: Float64Array,
  size: number,
  pivots: Int32Array,
): Float64Array | null {
  const n = pivots.length;
  const weight = limits.map((limit) => normalCdf(-limit) + 1e-12);
  const b = new Float64Array(n).fill(0.5);
  const row = new Float64Array(n);
  let squares = 0;
  let weights = 0;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let moved = 0;
    squares = 0;
    weights = 0;
    for (let i = 0; i < n; i++) {
      const start = (pivots[i] as number) * size;
      for (let j = 0; j < n; j++) row[j] = matrix[start + (pivots[j] as number)] as number;
      row[i] = 0;
      let along = 0;
      let own = 0;
      for (let j = 0; j < n; j++) {
        const weighted = (weight[j] as number) * (b[j] as number);
        along += weighted * (row[j] as number);
        own += weighted * (b[j] as number);
      }
      own -= (weight[i] as number) * (b[i] as number) ** 2;
      const best = own > 0 ? along / own : 0;
      const next = Math.max(-MOST_LOADING, Math.min(MOST_LOADING, best));
      moved = Math.max(moved, Math.abs(next - (b[i] as number)));
      b[i] = next;
      let misfit = 0;
      let counted = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        misfit += (weight[j] as number) * ((row[j] as number) - next * (b[j] as number)) ** 2;
        counted += weight[j] as number;
      }
      squares += (weight[i] as number) * misfit;
      weights += (weight[i] as number) * counted;
    }
    if (moved < SETTLED) break;
  }
  return squares > FAR * FAR * weights ? null : b;
}
