import type { EstimatorContext, EstimatorDefinition, EstimatorUpdate } from '../definition';
import { type EstimateFlag, LEVEL, type StopRule } from '../estimate';
import { DECISION_SAMPLES } from '../mc';
import { STREAMS } from '../noise/gaussian';
import { CHECK_LIMIT, CHECK_SAMPLES, subsetSimulation } from './check';
import { ControlledMean, type Outcome } from './controls';
import { cleanDesign, type Design, designLimit, noisyDesign } from './design';
import { adaptedCandidates, firstCandidates } from './explore';
import { buildMixture, type Candidate, ROUND } from './mixture';
import { type Draw, Frame, MixtureSampler } from './sampler';
import { studentQuantile } from './strata';
import { Surrogate } from './surrogate';
import { finalFlags, LEAST_EFFECTIVE, toEstimate } from './verdict';

const PILOT_SAMPLES = 256;
/** The design takes the samples before this one of the stream. */
const FIRST_EXPLORED = 64;
/** What the pilot's variance is multiplied by when it chooses the sample size. */
const PILOT_SAFETY = 1.3;
/** Samples spent at most for the sake of effective samples alone. */
const EFFECTIVE_LIMIT = 8192;

const cdfOptions = (seed: number) => ({
  absoluteTolerance: 1e-4,
  relativeTolerance: 0.002,
  seed: seed % 2 ** 32,
});

const joined = (atImage: Design, atRadius: Design): Design => ({
  models: [...atImage.models, ...atRadius.models],
  points: [...atImage.points, ...atRadius.points],
  isCalled: atRadius.isCalled,
  evaluations: atImage.evaluations + atRadius.evaluations,
  gradients: atImage.gradients + atRadius.gradients,
});

/** The mixture for one radius: from the design alone, then with lengths and weights that a first draw suggests. */
async function chooseMixture(
  context: EstimatorContext,
  design: Design,
  frame: Frame,
  sigma: number,
  rare: number,
): Promise<{ sampler: MixtureSampler; evaluations: number }> {
  const { classifier, x, target, seed } = context;
  const samplerOf = (candidates: readonly Candidate[]) =>
    new MixtureSampler(classifier, x, target, sigma, design, frame, buildMixture(candidates, rare));
  const sampler = samplerOf(firstCandidates(design.points, sigma));
  if (sampler.mixture.shifts.length === 0) return { sampler, evaluations: 0 };
  const draw = await sampler.draw(seed, STREAMS.selection, FIRST_EXPLORED, PILOT_SAMPLES);
  const adapted = samplerOf(adaptedCandidates(design.points, sigma, draw, frame));
  return { sampler: adapted, evaluations: PILOT_SAMPLES };
}

/** A linear model fitted to the pilot: like the planes at x, but as steep and as far away as noisy copies say. */
function fitToPilot(context: EstimatorContext, design: Design, frame: Frame, pilot: Draw): Surrogate[] {
  const { target, classifier } = context;
  const K = classifier.classCount;
  const margin = (sample: number, other: number): number =>
    (pilot.logits[sample * K + target] as number) - (pilot.logits[sample * K + other] as number);
  const others = new Set(design.models.flat().map(({ other }) => other));
  const fitted = Surrogate.fitted(pilot, margin, [...others], frame.gram, cdfOptions(context.seed));
  return fitted === null ? [] : [fitted];
}

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
  const begin = now();
  const atImage = await cleanDesign(context, clean.value);
  const { evaluations, gradients } = atImage;
  const shared = { evaluations, gradients, ms: clean.ms + now() - begin };

  for (const [sigmaIndex, sigma] of sigmas.entries()) {
    const start = now();
    const design = joined(atImage, await noisyDesign(context, sigma));
    const frame = new Frame(design, classifier.inputLength);
    let spent = design.evaluations - evaluations;
    let nearTies = 0;
    const update = (mean: ControlledMean, flags: readonly EstimateFlag[], share: number): EstimatorUpdate => {
      const costs = {
        evaluations: evaluations + spent,
        gradients: design.gradients,
        ms: shared.ms + now() - start,
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
    const last = surrogates.at(-1);
    const rare = last === undefined ? 0 : design.isCalled ? last.fails : last.keeps;
    const { sampler, evaluations: explored } = await chooseMixture(context, design, frame, sigma, rare);
    spent += explored;
    const components = sampler.mixture.slots.length;
    const pilot = await sampler.draw(seed, STREAMS.pilot, 0, PILOT_SAMPLES);
    spent += PILOT_SAMPLES;
    surrogates.push(...fitToPilot(context, design, frame, pilot));
    const rough = new ControlledMean(target, 'lost', [], components, null);
    rough.add(pilot);
    const outcome: Outcome = rough.probability <= 0.5 ? 'lost' : 'kept';
    const piloted = new ControlledMean(target, outcome, surrogates, components, pilot);
    piloted.add(pilot);
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

    const checking = subsetSimulation(classifier, x, target, sigma, seed);
    let step = await checking.next();
    while (!step.done) {
      yield update(mean, ['provisional'], 0.7 + (0.25 * step.value) / CHECK_LIMIT);
      step = await checking.next();
    }
    const check = step.value;
    spent += check.evaluations;
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
        sigmaCount * (design.each.evaluations + 2 * PILOT_SAMPLES + most + CHECK_LIMIT) +
        design.shared.evaluations,
      gradients: sigmaCount * design.each.gradients + design.shared.gradients,
    };
  },
  run,
};
