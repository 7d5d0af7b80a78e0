import { logNormalCdf, normalCdf, normalSmallerTail } from '../math/normal';
import { bivariateNormalCdf } from './bivariate';
import { assertCorrelationEntries, clipEigenvalues } from './correlation';
import { CorrelationError } from './errors';
import { type ConditionalChain, conditionalChain } from './factor';
import { evaluateIntegrand, type IntegrandValue } from './integrand';
import { latticePoint, randomShift, richtmyerGenerators } from './points';
import { minimaxTilt } from './tilt';

export { CorrelationError } from './errors';

export interface GaussianCdfOptions {
  /** Stop when the standard error of p is at most this (default 2e-5) ... */
  readonly absoluteTolerance?: number;
  /** ... and at most this share of the smaller of p and 1 - p (default 0.005). */
  readonly relativeTolerance?: number;
  /** Most integrand evaluations (default 200 000); the standard error says what was reached. */
  readonly maxPoints?: number;
  /** Seed of the random shifts, a uint32 (default 1). The same arguments give the same answer to the bit. */
  readonly seed?: number;
}

export interface GaussianCdfResult {
  /** P(Z_i <= z_i for all i), Z ~ N(0, R). 0 where it underflows; logP stays finite. */
  readonly p: number;
  /** 1 - p, to its own relative accuracy. */
  readonly fail: number;
  readonly logP: number;
  /** Standard error of p (and of fail) from the random shifts, the mass of pruned constraints included; 0 where exact. */
  readonly stdErr: number;
  readonly points: number;
}

const SHIFTS = 12;
const FIRST_ROUND = 128;
const PRUNED_SHARE = 1e-4;
/** Above this expected log p the plain integrand varies little, and it keeps the digits of 1 - p. */
const TILT_BELOW = Math.log(0.9);

const exact = (p: number, fail: number, logP: number, stdErr = 0): GaussianCdfResult => ({
  p,
  fail,
  logP,
  stdErr,
  points: 0,
});

/**
 * P(Z_i <= z_i for all i) for Z ~ N(0, R), in float64. Exact for n = 1 and 2; for n >= 3 separation of variables with
 * reordering and randomised quasi-Monte Carlo points. R may be singular. Accurate in both tails: see logP and fail.
 * @param z n limits, infinite ones allowed. @param correlation n x n, row-major.
 * @throws CorrelationError if R is no correlation matrix, RangeError if a limit is NaN.
 */
export function gaussianCdf(
  z: ArrayLike<number>,
  correlation: ArrayLike<number>,
  options: GaussianCdfOptions = {},
): GaussianCdfResult {
  assertCorrelationEntries(correlation, z.length);
  for (let i = 0; i < z.length; i++)
    if (Number.isNaN(z[i])) throw new RangeError(`limit ${i} is not a number`);
  const tolerance = options.absoluteTolerance ?? 2e-5;

  const finite = Array.from(z).flatMap((value, i) => (value < Number.POSITIVE_INFINITY ? [i] : []));
  if (finite.some((i) => z[i] === Number.NEGATIVE_INFINITY)) return exact(0, 1, Number.NEGATIVE_INFINITY);

  const { kept, prunedMass } = pruneSafe(z, finite, tolerance);
  const result = solve(z, correlation, kept, options);
  if (prunedMass > PRUNED_SHARE * result.p) return solve(z, correlation, finite, options);
  return { ...result, stdErr: result.stdErr + prunedMass };
}

/**
 * Leaves out the constraints that hold almost surely: together they may fail with at most a small share of the
 * tolerance, and of the likeliest single failure, so that a small 1 - p keeps its digits.
 */
function pruneSafe(
  z: ArrayLike<number>,
  indices: readonly number[],
  tolerance: number,
): { kept: number[]; prunedMass: number } {
  const byLimit = [...indices].sort((i, j) => (z[j] as number) - (z[i] as number));
  const tightest = byLimit.at(-1);
  if (tightest === undefined) return { kept: [], prunedMass: 0 };
  const budget = Math.min(0.1 * tolerance, PRUNED_SHARE * normalCdf(-(z[tightest] as number)));
  const kept = new Set(indices);
  let prunedMass = 0;
  for (const i of byLimit) {
    const mass = prunedMass + ((z[i] as number) > 0 ? normalSmallerTail(z[i] as number) : 1);
    if (mass > budget || kept.size === 1) break;
    prunedMass = mass;
    kept.delete(i);
  }
  return { kept: [...kept], prunedMass };
}

