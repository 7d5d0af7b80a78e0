import { inTurns, type Pause } from '../steps';
import {
  type ChainIntegral,
  type GaussianCdfOptions,
  type GaussianCdfResult,
  isTilted,
  type Tolerance,
  toleranceOf,
} from './integrate';
import { type Prepared, prepare, withPruned } from './prepare';
import { solvePrepared } from './single';

/** Limits and correlations as for `gaussianCdf`. */
export interface GaussianCdfProblem {
  readonly z: ArrayLike<number>;
  readonly correlation: ArrayLike<number>;
  readonly options?: GaussianCdfOptions;
}

export interface ChainTask extends ChainIntegral {
  readonly tolerance: Tolerance;
}

/**
 * Something that integrates many chains side by side faster than this thread could one after the other, without a tilt
 * and perhaps in fewer digits.
 */
export interface ChainIntegrator {
  /** Chains of a larger rank, or with more constraints, are not for it. */
  readonly mostConstraints: number;
  /** Fewer chains than this are done sooner here. */
  readonly fewest: number;
  /** The answers, in order; null where it did not reach the tolerance. Their standard errors hold its rounding as well. */
  integrate(tasks: readonly ChainTask[]): Promise<(GaussianCdfResult | null)[]>;
}

/**
 * `gaussianCdf` of many problems. Those that a closed form answers, tails, and what the integrator leaves, are solved here.
 * @throws CorrelationError, RangeError as `gaussianCdf`
 */
export async function gaussianCdfs(
  problems: readonly GaussianCdfProblem[],
  integrator: ChainIntegrator | undefined,
  pause?: Pause,
): Promise<GaussianCdfResult[]> {
  const prepared: Prepared[] = [];
  for (const { z, correlation, options = {} } of problems) {
    prepared.push(await inTurns(prepare(z, correlation, options), pause));
  }
  const found = new Map<number, GaussianCdfResult>();
  if (integrator !== undefined) {
    const chosen = prepared.flatMap((each, i) => {
      const integral = integralFor(each, integrator);
      return integral === null || problems[i]?.options?.seed !== undefined ? [] : [{ i, integral }];
    });
    if (chosen.length >= integrator.fewest) {
      const tasks = chosen.map(({ i, integral }) => ({
        ...integral,
        tolerance: toleranceOf(problems[i]?.options ?? {}),
      }));
      const results = await integrator.integrate(tasks);
      for (const [k, { i }] of chosen.entries()) {
        const result = results[k];
        const whole = result && withPruned(result, prepared[i]?.prunedMass ?? 0);
        if (whole) found.set(i, whole);
      }
    }
  }
  const results: GaussianCdfResult[] = [];
  for (const [i, each] of prepared.entries()) {
    results.push(found.get(i) ?? (await inTurns(solvePrepared(each, problems[i]?.options ?? {}), pause)));
  }
  return results;
}

function integralFor({ reduced }: Prepared, { mostConstraints }: ChainIntegrator): ChainIntegral | null {
  if (reduced.kind === 'solved') return null;
  const { chain } = reduced;
  const fits = chain.side.length <= mostConstraints && chain.rank > 1;
  return fits && !isTilted(chain) ? reduced : null;
}
