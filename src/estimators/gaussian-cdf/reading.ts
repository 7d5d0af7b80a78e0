import type { FailureBounds } from './failure-bounds';
import type { OneFactorResult } from './one-factor';
import { type Centre, controlledCentre, plainCentre, type ShiftTotals } from './sums';

const ROUNDING = 1e-7;

/** What the sums over the random shifts say. */
export interface Reading {
  readonly p: number;
  readonly fail: number;
  readonly logP: number;
  readonly stdErr: number;
  /** stdErr as a share of the smaller of p and 1 - p, also where those underflow */
  readonly relativeError: number;
  /** whether the control variate had a part in it */
  readonly isControlled: boolean;
}

/** A control variate at the same points. */
export interface Known {
  readonly sums: ShiftTotals;
  /** the factor in variance from which on it is worth its time */
  readonly gain: number;
  readonly exact: OneFactorResult;
}

/** Without a tilt the mean failure keeps its digits however close p is to 1. @param points those of each shift */
export function readPlain(sums: ShiftTotals, points: number, known: Known | null = null): Reading {
  const { log, relativeError, isControlled } = betterCentre(
    plainCentre(sums.fail, -Math.log(points)),
    known && controlledCentre(sums.fail, known.sums.fail, Math.log(known.exact.fail)),
    known?.gain ?? 1,
  );
  const fail = Math.exp(log);
  if (fail >= 0.5) return readTilted(sums, points, known);
  const stdErr = relativeError * fail;
  return { p: 1 - fail, fail, logP: Math.log1p(-fail), stdErr, relativeError, isControlled };
}

export function readTilted(sums: ShiftTotals, points: number, known: Known | null = null): Reading {
  const { values, logScale } = sums.scaled;
  const other = known?.sums.scaled;
  const centre = betterCentre(
    plainCentre(values, logScale - Math.log(points)),
    known && other
      ? controlledCentre(values, other.values, logScale - other.logScale + known.exact.logP)
      : null,
    known?.gain ?? 1,
  );
  // No point fell into the region: all that is known is that p is small against one in `points`.
  if (centre.log === Number.NEGATIVE_INFINITY) {
    const stdErr = 1 / (points * values.length);
    return {
      p: 0,
      fail: 1,
      logP: centre.log,
      stdErr,
      relativeError: Number.POSITIVE_INFINITY,
      isControlled: false,
    };
  }
  const logP = Math.min(0, centre.log);
  const p = Math.exp(logP);
  const stdErr = centre.relativeError * p;
  return {
    p,
    fail: 1 - p,
    logP,
    stdErr,
    relativeError: p > 0.5 ? stdErr / (1 - p) : centre.relativeError,
    isControlled: centre.isControlled,
  };
}

/**
 * Where hardly any point fails, all shifts may miss the same corner and agree on too small a failure. A reading outside
 * of the bounds is moved to them, and the distance counts as error.
 */
export function within(bounds: FailureBounds | null, reading: Reading): Reading {
  if (bounds === null) return reading;
  const fail = Math.min(bounds.upper, Math.max(bounds.lower, reading.fail));
  const distance = Math.abs(fail - reading.fail);
  if (!(distance > ROUNDING * fail)) return reading;
  const stdErr = Math.max(reading.stdErr, distance);
  return { ...reading, p: 1 - fail, fail, logP: Math.log1p(-fail), stdErr, relativeError: stdErr / fail };
}

/** The control has to lower the variance by a factor: else choosing the smaller of two estimated errors flatters it. */
function betterCentre(
  plain: Centre,
  controlled: Centre | null,
  factor: number,
): Centre & { isControlled: boolean } {
  const isControlled =
    controlled !== null && factor * controlled.relativeError ** 2 < plain.relativeError ** 2;
  return { ...(isControlled ? controlled : plain), isControlled };
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
