import { logNormalCdf, normalCdf, normalSmallerTail } from '../math/normal';
import { atOnce, type Steps } from '../steps';
import { bivariateNormalCdf } from './bivariate';
import { assertCorrelationEntries } from './correlation';
import { CorrelationError } from './errors';
import { conditionalChain } from './factor';
import { failureBounds } from './failure-bounds';
import {
  type ChainIntegral,
  DEFAULT_TOLERANCE,
  type GaussianCdfOptions,
  type GaussianCdfResult,
} from './integrate';
import { oneFactorCdf, oneFactorLoadings } from './one-factor';
import { OneFactorControl } from './one-factor-control';
import { nearestSemidefinite } from './semidefinite';

const PRUNED_SHARE = 1e-4;
/** 1 - Phi underflows above this, so that the constraint holds always. */
const ALWAYS_ABOVE = 39;
/** Phi(-1e7) is e to the power -5e13: such a constraint holds never, and log p is given as -Infinity. */
const NEVER_BELOW = -1e7;

const exact = (p: number, fail: number, logP: number): Reduced => ({
  kind: 'solved',
  result: { p, fail, logP, stdErr: 0, points: 0 },
});

/** A problem that a closed form answered, or what there is to integrate. */
export type Reduced =
  | { readonly kind: 'solved'; readonly result: GaussianCdfResult }
  | ({ readonly kind: 'integral' } & ChainIntegral);

export interface Prepared {
  readonly reduced: Reduced;
  /** At most so often a constraint fails that was left out for holding almost surely. */
  readonly prunedMass: number;
  /** The same with no constraint left out. */
  whole(): Steps<Reduced>;
}

/** Everything but the integral. Arguments and errors as for `gaussianCdf`. */
export function* prepare(
  z: ArrayLike<number>,
  correlation: ArrayLike<number>,
  options: GaussianCdfOptions,
): Steps<Prepared> {
  assertCorrelationEntries(correlation, z.length);
  for (let i = 0; i < z.length; i++)
    if (Number.isNaN(z[i])) throw new RangeError(`limit ${i} is not a number`);
  const tolerance = options.absoluteTolerance ?? DEFAULT_TOLERANCE;

  const finite = Array.from(z).flatMap((value, i) => (value < ALWAYS_ABOVE ? [i] : []));
  const never = finite.some((i) => (z[i] as number) < NEVER_BELOW);
  const { kept, prunedMass } = pruneSafe(z, finite, tolerance);
  // Constraints that are left out are not factorised below, but R must be a correlation matrix all the same.
  const matrix =
    never || kept.length < z.length
      ? yield* nearestSemidefinite(Float64Array.from(correlation), z.length)
      : correlation;
  if (never) {
    const reduced = exact(0, 1, Number.NEGATIVE_INFINITY);
    return { reduced, prunedMass: 0, whole: () => atOnce(reduced) };
  }
  const whole = () => reduce(z, matrix, finite, options);
  return { reduced: yield* reduce(z, matrix, kept, options), prunedMass, whole };
}

/** The answer, from that without the constraints that were left out, unless they may matter to it; then undefined. */
export function withPruned(result: GaussianCdfResult, prunedMass: number): GaussianCdfResult | undefined {
  return prunedMass > PRUNED_SHARE * result.p ? undefined : { ...result, stdErr: result.stdErr + prunedMass };
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

function* reduce(
  z: ArrayLike<number>,
  correlation: ArrayLike<number>,
  kept: readonly number[],
  options: GaussianCdfOptions,
): Steps<Reduced> {
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
  const loadings = n > 2 && (options.closedForms ?? true) ? oneFactorLoadings(matrix, n) : null;
  const known = loadings && oneFactorCdf(limits, loadings);
  if (known !== null) return exact(known.p, known.fail, known.logP);
  const chain =
    (yield* conditionalChain(limits, matrix, n)) ??
    (yield* conditionalChain(limits, yield* nearestSemidefinite(matrix, n), n));
  if (chain === null) throw new CorrelationError('the correlation matrix could not be factorised');
  const controlFor = (steps: number, isTilted: boolean): OneFactorControl | null =>
    OneFactorControl.near(limits, matrix, chain.pivots.subarray(0, steps), isTilted);
  return { kind: 'integral', chain, bounds: failureBounds(limits, matrix, n), controlFor };
}
