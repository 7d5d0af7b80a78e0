import { finish, type Steps } from '../steps';
import { type GaussianCdfOptions, type GaussianCdfResult, integrate } from './integrate';
import { type Prepared, prepare, type Reduced, withPruned } from './prepare';

/**
 * P(Z_i <= z_i for all i) for Z ~ N(0, R), in float64. Exact for n = 1 and 2 and where R has a single factor; else
 * separation of variables with reordering and randomised quasi-Monte Carlo points, with the nearest matrix of a single
 * factor as control variate. R may be singular. Accurate in both tails: see logP and fail.
 * @param z n limits, infinite ones allowed; below -1e7 they count as -Infinity. @param correlation n x n, row-major.
 * @throws CorrelationError if R is no correlation matrix, RangeError if a limit is NaN.
 */
export function gaussianCdf(
  z: ArrayLike<number>,
  correlation: ArrayLike<number>,
  options: GaussianCdfOptions = {},
): GaussianCdfResult {
  return finish(gaussianCdfInSteps(z, correlation, options));
}

/** `gaussianCdf` in steps: with a thousand limits it takes minutes. Arguments and errors are the same. */
export function* gaussianCdfInSteps(
  z: ArrayLike<number>,
  correlation: ArrayLike<number>,
  options: GaussianCdfOptions = {},
): Steps<GaussianCdfResult> {
  return yield* solvePrepared(yield* prepare(z, correlation, options), options);
}

/** The rest of the way. */
export function* solvePrepared(
  { reduced, prunedMass, whole }: Prepared,
  options: GaussianCdfOptions,
): Steps<GaussianCdfResult> {
  return withPruned(yield* solve(reduced, options), prunedMass) ?? (yield* solve(yield* whole(), options));
}

function* solve(reduced: Reduced, options: GaussianCdfOptions): Steps<GaussianCdfResult> {
  return reduced.kind === 'solved' ? reduced.result : yield* integrate(reduced, options);
}
