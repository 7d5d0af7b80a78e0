import { callClass } from '../calls';
import type { EstimatorContext, EstimatorDefinition, EstimatorUpdate } from '../definition';
import { type EstimateFlag, LEVEL, type SharedCost, type StopRule } from '../estimate';
import { DECISION_SAMPLES } from '../mc';
import { STREAMS } from '../noise/gaussian';
import { CHECK_LIMIT, CHECK_SAMPLES, type Check, SHORT_CHECK_SAMPLES, subsetSimulation } from './check';
import { ControlledMean } from './controls';
import { cleanDesign, type Design, designLimit } from './design';
import { ROUND } from './mixture';
import { PILOT_SAMPLES, type Prepared, prepare } from './prepare';
import type { Draw } from './sampler';
import { studentQuantile } from './strata';
import { fitMargins, Surrogate } from './surrogate';
import { finalFlags, LEAST_EFFECTIVE, toEstimate } from './verdict';

/** What the pilot's variance is multiplied by when it chooses the sample size. */
const PILOT_SAFETY = 1.3;
/** Levels of the residual spread at which the fitted margins are cut, towards the rarer outcome's side. */
const LEVELS = [-0.8, -0.3, 0.1, 0.5, 1, 1.5, 2.1];
/** With as many of the rarer outcome among the plain samples the estimate needs no other check. */
const CHECK_HITS = 24;
/** From this many samples on the self-check takes the larger size. */
const LONG_CHECK_FROM = 4096;
/** Samples spent at most for the sake of effective samples alone. */
const EFFECTIVE_LIMIT = 8192;

const cdfOptions = (seed: number) => ({
  absoluteTolerance: 1e-4,
  relativeTolerance: 0.002,
  seed: seed % 2 ** 32,
});

/**
 * Linear models fitted to the pilot: like the planes at x, but as steep and as far away as noisy copies say. They are cut
 * at several levels, whose indicators together follow the chance of the outcome given the linear part of the noise.
 */
function fitToPilot(
  { target, classifier, seed }: EstimatorContext,
  { design, frame, pilot, outcome }: Prepared,
): Surrogate[] {
  const K = classifier.classCount;
  const margin = (sample: number, other: number): number =>
    (pilot.logits[sample * K + target] as number) - (pilot.logits[sample * K + other] as number);
  const others = new Set(design.models.flat().map(({ other }) => other));
  const fitted = fitMargins(pilot, margin, [...others]);
  if (fitted === null) return [];
  const side = outcome === 'lost' ? 1 : -1;
  return LEVELS.map((level) => Surrogate.above(fitted, side * level, frame.gram, cdfOptions(seed)));
}

const marginsOf = ({ logits, count }: Draw, target: number): Float64Array => {
  const K = logits.length / count;
  return Float64Array.from(
    { length: count },
    (_, i) => callClass(logits.subarray(i * K, (i + 1) * K), target).margin,
  );
};

/** Samples to draw, a multiple of 64 under fixed n and of 256 under precision; decided before the first of them. */
function samplesFor(stop: StopRule, pilot: ControlledMean): number {
  if (stop.rule === 'fixed') return Math.max(ROUND, Math.floor(stop.samples / ROUND) * ROUND);
  const { stdErr } = pilot.samplingError;
  const z = studentQuantile((1 + LEVEL) / 2, Number.POSITIVE_INFINITY);
  const forWidth = PILOT_SAFETY * pilot.count * ((z * stdErr) / stop.halfWidth) ** 2;
  const forEffective = (2 * LEAST_EFFECTIVE * pilot.count) / Math.max(1, pilot.effective);
  const wanted = Math.max(forWidth, Math.min(EFFECTIVE_LIMIT, forEffective));
  const most = Math.max(DECISION_SAMPLES, Math.floor(stop.maxSamples / DECISION_SAMPLES) * DECISION_SAMPLES);
  return Math.min(most, Math.max(1, Math.ceil(wanted / DECISION_SAMPLES)) * DECISION_SAMPLES);
}

