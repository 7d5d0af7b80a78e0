import { NEAR_TIE, noisyCalls } from './calls';
import type { EstimatorContext, EstimatorDefinition, EstimatorUpdate } from './definition';
import { type Estimate, type EstimateFlag, LEVEL, type StopRule } from './estimate';
import { clopperPearson, confidenceSequence, type Limits } from './intervals';
import type { Calls } from './model';
import { STREAMS } from './noise/gaussian';

/** Stopping and allocation are decided only at multiples of this, whatever the batch of the engine. */
export const DECISION_SAMPLES = 256;

/** What sampling has seen at one radius. */
interface Tally {
  readonly sigma: number;
  samples: number;
  readonly classCounts: number[];
  /** Noisy copies called the target; an exact tie is not. */
  survived: number;
  nearTies: number;
  ms: number;
  limits: Limits;
}

const sampleLimit = (stop: StopRule): number => (stop.rule === 'fixed' ? stop.samples : stop.maxSamples);

const halfWidth = ({ limits }: Tally): number => (limits.hi - limits.lo) / 2;

function isFinished(tally: Tally, stop: StopRule): boolean {
  if (tally.samples >= sampleLimit(stop)) return true;
  return stop.rule === 'precision' && tally.samples > 0 && halfWidth(tally) <= stop.halfWidth;
}

/** Adds what some copies are called to the tally. */
export function countCalls(
  tally: Pick<Tally, 'classCounts' | 'survived' | 'nearTies'>,
  { called, margins }: Calls,
): void {
  for (const [i, margin] of margins.entries()) {
    const k = called[i] as number;
    tally.classCounts[k] = (tally.classCounts[k] as number) + 1;
    if (margin > 0) tally.survived++;
    if (Math.abs(margin) < NEAR_TIE) tally.nearTies++;
  }
}

/** Standard deviation of Beta(k + 1/2, n - k + 1/2): like sqrt(p(1-p)/n), but not zero where no failure was seen. */
function samplingError(survived: number, samples: number): number {
  const [a, b] = [survived + 0.5, samples - survived + 0.5];
  return Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)));
}

/** The radius to sample next: each once, then the one known least; fixed n goes round in order. */
function nextTally(tallies: readonly Tally[], stop: StopRule): Tally | undefined {
  let chosen: Tally | undefined;
  for (const tally of tallies) {
    if (isFinished(tally, stop)) continue;
    if (tally.samples === 0) return tally;
    if (chosen === undefined) chosen = tally;
    else if (stop.rule === 'fixed' ? tally.samples < chosen.samples : halfWidth(tally) > halfWidth(chosen)) {
      chosen = tally;
    }
  }
  return chosen;
}

/** Samples the radius is expected to need in all; interval widths shrink as 1/sqrt(n). */
function expectedSamples(tally: Tally, stop: StopRule): number {
  if (stop.rule === 'fixed') return stop.samples;
  if (isFinished(tally, stop)) return tally.samples;
  if (tally.samples === 0) return stop.maxSamples / 4;
  return Math.min(stop.maxSamples, tally.samples * (halfWidth(tally) / stop.halfWidth) ** 2);
}

function toEstimate(tally: Tally, stop: StopRule): Estimate {
  const { sigma, samples, survived, classCounts, nearTies, ms, limits } = tally;
  const p = survived / samples;
  const finished = isFinished(tally, stop);
  const flags: EstimateFlag[] = [];
  if (!finished) flags.push('provisional');
  else if (stop.rule === 'precision' && halfWidth(tally) > stop.halfWidth) flags.push('sample_limit');
  const fixedInterval = stop.rule === 'fixed' && finished;
  const { lo, hi } = fixedInterval ? clopperPearson(survived, samples, 1 - LEVEL) : limits;
  return {
    sigma,
    p,
    lo,
    hi,
    interval: fixedInterval ? 'clopper-pearson' : 'confidence-sequence',
    level: LEVEL,
    numericalError: null,
    samplingError: samplingError(survived, samples),
    evaluations: samples,
    gradients: 0,
    ms,
    flags,
    classCounts: [...classCounts],
    nearTies,
  };
}

async function* run(context: EstimatorContext): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { classifier, x, target, sigmas, seed, stop, now } = context;
  const tallies = sigmas.map(
    (sigma): Tally => ({
      sigma,
      samples: 0,
      classCounts: new Array<number>(classifier.classCount).fill(0),
      survived: 0,
      nearTies: 0,
      ms: 0,
      limits: { lo: 0, hi: 1 },
    }),
  );
  for (;;) {
    const tally = nextTally(tallies, stop);
    if (tally === undefined) return;
    const start = now();
    const count = Math.min(DECISION_SAMPLES, sampleLimit(stop) - tally.samples);
    const firstSample = tally.samples;
    const batch = { x, sigma: tally.sigma, seed, stream: STREAMS.mc, firstSample, count };
    countCalls(tally, await noisyCalls(classifier, batch, target));
    tally.samples += count;
    tally.limits = confidenceSequence(tally.survived, tally.samples, 1 - LEVEL);
    tally.ms += now() - start;
    const expected = tallies.reduce((sum, each) => sum + expectedSamples(each, stop), 0);
    const done = tallies.reduce((sum, each) => sum + each.samples, 0);
    yield {
      sigmaIndex: tallies.indexOf(tally),
      estimate: toEstimate(tally, stop),
      progress: Math.min(1, done / expected),
    };
  }
}

/** The share of noisy copies that are still called t, with limits that fit the stop rule. */
export const mc: EstimatorDefinition = {
  id: 'mc',
  name: 'Monte Carlo',
  kind: 'sampled',
  unbiased: true,
  needsGradients: false,
  shownByDefault: true,
  summary: 'Adds noise again and again and counts how often the prediction survives.',
  formula: '\\frac{1}{n}\\sum_{j=1}^{n} \\mathbf{1}\\{\\arg\\max_i f_i(x+\\varepsilon_j) = t\\}',
  citation:
    'Limits: Clopper and Pearson 1934 (fixed n); Robbins 1970, Beta(1/2,1/2) mixture (stop by precision)',
  options: {},
  cost: (sigmaCount, _classCount, stop) => ({ evaluations: sigmaCount * sampleLimit(stop), gradients: 0 }),
  run,
};