function solve(
  z: ArrayLike<number>,
  correlation: ArrayLike<number>,
  kept: readonly number[],
  options: GaussianCdfOptions,
): GaussianCdfResult {
  const n = kept.length;
  if (n === 0) return exact(1, 0, 0);
  const limits = Float64Array.from(kept, (i) => z[i] as number);
  const a = limits[0] as number;
  if (n === 1) return exact(normalCdf(a), normalCdf(-a), logNormalCdf(a));

  const total = z.length;
  const matrix = new Float64Array(n * n);
  for (const [row, i] of kept.entries()) {
    for (const [column, j] of kept.entries()) matrix[row * n + column] = correlation[i * total + j] as number;
  }
  if (n === 2) {
    const b = limits[1] as number;
    const rho = matrix[1] as number;
    const p = bivariateNormalCdf(a, b, rho);
    const fail = Math.min(1, normalCdf(-a) + normalCdf(-b) - bivariateNormalCdf(-a, -b, rho));
    if (p > 1e-290) return exact(p, fail, p > 0.5 ? Math.log1p(-fail) : Math.log(p));
  }
  let chain = conditionalChain(limits, matrix, n);
  if (chain === null) chain = conditionalChain(limits, clipEigenvalues(matrix, n), n);
  if (chain === null) throw new CorrelationError('the correlation matrix could not be factorised');
  return integrate(chain, options);
}

/** Doubles the number of lattice points under fixed random shifts until the standard error over the shifts suffices. */
function integrate(chain: ConditionalChain, options: GaussianCdfOptions): GaussianCdfResult {
  const { absoluteTolerance = 2e-5, relativeTolerance = 0.005, maxPoints = 200_000, seed = 1 } = options;
  const dimension = chain.rank - 1;
  const generators = richtmyerGenerators(dimension);
  const shifts = Array.from({ length: SHIFTS }, (_, s) => randomShift(dimension, seed, s));
  const sums = new ScaledSums(SHIFTS);
  const sumFail = new Float64Array(SHIFTS);
  const uniforms = new Float64Array(dimension);
  const y = new Float64Array(chain.rank);
  const value: IntegrandValue = { logP: 0, fail: 0 };
  const tilted = chain.logScale < TILT_BELOW;
  const tilt = tilted ? minimaxTilt(chain) : new Float64Array(chain.rank);

  let done = 0;
  for (let next = dimension === 0 ? 1 : FIRST_ROUND; ; next = done * 2) {
    for (let s = 0; s < SHIFTS; s++) {
      const shift = shifts[s] as Float64Array;
      for (let i = done; i < next; i++) {
        latticePoint(i, generators, shift, uniforms);
        evaluateIntegrand(chain, tilt, uniforms, y, value);
        sums.add(s, value.logP);
        sumFail[s] = (sumFail[s] as number) + value.fail;
      }
    }
    done = next;
    const scaledP = mean(sums.values) / done;
    const scaledError = standardError(sums.values) / done;
    const scale = Math.exp(sums.logScale);
    const p = scaledP * scale;
    const fail = tilted ? Math.max(0, 1 - p) : mean(sumFail) / done;
    const failError = tilted ? scaledError * scale : standardError(sumFail) / done;
    const nearOne = fail < 0.5;
    const stdErr = nearOne ? failError : scaledError * scale;
    const relativeError = nearOne ? failError / fail : scaledError / scaledP;
    const settled = stdErr <= absoluteTolerance && !(relativeError > relativeTolerance);
    if (settled || dimension === 0 || 2 * done * SHIFTS > maxPoints) {
      return {
        p: nearOne ? 1 - fail : Math.min(1, p),
        fail,
        logP: nearOne ? Math.log1p(-fail) : Math.log(scaledP) + sums.logScale,
        stdErr,
        points: done * SHIFTS,
      };
    }
  }
}

/** Sums of exp(log value) that neither overflow nor lose values which are all tiny: values[s] * exp(logScale). */
class ScaledSums {
  readonly values: Float64Array;
  logScale = Number.NEGATIVE_INFINITY;

  constructor(count: number) {
    this.values = new Float64Array(count);
  }

  add(s: number, logValue: number): void {
    if (logValue === Number.NEGATIVE_INFINITY) return;
    if (logValue > this.logScale + 500) {
      const next = Math.abs(logValue) < 500 ? 0 : logValue;
      const factor = Math.exp(this.logScale - next);
      for (let i = 0; i < this.values.length; i++) this.values[i] = (this.values[i] as number) * factor;
      this.logScale = next;
    }
    this.values[s] = (this.values[s] as number) + Math.exp(logValue - this.logScale);
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function standardError(values: Float64Array): number {
  const centre = mean(values);
  const squares = values.reduce((sum, v) => sum + (v - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length * (values.length - 1)));
}
