import { type Estimate, type EstimateFlag, LEVEL, type StopRule } from '../../estimate';
import { clopperPearson } from '../../intervals';
import { DECISION_SAMPLES } from '../../stopping/looks';
import type { Check } from './check';
import type { Finding } from './controls';
import { skewedLimits, studentQuantile } from './strata';

/** Fewer effective samples of the rarer outcome than this, and the interval is not to be trusted. */
export const LEAST_EFFECTIVE = 50;
/** Combined standard errors between estimate and self-check. */
const CHECK_ERRORS = 3;

/** Whether the self-check says otherwise, beyond 3 combined standard errors; on logarithms where it needed levels. */
export function disagrees(probability: number, stdErr: number, check: Check): boolean {
  const q = check.probability;
  if (check.levels === 0) {
    const variance = (p: number): number => (p * (1 - p)) / check.samples;
    const expected = Math.min(1, Math.max(0, probability));
    const combined = Math.sqrt(stdErr ** 2 + Math.max(variance(expected), variance(q)));
    return Math.abs(probability - q) > CHECK_ERRORS * combined;
  }
  if (!check.isSeen && probability <= q) return false;
  if (!(probability > 0) || !(q > 0)) return true;
  const combined = Math.hypot(stdErr / probability, check.relativeError);
  return Math.abs(Math.log(probability / q)) > CHECK_ERRORS * combined;
}

/** What is to be said of a finished estimate. @param check null where none was needed. */
export function finalFlags(mean: Finding, check: Check | null, stop: StopRule): EstimateFlag[] {
  const flags: EstimateFlag[] = [];
  const { stdErr, degrees } = mean.samplingError;
  const error = Math.hypot(stdErr, mean.numericalError);
  if (check !== null) {
    const sameSide = check.outcome === mean.outcome ? mean.probability : 1 - mean.probability;
    if (disagrees(sameSide, error, check)) flags.push('check_failed');
  }
  if (mean.effective < LEAST_EFFECTIVE) flags.push('few_failures');
  if (stop.rule === 'precision' && mean.count + DECISION_SAMPLES > stop.maxSamples) {
    if (studentQuantile((1 + LEVEL) / 2, degrees) * error > stop.halfWidth) flags.push('sample_limit');
  }
  return flags;
}

const clamp = (p: number): number => Math.min(1, Math.max(0, p));

type Costs = Pick<Estimate, 'evaluations' | 'gradients' | 'ms' | 'shared'>;

/** The estimate of the moment; without trust in its weights, what the plain samples among them say. */
export function toEstimate(
  sigma: number,
  mean: Finding,
  flags: readonly EstimateFlag[],
  costs: Costs,
  ties: Required<Pick<Estimate, 'nearTies' | 'exactTies'>>,
): Estimate {
  const orient = (probability: number): number => (mean.outcome === 'kept' ? probability : 1 - probability);
  const said: EstimateFlag[] = ties.exactTies > 0 ? [...flags, 'exact_ties'] : [...flags];
  const rest = { sigma, level: LEVEL, flags: said, ...ties, ...costs };
  if (flags.includes('check_failed') || flags.includes('few_failures')) {
    // The plain component is a Monte Carlo sample of its own, which no design point has touched.
    const { plain, plainHits } = mean;
    const limits = clopperPearson(mean.outcome === 'kept' ? plainHits : plain - plainHits, plain, 1 - LEVEL);
    const p = orient(plainHits / plain);
    const samplingError = Math.sqrt(((plainHits + 0.5) * (plain - plainHits + 0.5)) / (plain + 1) ** 3);
    return { ...rest, ...limits, p, interval: 'clopper-pearson', numericalError: null, samplingError };
  }
  const { stdErr, degrees } = mean.samplingError;
  const { numericalError, probability } = mean;
  const error = Math.hypot(stdErr, numericalError);
  const limits = skewedLimits(probability, error, mean.third, studentQuantile((1 + LEVEL) / 2, degrees));
  const ends = [orient(clamp(limits.lo)), orient(clamp(limits.hi))];
  return {
    ...rest,
    p: orient(clamp(probability)),
    lo: Math.min(...ends),
    hi: Math.max(...ends),
    interval: 'student-t',
    numericalError,
    samplingError: stdErr,
  };
}
