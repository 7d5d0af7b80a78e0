import type { EstimatorContext, EstimatorUpdate } from '../../definition';
import { type EstimateFlag, LEVEL, type SharedCost, type StopRule } from '../../estimate';
import { STREAMS } from '../../noise/gaussian';
import { DECISION_SAMPLES } from '../../stopping/looks';
import { GRADIENT_COPIES } from './averaged';
import { CHECK_LIMIT, CHECK_SAMPLES, type Check, SHORT_CHECK_SAMPLES, subsetSimulation } from './check';
import { ControlledMean, type Finding, together } from './controls';
import { cleanDesign, type Design, designLimit } from './design';
import { ROUND } from './mixture';
import { EXPLORED_SAMPLES, type Expectation, PILOT_SAMPLES, type Prepared, prepare } from './prepare';
import type { Draw, MixtureSampler } from './sampler';
import { studentQuantile } from './strata';
import { fitMargins, Surrogate } from './surrogate';
import { finalFlags, LEAST_EFFECTIVE, toEstimate } from './verdict';

/** What the variance so far is multiplied by when it chooses the sample size. */
const SAFETY = 1.3;
/** The same for effective samples: plain ones, and shifted ones, of which a few of large weight decide. */
const EFFECTIVE_SAFETY = { plain: 2, shifted: 3 } as const;
/** The same for whether there will be enough of them at all, short of which the rest is better spent on plain copies. */
const REACH_SAFETY = 1.25;
/** Levels of the residual spread at which the fitted margins are cut, towards the rarer outcome's side. */
const LEVELS = [-1.4, -0.8, -0.3, 0.1, 0.5, 1, 1.5, 2.1];
/** Margins of a fitted model, those that decide most often: it is a control variate, and need not know all classes. */
const MAX_FITTED = 16;
/** With as many of the rarer outcome among the plain samples the estimate needs no other check. */
const CHECK_HITS = 8;
/** From this many samples on the self-check takes the larger size. */
const LONG_CHECK_FROM = 4096;
/** Samples spent at most for the sake of effective samples alone. */
const EFFECTIVE_LIMIT = 16_384;
/** Samples for a bound, where not even those would be enough. */
const HOPELESS_SAMPLES = 4096;

const cdfOptions = (seed: number) => ({
  absoluteTolerance: 1e-4,
  relativeTolerance: 0.002,
  seed: seed % 2 ** 32,
});

/**
 * Linear models fitted to a draw: like the planes of the design, but as steep and as far away as these copies say. They
 * are cut at several levels, whose indicators together follow the chance of the outcome given the linear part of the noise.
 */
function fitTo(
  draw: Draw,
  { target, classifier, seed }: EstimatorContext,
  { design, frame, outcome, rivals }: Prepared,
): Surrogate[] {
  const K = classifier.classCount;
  const margin = (sample: number, other: number): number =>
    (draw.logits[sample * K + target] as number) - (draw.logits[sample * K + other] as number);
  const others = [...new Set([...rivals, ...design.models.flat().map(({ other }) => other)])];
  const fitted = fitMargins(draw, margin, others.length > MAX_FITTED ? commonest(draw, others) : others);
  if (fitted === null) return [];
  const side = outcome === 'lost' ? 1 : -1;
  return LEVELS.map((level) => Surrogate.above(fitted, side * level, frame.gram, cdfOptions(seed)));
}

/** Of many classes those that are called most often. */
function commonest({ called }: Draw, classes: readonly number[]): number[] {
  const counts = new Map(classes.map((each) => [each, 0]));
  for (const each of called) if (counts.has(each)) counts.set(each, (counts.get(each) as number) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_FITTED)
    .map(([each]) => each);
}

/** Samples in all, a multiple of 64 under fixed n and of 256 under precision, and whether shifting serves at that. */
function samplesFor(
  stop: StopRule,
  { variance, effective }: Expectation,
  kind: keyof typeof EFFECTIVE_SAFETY,
): { count: number; reaches: boolean } {
  const round = stop.rule === 'fixed' ? ROUND : DECISION_SAMPLES;
  const limit = stop.rule === 'fixed' ? stop.samples : stop.maxSamples;
  const most = Math.max(round, Math.floor(limit / round) * round);
  const reaches = Math.min(EFFECTIVE_LIMIT, most) * effective >= REACH_SAFETY * LEAST_EFFECTIVE;
  if (stop.rule === 'fixed') return { count: most, reaches };
  const z = studentQuantile((1 + LEVEL) / 2, Number.POSITIVE_INFINITY);
  const forWidth = SAFETY * variance * (z / stop.halfWidth) ** 2;
  const forEffective = reaches
    ? Math.min(EFFECTIVE_LIMIT, (EFFECTIVE_SAFETY[kind] * LEAST_EFFECTIVE) / effective)
    : HOPELESS_SAMPLES;
  const wanted = Math.max(2 * round, Math.ceil(Math.max(forWidth, forEffective) / round) * round);
  return { count: Math.min(most, wanted), reaches };
}

