import { type Estimate, LEVEL, type StopRule } from '../../estimators/estimate';
import { studentUpperTail } from '../../estimators/math/student';
import { targetLimits } from '../../estimators/sampled-limits';

/** An estimate that differs from sampling by more than the errors of both explain. */
interface Disagreement {
  readonly estimatorId: string;
  readonly sigma: number;
  /** analytical - sampled */
  readonly difference: number;
}

export interface GapVerdict {
  /** Whether every pair is there; what is there is judged all the same. */
  readonly complete: boolean;
  /** The largest difference first. */
  readonly unexplained: readonly Disagreement[];
}

/** The radii at which an estimator promises more than sampling finds, or those at which it promises less. */
export interface GapSide {
  readonly above: boolean;
  /** In ascending order. */
  readonly sigmas: readonly number[];
  readonly largest: Disagreement;
}

/** Where one estimator is off to either side, the side first that begins at the smaller radius. */
export function sidesOf({ unexplained }: GapVerdict, estimatorId: string): readonly GapSide[] {
  const own = unexplained.filter((one) => one.estimatorId === estimatorId);
  return [true, false]
    .flatMap((above): GapSide[] => {
      const found = own.filter(({ difference }) => difference > 0 === above);
      const [largest] = found;
      const sigmas = found.map(({ sigma }) => sigma).sort((a, b) => a - b);
      return largest === undefined ? [] : [{ above, sigmas, largest }];
    })
    .sort((a, b) => (a.sigmas[0] as number) - (b.sigmas[0] as number));
}

type Row = readonly (Estimate | undefined)[];

/** Random shifts behind the standard error of a Gaussian CDF, less one. */
const NUMERICAL_DEGREES = 11;

/**
 * Where analytical curves and sampling differ by more than their errors explain. All radii and estimators are judged
 * together, each pair at alpha/m, half of it for either side: sampling by the limits that fit its stop rule, while it runs
 * a confidence sequence, and the analytical estimate by Student's t on its own sampling and numerical errors.
 */
export function judgeGaps(
  analytical: Readonly<Record<string, Row>>,
  sampled: Row,
  target: number,
  stop: StopRule,
): GapVerdict {
  const rows = Object.entries(analytical);
  const alpha = (1 - LEVEL) / Math.max(1, rows.length * sampled.length) / 2;
  const limits = sampled.map(
    (estimate) =>
      estimate?.classCounts && targetLimits(estimate, estimate.classCounts[target] ?? 0, stop, alpha),
  );
  let complete = rows.length > 0 && sampled.length > 0;
  const unexplained: Disagreement[] = [];
  for (const [estimatorId, row] of rows) {
    for (const [i, own] of sampled.entries()) {
      const limit = limits[i];
      const other = row[i];
      if (own === undefined || limit === undefined || other === undefined) {
        complete = false;
        continue;
      }
      const excess = Math.max(limit.lo - other.p, other.p - limit.hi);
      if (excess <= 0 || isChance(other, excess, alpha)) continue;
      unexplained.push({ estimatorId, sigma: other.sigma, difference: other.p - own.p });
    }
  }
  unexplained.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  return { complete, unexplained };
}

/** Whether the estimate's own errors put it this far off with a probability of alpha, to either side. */
function isChance(estimate: Estimate, excess: number, alpha: number): boolean {
  const { numericalError, samplingError, samplingDegrees } = estimate;
  const error = Math.hypot(numericalError ?? 0, samplingError ?? 0);
  const degrees = samplingError === null ? NUMERICAL_DEGREES : (samplingDegrees ?? NUMERICAL_DEGREES);
  return error > 0 && 2 * studentUpperTail(excess / error, degrees) >= alpha;
}
