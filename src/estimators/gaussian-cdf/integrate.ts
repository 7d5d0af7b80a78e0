import { BLOCK } from './bounds';
import type { ConditionalChain } from './factor';
import { Integrand } from './integrand';
import { latticeCoordinates, latticeGenerators, MOST_POINTS, randomShift } from './points';
import { mean, ScaledSums, standardError } from './sums';
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

const SHIFTS = 12;
const FIRST_ROUND = 32;
/**
 * The tilt pays where the answer is small, and at large rank; elsewhere the plain integrand varies as little or less.
 * Below these expected logs of p it is used.
 */
const TILT_BELOW = { smallRank: Math.log(0.05), largeRank: Math.log(0.9) };
const LARGE_RANK = 160;

/** Doubles the number of lattice points under fixed random shifts until the standard error over the shifts suffices. */
export function integrate(chain: ConditionalChain, options: GaussianCdfOptions): GaussianCdfResult {
  const {
    absoluteTolerance = DEFAULT_TOLERANCE,
    relativeTolerance = 0.005,
    maxPoints = 200_000,
    seed = 1,
  } = options;
  const dimension = chain.rank - 1;
  const tilted = chain.logScale < (chain.rank > LARGE_RANK ? TILT_BELOW.largeRank : TILT_BELOW.smallRank);
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
    const settled =
      previous !== null && reading.stdErr <= absoluteTolerance && reading.relativeError <= relativeTolerance;
    if (settled || dimension === 0 || 2 * points > Math.min(maxPoints / SHIFTS, MOST_POINTS)) {
      const { p, fail, logP, stdErr } = reading;
      return { p, fail, logP, stdErr: dimension === 0 ? 0 : stdErr, points: points * SHIFTS };
    }
    previous = reading;
  }
}

interface Reading extends Omit<GaussianCdfResult, 'points'> {
  /** stdErr as a share of the smaller of p and 1 - p, also where those underflow */
  readonly relativeError: number;
}

/** Without a tilt the mean failure keeps its digits however close p is to 1. */
function readPlain(sumFail: Float64Array, sums: ScaledSums, done: number): Reading {
  const fail = mean(sumFail) / done;
  if (fail >= 0.5) return readTilted(sums, done);
  const stdErr = standardError(sumFail) / done;
  return { p: 1 - fail, fail, logP: Math.log1p(-fail), stdErr, relativeError: stdErr / fail };
}

function readTilted(sums: ScaledSums, done: number): Reading {
  const scaledP = mean(sums.values) / done;
  const scaledError = standardError(sums.values) / done;
  // No point fell into the region: all that is known is that p is small against one in `points`.
  if (scaledP === 0) {
    const stdErr = 1 / (done * SHIFTS);
    return { p: 0, fail: 1, logP: Number.NEGATIVE_INFINITY, stdErr, relativeError: Number.POSITIVE_INFINITY };
  }
  const scale = Math.exp(sums.logScale);
  const p = Math.min(1, scaledP * scale);
  const stdErr = scaledError * scale;
  return {
    p,
    fail: 1 - p,
    logP: Math.log(scaledP) + sums.logScale,
    stdErr,
    relativeError: p > 0.5 ? stdErr / (1 - p) : scaledError / scaledP,
  };
}

/**
 * A dozen shifts now and then agree by chance, and stopping looks for just that. Doubling the points halves the error
 * at best, and two readings should differ by little more than the error of the earlier: else the error is raised.
 */
function cautious(reading: Reading, previous: Reading | null): Reading {
  if (previous === null) return reading;
  const floor = Math.max(previous.stdErr / 2, Math.abs(reading.p - previous.p) / 3);
  if (!(floor > reading.stdErr)) return reading;
  const inflation = reading.stdErr > 0 ? floor / reading.stdErr : 1;
  return { ...reading, stdErr: floor, relativeError: reading.relativeError * inflation };
}
