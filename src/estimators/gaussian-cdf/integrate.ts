import { BLOCK } from './bounds';
import type { ConditionalChain } from './factor';
import { Integrand } from './integrand';
import { latticeCoordinates, latticeGenerators, MOST_POINTS, randomShift } from './points';
import { cautious, type Reading, readPlain, readTilted } from './reading';
import { ScaledSums } from './sums';
import { minimaxTilt } from './tilt';

export interface GaussianCdfOptions {
  /** Stop when the standard error of p is at most this (default 1e-4) ... */
  readonly absoluteTolerance?: number;
  /** ... and at most this share of the smaller of p and 1 - p (default 0.005). */
  readonly relativeTolerance?: number;
  /** Most integrand evaluations (default 200 000); the standard error says what was reached. */
  readonly maxPoints?: number;
  /** Seed of the random shifts, a uint32 (default 1). The same arguments give the same answer to the bit. */
  readonly seed?: number;
  /** Whether matrices with a single factor are integrated in one dimension (default true); off to test the rest. */
  readonly closedForms?: boolean;
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

export const DEFAULT_TOLERANCE = 1e-4;

export const SHIFTS = 12;
export const DEFAULT_SHIFT_SEED = 1;
const FIRST_ROUND = 32;
/**
 * The tilt pays where the answer is small, and at large rank; elsewhere the plain integrand varies as little or less.
 * Below these expected logs of p it is used.
 */
const TILT_BELOW = { smallRank: Math.log(0.05), largeRank: Math.log(0.9) };
const LARGE_RANK = 160;

/** What an integral is to reach. */
export type Tolerance = Required<
  Pick<GaussianCdfOptions, 'absoluteTolerance' | 'relativeTolerance' | 'maxPoints'>
>;

export function toleranceOf({
  absoluteTolerance = DEFAULT_TOLERANCE,
  relativeTolerance = 0.005,
  maxPoints = 200_000,
}: GaussianCdfOptions): Tolerance {
  return { absoluteTolerance, relativeTolerance, maxPoints };
}

export function isSettled(
  { stdErr, relativeError }: Pick<Reading, 'stdErr' | 'relativeError'>,
  tolerance: Tolerance,
): boolean {
  return stdErr <= tolerance.absoluteTolerance && relativeError <= tolerance.relativeTolerance;
}

/** Whether the answer is so small, or the rank so large, that sampling is shifted towards where the answer comes from. */
export function isTilted({ rank, logScale }: ConditionalChain): boolean {
  return logScale < (rank > LARGE_RANK ? TILT_BELOW.largeRank : TILT_BELOW.smallRank);
}

/** Doubles the number of lattice points under fixed random shifts until the standard error over the shifts suffices. */
export function integrate(chain: ConditionalChain, options: GaussianCdfOptions): GaussianCdfResult {
  const tolerance = toleranceOf(options);
  const { seed = DEFAULT_SHIFT_SEED } = options;
  const dimension = chain.rank - 1;
  const tilted = isTilted(chain);
  const integrand = new Integrand(chain, tilted ? minimaxTilt(chain) : null);
  const generators = latticeGenerators(dimension);
  const shifts = Array.from({ length: SHIFTS }, (_, s) => randomShift(dimension, seed, s));
  const sums = new ScaledSums(SHIFTS);
  const sumFail = new Float64Array(SHIFTS);

  /** Adds the points that the lattice of `points` has more than that of half as many; at first, all. */
  const addPoints = (points: number, all: boolean): void => {
    const stride = all ? 1 : 2;
    for (let s = 0; s < SHIFTS; s++) {
      const shift = shifts[s] as Float64Array;
      for (let first = all ? 0 : 1; first < points; first += BLOCK * stride) {
        const count = Math.min(BLOCK, Math.ceil((points - first) / stride));
        integrand.evaluate(count, (k, size, out) =>
          latticeCoordinates(generators[k] as number, shift[k] as number, points, first, stride, size, out),
        );
        for (let p = 0; p < count; p++) {
          sums.add(s, integrand.product[p] as number, integrand.logFactor[p] as number);
          sumFail[s] = (sumFail[s] as number) + (integrand.fail[p] as number);
        }
      }
    }
  };

  let previous: Reading | null = null;
  for (let points = dimension === 0 ? 1 : FIRST_ROUND; ; points *= 2) {
    addPoints(points, previous === null);
    const reading = cautious(tilted ? readTilted(sums, points) : readPlain(sumFail, sums, points), previous);
    const settled = previous !== null && isSettled(reading, tolerance);
    if (settled || dimension === 0 || 2 * points > Math.min(tolerance.maxPoints / SHIFTS, MOST_POINTS)) {
      const { p, fail, logP, stdErr } = reading;
      return { p, fail, logP, stdErr: dimension === 0 ? 0 : stdErr, points: points * SHIFTS };
    }
    previous = reading;
  }
}