async function* run(context: EstimatorContext): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { classifier, x, target, sigmas, seed, stop, now } = context;
  const clean = await context.linearisation();
  const K = classifier.classCount;
  const alone = { evaluations: 1, gradients: K, ms: clean.ms };
  let searched: { design: Design; ms: number } | null = null;
  const atImage = async (): Promise<Design> => {
    const begin = now();
    searched ??= { design: await cleanDesign(context, clean.value), ms: now() - begin };
    return searched.design;
  };

  for (const [sigmaIndex, sigma] of sigmas.entries()) {
    const start = now();
    let searching = 0;
    let shared: SharedCost = alone;
    const prepared = await prepare(context, sigma, clean.value, async () => {
      const begin = now();
      const { evaluations, gradients } = await atImage();
      searching = now() - begin;
      shared = { evaluations, gradients, ms: clean.ms + (searched?.ms ?? 0) };
      return (searched as { design: Design }).design;
    });
    const { design, frame, sampler, plainPilot, pilot, outcome } = prepared;
    let spent = prepared.evaluations;
    let nearTies = 0;
    const update = (mean: ControlledMean, flags: readonly EstimateFlag[], share: number): EstimatorUpdate => {
      const costs = {
        evaluations: shared.evaluations + spent,
        gradients: shared.gradients + prepared.gradients,
        ms: shared.ms + now() - start - searching,
        shared,
      };
      return {
        sigmaIndex,
        estimate: toEstimate(sigma, mean, flags, costs, nearTies),
        progress: (sigmaIndex + share) / sigmas.length,
      };
    };

    const surrogates = design.models.map((planes) =>
      Surrogate.fromPlanes(planes, sigma, (plane) => frame.row(plane), frame.gram, cdfOptions(seed)),
    );
    const components = sampler.mixture.slots.length;
    // What is fitted to the pilot fits it better than what comes, and must not choose how much comes.
    const piloted = new ControlledMean(target, outcome, [...surrogates], components, pilot);
    piloted.add(pilot);
    surrogates.push(...fitToPilot(context, prepared));
    const samples = samplesFor(stop, piloted);
    yield update(piloted, ['provisional'], 0.1);

    const mean = new ControlledMean(target, outcome, surrogates, components, pilot);
    for (let done = 0; done < samples; done += DECISION_SAMPLES) {
      const count = Math.min(DECISION_SAMPLES, samples - done);
      const drawn = await sampler.draw(seed, STREAMS.proposal, done, count);
      mean.add(drawn);
      spent += count;
      nearTies += drawn.nearTies;
      yield update(mean, ['provisional'], 0.1 + (0.6 * (done + count)) / samples);
    }

    let check: Check | null = null;
    if (mean.plainHits < CHECK_HITS) {
      const size = samples >= LONG_CHECK_FROM ? CHECK_SAMPLES : SHORT_CHECK_SAMPLES;
      const known = marginsOf(plainPilot, target);
      const checking = subsetSimulation(classifier, x, target, sigma, seed, size, known);
      let step = await checking.next();
      while (!step.done) {
        yield update(mean, ['provisional'], 0.7 + (0.25 * step.value) / CHECK_LIMIT);
        step = await checking.next();
      }
      check = step.value;
      spent += check.evaluations;
    }
    yield update(mean, finalFlags(mean, check, stop), 1);
  }
}

/**
 * Importance sampling from a mixture around the design points, with the linear models as control variates. The sample
 * size under stop by precision follows from a pilot on noise of its own, so that its variance does not bias the answer.
 */
export const importance: EstimatorDefinition = {
  id: 'importance',
  name: 'Importance sampling',
  kind: 'sampled',
  unbiased: true,
  needsGradients: true,
  shownByDefault: false,
  summary:
    'Draws noise where the prediction is likely to change and weighs it back; checks itself without that help.',
  formula:
    '\\overline{w\\,\\mathbf{1}} - \\beta\\,(\\overline{w\\,h} - \\mathbb{E}h),\\quad w = \\frac{\\varphi(\\varepsilon)}{\\sum_k w_k\\,\\varphi(\\varepsilon-u_k)}',
  citation:
    'Hesterberg 1995; Owen and Zhou 2000; design points: Hasofer and Lind 1974, Rackwitz and Fiessler 1978; self-check: Au and Beck 2001',
  options: { pilotSamples: PILOT_SAMPLES, checkSamples: CHECK_SAMPLES },
  cost: (sigmaCount, classCount, stop) => {
    const most =
      stop.rule === 'fixed' ? Math.max(ROUND, stop.samples) : Math.max(DECISION_SAMPLES, stop.maxSamples);
    const design = designLimit(classCount);
    return {
      evaluations:
        sigmaCount * (design.each.evaluations + 3 * PILOT_SAMPLES + most + CHECK_LIMIT) +
        design.shared.evaluations,
      gradients: sigmaCount * design.each.gradients + design.shared.gradients,
    };
  },
  run,
};
