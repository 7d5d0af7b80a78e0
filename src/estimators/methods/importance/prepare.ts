import { callClass } from '../../calls';
import type { EstimatorContext } from '../../definition';
import { assertFinite } from '../../model';
import { STREAMS } from '../../noise/gaussian';
import type { Plane } from '../../plane';
import { type AveragedMargins, averagedMargins } from './averaged';
import type { Outcome } from './controls';
import type { Design, DesignPoint } from './design';
import { adapt, exploringCandidates } from './explore';
import { shiftGain } from './least-variance';
import { buildMixture, type Candidate } from './mixture';
import { Frame, MixtureSampler } from './sampler';

/** Plain copies that tell how rare the rarer outcome is; no more than that, for they do not count. */
export const PILOT_SAMPLES = 64;
/** Samples of the first mixture, which the second is made from. */
export const EXPLORED_SAMPLES = 256;
/** The search at x takes the samples before this one of the stream. */
const FIRST_EXPLORED = 64;
/** What shifting would have to divide the variance by, were the margins Gaussian, to pay for being tried. */
const LEAST_PREDICTED = 1.8;
/** With as many of the rarer outcome in the pilot the averaged margins alone say where it lies. */
const SEEN_HITS = 2;
/** What shifting has to divide the variance by, at least. */
const LEAST_GAIN = 1.5;
/** Share of the effective samples expected of a mixture that come: it was chosen for what was expected. */
const MODEL_TRUST = 0.6;
/** What one sample is expected to bring; too little rather than too much. */
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
  /** The same without shifts; the sampler itself, if it has none. */
  readonly plainSampler: MixtureSampler;
  /** Margins of the plain pilot, on the first noise of the self-check. */
  readonly pilotMargins: Float64Array;
  /** The rarer one. */
  readonly outcome: Outcome;
  readonly expected: Expectation;
  /** What this radius took by itself. */
  readonly evaluations: number;
  readonly gradients: number;
}

const NOTHING: Design = { models: [], points: [], evaluations: 0, gradients: 0 };

/**
 * Points where the averaged margins say that the prediction changes, as far away as the margins' own scatter says.
 * @param score mean over standard deviation of the margin against a class, null for whichever is nearest.
 */
function noisyPoints(
  { overall, planes }: AveragedMargins,
  sigma: number,
  outcome: Outcome,
  score: (other: number | null) => number,
): DesignPoint[] {
  const all = overall === null ? [] : [overall];
  if (outcome === 'kept') {
    return all.map(({ direction }) => ({ direction, distance: sigma * Math.max(0, -score(null)) }));
  }
  const point = ({ direction }: Plane, z: number): DesignPoint => ({
    direction,
    distance: -sigma * Math.max(0, z),
  });
  return [
    ...planes.map((plane) => point(plane, score(plane.other))),
    ...all.map((plane) => point(plane, score(null))),
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
    const sampler = samplerOf(own, frame, [], 1);
    return {
      design: own,
      rivals,
      frame,
      sampler,
      plainSampler: sampler,
      pilotMargins,
      outcome,
      expected: {
        variance: rare * (1 - rare),
        effective: Math.max(rare / 2, rare - Math.sqrt(rare / PILOT_SAMPLES)),
      },
      evaluations,
      gradients,
    };
  };
  const rare = (hits + 0.5) / (PILOT_SAMPLES + 1);
  if (hits > 0 && shiftGain(rare, averaged.linearShare) < LEAST_PREDICTED) return unshifted(rare);
  const shifted = (
    design: Design,
    frame: Frame,
    candidates: readonly Candidate[],
    expected: Expectation,
  ): Prepared => ({
    design,
    rivals,
    frame,
    sampler: samplerOf(design, frame, candidates, hits / PILOT_SAMPLES),
    plainSampler: samplerOf(design, frame, [], 1),
    pilotMargins,
    outcome,
    expected,
    evaluations,
    gradients,
  });

  // The search at x is for what plain copies show too little of.
  const isSeen = hits >= SEEN_HITS;
  const shared = isSeen ? NOTHING : await atImage();
  const size = isSeen ? EXPLORED_SAMPLES / 2 : EXPLORED_SAMPLES;
  const score = (other: number | null): number => {
    const values =
      other === null
        ? pilotMargins
        : pilotMargins.map((_, i) => (logits[i * K + target] as number) - (logits[i * K + other] as number));
    const mean = values.reduce((sum, value) => sum + value, 0) / PILOT_SAMPLES;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (PILOT_SAMPLES - 1);
    return variance > 0 ? mean / Math.sqrt(variance) : 0;
  };
  const noisy = noisyPoints(averaged, sigma, outcome, score);
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
  const explored = await first.draw(seed, STREAMS.selection, FIRST_EXPLORED, size);
  evaluations += size;
  const noise = { seed, stream: STREAMS.selection, firstSample: FIRST_EXPLORED + EXPLORED_SAMPLES };
  const found = { draw: explored, frame, mixture: first.mixture, points: design.points };
  const adapted = adapt(found, target, outcome, rivals, noise, sigma);
  if (adapted === null)
    return shifted(design, frame, candidates, { variance: rare * (1 - rare), effective: 0 });
  const { probability, secondMoment } = adapted;
  const variance = secondMoment - probability ** 2;
  if (probability * (1 - probability) < LEAST_GAIN * variance) return unshifted(Math.max(rare, probability));
  const wider: Design = { ...design, points: [...design.points, ...adapted.points] };
  const effective = (MODEL_TRUST * probability ** 2) / secondMoment;
  const expected = { variance, effective };
  return shifted(wider, new Frame(wider, classifier.inputLength), adapted.candidates, expected);
}
