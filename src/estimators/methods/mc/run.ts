import { type CallTally, countCalls, noisyCalls } from '../../calls';
import type { EstimatorContext, EstimatorUpdate } from '../../definition';
import { type Estimate, type EstimateFlag, type IntervalKind, LEVEL, type StopRule } from '../../estimate';
import { clopperPearson, confidenceSequence, type Limits } from '../../intervals';
import { STREAMS } from '../../noise/gaussian';
import { samplingError } from '../../sampling-error';
import { achievedHalfWidth } from '../../stopping/fixed-width';
import { nextLook } from '../../stopping/looks';
import { PathValues } from '../../stopping/path-values';
import { endLimits, isEnd, isPrecise, planStop, type StopPlan } from '../../stopping/plan';

/** What sampling has seen at one radius. */
interface Tally extends CallTally {
  readonly sigma: number;
  samples: number;
  ms: number;
  limits: Limits;
}

/** A stop rule at work: `fixed` ends at its cap alone, a stop by precision where its plan says, with the value of its ends. */
type Stopping =
  | { readonly rule: 'fixed'; readonly cap: number }
  | {
      readonly rule: 'precision';
      readonly cap: number;
      readonly plan: StopPlan;
      readonly values: PathValues;
    };

function stoppingOf(stop: StopRule): Stopping {
  if (stop.rule === 'fixed') return { rule: 'fixed', cap: stop.samples };
  const plan = planStop(stop);
  return { rule: 'precision', cap: plan.cap, plan, values: new PathValues(plan) };
}

let latest: { readonly key: string; readonly stopping: Stopping } | undefined;

/** The same for the same rule as last time, since the images of a data set share the values of the ends. */
function sharedStopping(stop: StopRule): Stopping {
  const key = JSON.stringify(stop);
  if (latest?.key !== key) latest = { key, stopping: stoppingOf(stop) };
  return latest.stopping;
}

const halfWidth = ({ limits }: Tally): number => (limits.hi - limits.lo) / 2;

function isFinished({ samples, survived }: Tally, stopping: Stopping): boolean {
  if (stopping.rule === 'fixed') return samples >= stopping.cap;
  return samples > 0 && isEnd(stopping.plan, survived, samples);
}

/** The radius to sample next: each once, then the one known least; fixed n goes round in order. */
function nextTally(tallies: readonly Tally[], stopping: Stopping): Tally | undefined {
  let chosen: Tally | undefined;
  for (const tally of tallies) {
    if (isFinished(tally, stopping)) continue;
    if (tally.samples === 0) return tally;
    if (chosen === undefined) chosen = tally;
    else if (
      stopping.rule === 'fixed' ? tally.samples < chosen.samples : halfWidth(tally) > halfWidth(chosen)
    ) {
      chosen = tally;
    }
  }
  return chosen;
}

/** Samples the radius is expected to need in all; interval widths shrink as 1/sqrt(n). */
function expectedSamples(tally: Tally, stopping: Stopping): number {
  const { samples, survived } = tally;
  if (stopping.rule === 'fixed') return stopping.cap;
  if (isFinished(tally, stopping)) return samples;
  const { cap, plan } = stopping;
  if (samples === 0) return Math.min(cap, 0.5 / plan.halfWidth ** 2);
  const achieved = achievedHalfWidth(survived, samples, 2);
  return Math.min(cap, samples * Math.max(1, achieved / plan.halfWidth) ** 2);
}

/** What is said of p: the value and the limits that fit the stop rule at its end, and a confidence sequence before. */
function claimOf(
  { samples, survived, limits }: Tally,
  stopping: Stopping,
  finished: boolean,
): { p: number; lo: number; hi: number; interval: IntervalKind } {
  const share = survived / samples;
  if (!finished) return { p: share, ...limits, interval: 'confidence-sequence' };
  if (stopping.rule === 'fixed') {
    return { p: share, ...clopperPearson(survived, samples, 1 - LEVEL), interval: 'clopper-pearson' };
  }
  const p = stopping.values.at(survived, samples);
  const planned = endLimits(stopping.plan, survived, samples, 1 - LEVEL, p);
  return { p, ...(planned ?? limits), interval: planned === null ? 'confidence-sequence' : 'fixed-width' };
}

function toEstimate(tally: Tally, stopping: Stopping): Estimate {
  const { sigma, samples, survived, classCounts, nearTies, exactTies, ms } = tally;
  const finished = isFinished(tally, stopping);
  const flags: EstimateFlag[] = [];
  if (!finished) flags.push('provisional');
  else if (stopping.rule === 'precision' && !isPrecise(stopping.plan, survived, samples)) {
    flags.push('sample_limit');
  }
  if (exactTies > 0) flags.push('exact_ties');
  return {
    sigma,
    ...claimOf(tally, stopping, finished),
    level: LEVEL,
    numericalError: null,
    samplingError: samplingError(survived, samples),
    evaluations: samples,
    gradients: 0,
    ms,
    flags,
    successes: survived,
    classCounts: [...classCounts],
    nearTies,
    exactTies,
  };
}

/** Streams the share of noisy copies that keep the class, radius by radius, until the stop rule ends each. */
export async function* run(context: EstimatorContext): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { classifier, x, target, sigmas, seed, stop, now } = context;
  const stopping = sharedStopping(stop);
  const tallies = sigmas.map(
    (sigma): Tally => ({
      sigma,
      samples: 0,
      classCounts: new Array<number>(classifier.classCount).fill(0),
      survived: 0,
      nearTies: 0,
      exactTies: 0,
      ms: 0,
      limits: { lo: 0, hi: 1 },
    }),
  );
  for (;;) {
    const tally = nextTally(tallies, stopping);
    if (tally === undefined) return;
    const start = now();
    const count = nextLook(stopping, tally.samples) - tally.samples;
    const firstSample = tally.samples;
    const batch = { x, sigma: tally.sigma, seed, stream: STREAMS.plain, firstSample, count };
    countCalls(tally, await noisyCalls(classifier, batch, target));
    tally.samples += count;
    tally.limits = confidenceSequence(tally.survived, tally.samples, 1 - LEVEL);
    tally.ms += now() - start;
    const expected = tallies.reduce((sum, each) => sum + expectedSamples(each, stopping), 0);
    const done = tallies.reduce((sum, each) => sum + each.samples, 0);
    yield {
      sigmaIndex: tallies.indexOf(tally),
      estimate: toEstimate(tally, stopping),
      progress: Math.min(1, done / expected),
    };
  }
}

/** The most that a sweep of so many radii takes. */
export const cost = (sigmaCount: number, _classCount: number, stop: StopRule) => ({
  evaluations: sigmaCount * stoppingOf(stop).cap,
  gradients: 0,
});
