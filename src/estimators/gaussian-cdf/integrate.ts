import type { Steps } from '../steps';
import { BLOCK } from './bounds';
import type { ConditionalChain } from './factor';
import type { FailureBounds } from './failure-bounds';
import { type Coordinates, Integrand } from './integrand';
import type { OneFactorControl } from './one-factor-control';
import { latticeCoordinates, latticeGenerators, MOST_POINTS, randomShift } from './points';
import { cautious, type Reading, readPlain, readTilted, within } from './reading';
import { ShiftSums } from './sums';
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
  /**
   * Whether what is known of matrices with a single factor and of two variables is used (default true); off to test
   * the lattice alone.
   */
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
/** The control variate doubles the time of a point at small rank, where errors fall nearly as 1/points. */
const CONTROL_GAIN = { smallRank: 4, largeRank: 2 };
/** The last two variables are integrated with an absolute error that farther out could count. */
const LEAST_FOR_PAIR = Math.log(1e-6);
/** The polygon of more constraints takes longer than the points that it saves. */
const MOST_FOR_PAIR = 12;

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

/** An integral, and what is known that helps with it. */
export interface ChainIntegral {
  readonly chain: ConditionalChain;
  /** Bounds on the probability of a failure, or null. */
  readonly bounds: FailureBounds | null;
  /** Makes the control variate, or null, given how many steps it goes along and whether those have tilts. */
  controlFor(steps: number, isTilted: boolean): OneFactorControl | null;
}

/** Doubles the number of lattice points under fixed random shifts until the standard error over the shifts suffices. */
export function* integrate(
  { chain, bounds, controlFor }: ChainIntegral,
  options: GaussianCdfOptions,
): Steps<GaussianCdfResult> {
  const tolerance = toleranceOf(options);
  const { seed = DEFAULT_SHIFT_SEED, closedForms = true } = options;
  const tilted = isTilted(chain);
  const joinsLastPair = closedForms && gainsFromLastPair(chain);
  const integrand = new Integrand(chain, tilted ? minimaxTilt(chain) : null, joinsLastPair);
  let control = closedForms ? controlFor(integrand.steps, tilted) : null;
  const gain = chain.rank > LARGE_RANK ? CONTROL_GAIN.largeRank : CONTROL_GAIN.smallRank;
  const { dimension } = integrand;
  const generators = latticeGenerators(dimension);
  const shifts = Array.from({ length: SHIFTS }, (_, s) => randomShift(dimension, seed, s));
  const sums = new ShiftSums(SHIFTS);
  const controlSums = new ShiftSums(SHIFTS);

  /** Adds the points that the lattice of `points` has more than that of half as many; at first, all. */
  function* addPoints(points: number, all: boolean): Steps<void> {
    const stride = all ? 1 : 2;
    for (let s = 0; s < SHIFTS; s++) {
      const shift = shifts[s] as Float64Array;
      for (let first = all ? 0 : 1; first < points; first += BLOCK * stride) {
        const count = Math.min(BLOCK, Math.ceil((points - first) / stride));
        const coordinates: Coordinates = (k, size, out) =>
          latticeCoordinates(generators[k] as number, shift[k] as number, points, first, stride, size, out);
        integrand.evaluate(count, coordinates, control);
        sums.add(s, integrand.draws, count);
        if (control !== null) controlSums.add(s, control.draws, count);
        yield;
      }
    }
  }

  let previous: Reading | null = null;
  for (let points = dimension === 0 ? 1 : FIRST_ROUND; ; points *= 2) {
    yield* addPoints(points, previous === null);
    const known = control && { sums: controlSums, exact: control.exact, gain };
    const read = tilted ? readTilted : readPlain;
    const reading = cautious(within(bounds, read(sums, points, known)), previous);
    const settled = previous !== null && isSettled(reading, tolerance);
    if (settled || dimension === 0 || 2 * points > Math.min(tolerance.maxPoints / SHIFTS, MOST_POINTS)) {
      const { p, fail, logP, stdErr } = reading;
      return { p, fail, logP, stdErr: dimension === 0 ? 0 : stdErr, points: points * SHIFTS };
    }
    if (previous !== null && !reading.isControlled) control = null;
    previous = reading;
  }
}

/** Where many constraints meet in the last two variables the integrand has kinks, which slow lattice rules down. */
function gainsFromLastPair({ rank, first, logScale }: ConditionalChain): boolean {
  if (rank < 2 || logScale < LEAST_FOR_PAIR) return false;
  const constraints = (first[rank] as number) - (first[rank - 2] as number);
  return constraints > 2 && (rank === 2 || constraints <= MOST_FOR_PAIR);
}
