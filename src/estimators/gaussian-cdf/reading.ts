import { mean, type ScaledSums, standardError } from './sums';

/** What the sums over the random shifts say. */
export interface Reading {
  readonly p: number;
  readonly fail: number;
  readonly logP: number;
  readonly stdErr: number;
  /** stdErr as a share of the smaller of p and 1 - p, also where those underflow */
  readonly relativeError: number;
}

/** Without a tilt the mean failure keeps its digits however close p is to 1. */
export function readPlain(sumFail: Float64Array, sums: ScaledSums, done: number): Reading {
  const fail = mean(sumFail) / done;
  if (fail >= 0.5) return readTilted(sums, done);
  const stdErr = standardError(sumFail) / done;
  return { p: 1 - fail, fail, logP: Math.log1p(-fail), stdErr, relativeError: stdErr / fail };
}

export function readTilted(sums: ScaledSums, done: number): Reading {
  const scaledP = mean(sums.values) / done;
  const scaledError = standardError(sums.values) / done;
  // No point fell into the region: all that is known is that p is small against one in `points`.
  if (scaledP === 0) {
    const stdErr = 1 / (done * sums.values.length);
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
export function cautious(reading: Reading, previous: Reading | null): Reading {
  if (previous === null) return reading;
  const floor = Math.max(previous.stdErr / 2, Math.abs(reading.p - previous.p) / 3);
  if (!(floor > reading.stdErr)) return reading;
  const inflation = reading.stdErr > 0 ? floor / reading.stdErr : 1;
  return { ...reading, stdErr: floor, relativeError: reading.relativeError * inflation };
}
