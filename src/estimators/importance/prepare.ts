import type { EstimatorContext } from '../definition';
import type { Linearisation } from '../model';
import { STREAMS } from '../noise/gaussian';
import type { Outcome } from './controls';
import { averagedModel, type Design, noisyDesign, plainDesign } from './design';
import { adaptedCandidates, firstCandidates } from './explore';
import { buildMixture, type Candidate } from './mixture';
import { type Draw, Frame, MixtureSampler } from './sampler';
import { StratifiedMean } from './strata';

export const PILOT_SAMPLES = 256;
/** The design takes the samples before this one of the stream. */
const FIRST_EXPLORED = 64;
/** With as many of the rarer outcome in the plain pilot, shifting gains less than the search for design points costs. */
const PLAIN_HITS = 16;
/** What shifting has to divide the variance by, at least, to pay for a pilot of its own. */
const LEAST_GAIN = 1.5;
/** Weighted samples from which on that factor is believed. */
const LEAST_EXPLORED = 12;

/** How one radius is sampled, as decided before the first sample that counts. */
export interface Prepared {
  readonly design: Design;
  readonly frame: Frame;
  readonly sampler: MixtureSampler;
  /** Plain copies on the noise of the self-check. */
  readonly plainPilot: Draw;
  /** Drawn like what follows: the plain one, if nothing is shifted. */
  readonly pilot: Draw;
  /** The rarer one. */
  readonly outcome: Outcome;
  /** What this radius took by itself. */
  readonly evaluations: number;
  readonly gradients: number;
}

const joined = (atImage: Design, atRadius: Design): Design => ({
  models: [...atImage.models, ...atRadius.models],
  points: [...atImage.points, ...atRadius.points],
  isCalled: atRadius.isCalled,
  evaluations: atRadius.evaluations,
  gradients: atRadius.gradients,
});

/**
 * A plain pilot tells how rare the rarer outcome is. Where it is common nothing is shifted and no design point is looked
 * for: the averaged linear model as a control variate is what pays there. Else a mixture around the design points is
 * built and tried; it is dropped again where it gains little. @param atImage the search at x that all radii share.
 */
export async function prepare(
  context: EstimatorContext,
  sigma: number,
  clean: Linearisation,
  atImage: () => Promise<Design>,
): Promise<Prepared> {
  const { classifier, x, target, seed } = context;
  const samplerOf = (design: Design, frame: Frame, candidates: readonly Candidate[], rare: number) =>
    new MixtureSampler(classifier, x, target, sigma, design, frame, buildMixture(candidates, rare));

  const averaged = await averagedModel(context, sigma);
  const plain = plainDesign(clean, averaged, target);
  const plainFrame = new Frame(plain, classifier.inputLength);
  const plainSampler = samplerOf(plain, plainFrame, [], 1);
  const plainPilot = await plainSampler.draw(seed, STREAMS.check, 0, PILOT_SAMPLES);
  const lost = plainPilot.called.reduce((count, called) => count + (called === target ? 0 : 1), 0);
  const outcome: Outcome = 2 * lost <= PILOT_SAMPLES ? 'lost' : 'kept';
  const hits = Math.min(lost, PILOT_SAMPLES - lost);
  const unshifted = (evaluations: number, gradients: number): Prepared => ({
    design: plain,
    frame: plainFrame,
    sampler: plainSampler,
    plainPilot,
    pilot: plainPilot,
    outcome,
    evaluations: evaluations + PILOT_SAMPLES,
    gradients,
  });
  if (hits >= PLAIN_HITS) return unshifted(plain.evaluations, plain.gradients);

  const shared = await atImage();
  const design = joined(shared, await noisyDesign(sigma, averaged));
  const { evaluations, gradients } = design;
  const frame = new Frame(design, classifier.inputLength);
  const rare = hits / PILOT_SAMPLES;
  const first = samplerOf(design, frame, firstCandidates(design.points, sigma), rare);
  if (first.mixture.shifts.length === 0) return unshifted(evaluations, gradients);
  const explored = await first.draw(seed, STREAMS.selection, FIRST_EXPLORED, PILOT_SAMPLES);
  if (!gains(explored, first.mixture.slots.length, target, outcome)) {
    return unshifted(evaluations + PILOT_SAMPLES, gradients);
  }
  const sampler = samplerOf(design, frame, adaptedCandidates(design.points, sigma, explored, frame), rare);
  const pilot = await sampler.draw(seed, STREAMS.pilot, 0, PILOT_SAMPLES);
  return {
    design,
    frame,
    sampler,
    plainPilot,
    pilot,
    outcome,
    evaluations: evaluations + 3 * PILOT_SAMPLES,
    gradients,
  };
}

/** Whether a draw's weighted outcomes vary enough less than plain ones would; yes where there are too few to tell. */
function gains(draw: Draw, components: number, target: number, outcome: Outcome): boolean {
  const mean = new StratifiedMean(components);
  let seen = 0;
  for (const [i, called] of draw.called.entries()) {
    const happened = (called === target) === (outcome === 'kept');
    if (happened) seen++;
    mean.add(draw.componentOf[i] as number, happened ? (draw.weights[i] as number) : 0);
  }
  if (seen < LEAST_EXPLORED) return true;
  const plain = mean.mean * (1 - mean.mean);
  return plain > LEAST_GAIN * draw.count * mean.error.stdErr ** 2;
}