/** Streams what is known of each radius in turn: provisional after every round, then with its check. */
export async function* run(context: EstimatorContext): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { classifier, x, target, sigmas, seed, stop, now } = context;
  let searched: Promise<{ design: Design; shared: SharedCost }> | null = null;
  const search = async () => {
    const begin = now();
    const clean = await context.linearisation();
    const taken = now() - begin;
    const design = await cleanDesign(context, clean.value);
    const { evaluations, gradients } = design;
    return { design, shared: { evaluations, gradients, ms: clean.ms + now() - begin - taken } };
  };

  for (const [sigmaIndex, sigma] of sigmas.entries()) {
    const start = now();
    let searching = 0;
    let shared: SharedCost = { evaluations: 0, gradients: 0, ms: 0 };
    const prepared = await prepare(context, sigma, async () => {
      const begin = now();
      searched ??= search();
      const found = await searched;
      searching = now() - begin;
      shared = found.shared;
      return found.design;
    });
    const { design, frame, plainSampler, outcome } = prepared;
    let spent = prepared.evaluations;
    const ties = { nearTies: 0, exactTies: 0 };
    const update = (finding: Finding, flags: readonly EstimateFlag[], share: number): EstimatorUpdate => {
      const costs = {
        evaluations: shared.evaluations + spent,
        gradients: shared.gradients + prepared.gradients,
        ms: shared.ms + now() - start - searching,
        shared,
      };
      return {
        sigmaIndex,
        estimate: toEstimate(sigma, finding, flags, costs, ties),
        progress: (sigmaIndex + share) / sigmas.length,
      };
    };
    const draw = async (from: MixtureSampler, firstSample: number, count: number): Promise<Draw> => {
      const drawn = await from.draw(seed, STREAMS.proposal, firstSample, count);
      spent += count;
      ties.nearTies += drawn.nearTies;
      ties.exactTies += drawn.exactTies;
      return drawn;
    };
    const models = design.models.map((planes) =>
      Surrogate.fromPlanes(planes, sigma, (plane) => frame.row(plane), frame.gram, cdfOptions(seed)),
    );
    const meanOf = (from: MixtureSampler, surrogates: readonly Surrogate[], pilot: Draw | null) =>
      new ControlledMean(target, outcome, surrogates, from.mixture.slots.length, pilot);

    // The first samples say how many the rest has; so their share in the answer is settled before they are drawn.
    const { count: guess, reaches } = samplesFor(
      stop,
      prepared.expected,
      prepared.sampler === plainSampler ? 'plain' : 'shifted',
    );
    // An answer from too few failures would be withheld, and plain copies be all that speaks.
    const sampler = reaches ? prepared.sampler : plainSampler;
    const size = Math.min(DECISION_SAMPLES, ROUND * Math.floor(guess / (2 * ROUND)));
    const share = size / guess;
    const first = size > 0 ? await draw(sampler, 0, size) : null;
    let [samples, isShifted] = [guess, sampler !== plainSampler];
    if (first !== null) {
      const seen = meanOf(sampler, models, first);
      seen.add(first);
      const finding = together([{ mean: seen, share: 1 }]);
      const effective = Math.min(finding.effective / size, isShifted ? prepared.expected.effective : 1);
      const variance = finding.samplingError.stdErr ** 2 * size;
      const found = samplesFor(stop, { variance, effective }, isShifted ? 'shifted' : 'plain');
      samples = found.count;
      isShifted = isShifted && found.reaches;
      yield update(finding, ['provisional'], 0.1);
    }

    // Either part is controlled by what was fitted to the other: of the second as much as there is in any case.
    const source = isShifted ? sampler : plainSampler;
    const isAlike = first !== null && source === sampler;
    const rest = meanOf(
      source,
      isAlike ? [...models, ...fitTo(first, context, prepared)] : [],
      isAlike ? first : null,
    );
    const parts = [{ mean: rest, share: 1 - share }];
    for (let done = size; done < samples; ) {
      const count = Math.min(DECISION_SAMPLES, samples - done);
      const drawn = await draw(source, done, count);
      rest.add(drawn);
      if (first !== null && parts.length === 1) {
        const mean = meanOf(
          sampler,
          isAlike ? [...models, ...fitTo(drawn, context, prepared)] : [],
          isAlike ? drawn : null,
        );
        mean.add(first);
        parts.push({ mean, share });
      }
      done += count;
      yield update(together(parts), ['provisional'], 0.1 + (0.6 * done) / samples);
    }

    let check: Check | null = null;
    if (isShifted && together(parts).plainHits < CHECK_HITS) {
      const levelSize = samples >= LONG_CHECK_FROM ? CHECK_SAMPLES : SHORT_CHECK_SAMPLES;
      const checking = subsetSimulation(classifier, x, target, sigma, seed, levelSize, prepared.pilotMargins);
      let step = await checking.next();
      while (!step.done) {
        yield update(together(parts), ['provisional'], 0.7 + (0.25 * step.value) / CHECK_LIMIT);
        step = await checking.next();
      }
      check = step.value;
      spent += check.evaluations;
    }
    const finding = together(parts, check);
    yield update(finding, finalFlags(finding, check, stop), 1);
  }
}

/** The most that a sweep of so many radii and classes takes. */
export function cost(sigmaCount: number, classCount: number, stop: StopRule) {
  const most =
    stop.rule === 'fixed' ? Math.max(ROUND, stop.samples) : Math.max(2 * DECISION_SAMPLES, stop.maxSamples);
  const design = designLimit(classCount);
  return {
    evaluations:
      sigmaCount * (PILOT_SAMPLES + GRADIENT_COPIES + EXPLORED_SAMPLES + most + CHECK_LIMIT) +
      design.evaluations,
    gradients: sigmaCount * GRADIENT_COPIES + design.gradients,
  };
}
