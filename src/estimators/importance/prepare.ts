import type { EstimatorContext } from '../definition';
import { callClass } from '../mc';
import { assertFinite } from '../model';
import { STREAMS } from '../noise/gaussian';
import { type AveragedMargins, averagedMargins } from './averaged';
import type { Outcome } from './controls';
import type { Design, DesignPoint } from './design';
import { adaptedMixture, exploringCandidates } from './explore';
import { buildMixture, type Candidate } from './mixture';
import { Frame, MixtureSampler } from './sampler';

/** Plain copies that tell how rare the rarer outcome is; no more than that, for they do not count. */
export const PILOT_SAMPLES = 64;
/** Samples of the first mixture, which the second is made from. */
export const EXPLORED_SAMPLES = 256;
/** The search at x takes the samples before this one of the stream. */
const FIRST_EXPLORED = 64;
/** With as many of the rarer outcome in the pilot, shifting gains less than the search for design points costs. */
const PLAIN_HITS = 4;
/** What shifting has to divide the variance by, at least. */
const LEAST_GAIN = 1.5;
/** Weighted samples from which on that factor is believed. */
const LEAST_SEEN = 12;

/** What one sample is expected to bring. */
export interface Expectation {
  readonly variance: number;
  /** Effective samples of the rarer outcome. */
  readonly effective: number;
}

/** How one radius is sampled, as decided before the first sample that counts. */
export interface Prepared {
  readonly design: Design;
  /** Classes that a copy may be lost to. */
  readonly rivals: readonly number[];
  readonly frame: Frame;
  readonly sampler: MixtureSampler;
  /** Margins of the plain pilot, on the first noise of the self-check. */
  readonly pilotMargins: Float64Array;
  /** The rarer one. */
  readonly outcome: Outcome;
  readonly expected: Expectation;
  /** What this radius took by itself. */
  readonly evaluations: number;
  readonly gradients: number;
}

/** Points where the averaged margins say that the prediction changes, as far away as the margins' own scatter says. */
function noisyPoints(
  { overall, planes }: AveragedMargins,
  scores: (other: number | null) => number,
  target: number,
  outcome: Outcome,
): DesignPoint[] {
  const all = overall === null ? [] : [overall];
  if (outcome === 'kept') {
    return all.map(({ direction }) => ({ other: target, direction, distance: Math.max(0, -scores(null)) }));
  }
  const own = planes.map(({ other, direction }) => ({
    other,
    direction,
    distance: -Math.max(0, scores(other)),
  }));
  return [
    ...own,
    ...all.map(({ direction }) => ({ other: null, direction, distance: -Math.max(0, scores(null)) })),
  ];
}

/**
 * A few plain copies tell how rare the rarer outcome is, and their gradients where it lies. Where it is common nothing is
 * shifted: there the averaged linear models as control variates are what pays. Else a mixture around design points
 * is built and tried; it is dropped again where it gains little. @param atImage the search at x that all radii share.
 */
export async function prepare(
  context: EstimatorContext,
  sigma: number,
  atImage: () => Promise<Design>,
): Promise<Prepared> {
  const { classifier, x, target, seed } = context;
  const K = classifier.classCount;
  const pilot = { stream: STREAMS.check, count: PILOT_SAMPLES };
  const logits = await classifier.noisyLogits({ x, sigma, seed, ...pilot, firstSample: 0 });
  assertFinite(logits, 'logits');
  const pilotMargins = Float64Array.from(
    { length: PILOT_SAMPLES },
    (_, i) => callClass(logits.subarray(i * K, (i + 1) * K), target).margin,
  );
  const lost = pilotMargins.reduce((count, margin) => count + (margin > 0 ? 0 : 1), 0);
  const outcome: Outcome = 2 * lost <= PILOT_SAMPLES ? 'lost' : 'kept';
  const hits = Math.min(lost, PILOT_SAMPLES - lost);
  const averaged = await averagedMargins(context, sigma, { ...pilot, logits });
  const samplerOf = (design: Design, frame: Frame, candidates: readonly Candidate[], rare: number) =>
    new MixtureSampler(classifier, x, target, sigma, design, frame, buildMixture(candidates, rare));

  let evaluations = PILOT_SAMPLES + averaged.evaluations;
  const { gradients, rivals } = averaged;
  const models = [averaged.planes, averaged.overall === null ? [] : [averaged.overall]];
  const own: Design = {
    models: models.filter(({ length }) => length > 0),
    points: [],
    evaluations: 0,
    gradients: 0,
  };
  const unshifted = (rare: number): Prepared => {
    const frame = new Frame(own, classifier.inputLength);
    return {
      design: own,
      rivals,
      frame,
      sampler: samplerOf(own, frame, [], 1),
      pilotMargins,
      outcome,
      expected: { variance: rare * (1 - rare), effective: rare },
      evaluations,
      gradients,
    };
  };
  const rare = (hits + 0.5) / (PILOT_SAMPLES + 1);
  if (hits >= PLAIN_HITS) return unshifted(rare);

  const shared = await atImage();
  const score = (other: number | null): number => {
    const values =
      other === null
        ? pilotMargins
        : pilotMargins.map((_, i) => (logits[i * K + target] as number) - (logits[i * K + other] as number));
    const mean = values.reduce((sum, value) => sum + value, 0) / PILOT_SAMPLES;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (PILOT_SAMPLES - 1);
    return variance > 0 ? (sigma * mean) / Math.sqrt(variance) : 0;
  };
  const noisy = noisyPoints(averaged, score, target, outcome);
  const design: Design = {
    ...own,
    models: [...shared.models, ...own.models],
    points: [...shared.points, ...noisy],
  };
  const frame = new Frame(design, classifier.inputLength);
  const groups = [shared.points.length, noisy.length];
  const candidates = exploringCandidates(design.points, groups, sigma);
  const first = samplerOf(design, frame, candidates, hits / PILOT_SAMPLES);
  if (first.mixture.shifts.length === 0) return unshifted(rare);
  const explored = await first.draw(seed, STREAMS.selection, FIRST_EXPLORED, EXPLORED_SAMPLES);
  evaluations += EXPLORED_SAMPLES;
  const adapted = adaptedMixture(
    design.points,
    candidates,
    sigma,
    explored,
    frame,
    first.mixture,
    target,
    outcome,
  );
  const { seen, probability, secondMoment } = adapted;
  const variance = secondMoment - probability ** 2;
  if (seen >= LEAST_SEEN && probability * (1 - probability) < LEAST_GAIN * variance)
    return unshifted(probability);
  return {
    design,
    rivals,
    frame,
    sampler: new MixtureSampler(classifier, x, target, sigma, design, frame, adapted.mixture),
    pilotMargins,
    outcome,
    expected: { variance, effective: secondMoment > 0 ? probability ** 2 / secondMoment : 0 },
    evaluations,
    gradients,
  };
}
