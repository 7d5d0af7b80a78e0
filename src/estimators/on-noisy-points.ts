import { analyticalEstimate, probabilities, type Readout, readQuestions } from './analytical';
import { averagedGeometry } from './averaged-geometry';
import { type ClassReading, classProbabilities } from './classes';
import type { EstimatorContext, EstimatorUpdate } from './definition';
import { jackknifeError } from './jackknife';
import type { LogitGeometry } from './model';
import { noisyPoints, type Points } from './noisy-points';

/** Leave-out groups of the jackknife, at most. */
const GROUPS = 10;
/** The Gaussian CDF of a leave-one-out average needs only the digits that a standard error shows. */
const JACKKNIFE_TOLERANCE = { absoluteTolerance: 1e-3, relativeTolerance: 0.02, maxPoints: 20_000 };

/** Logits and Jacobians at noisy points, averaged over all of them and over all but one group. */
interface NoisyGeometry {
  readonly mean: LogitGeometry;
  /** One for each group of points or pairs that is left out. */
  readonly leftOut: readonly LogitGeometry[];
  readonly ms: number;
}

async function noisyGeometry(
  context: EstimatorContext,
  sigma: number,
  points: Points,
): Promise<NoisyGeometry> {
  const { classifier, now } = context;
  const start = now();
  const { count } = points;
  const unit = points.kind === 'pairs' ? 2 : 1;
  const groups = Math.min(GROUPS, count / unit);
  const groupOf = (i: number): number => Math.floor(i / unit) % groups;
  /** Equal weights of all points but those of one group; of all of them for none. */
  const weights = (without: number | null): Float64Array => {
    const kept = Float64Array.from({ length: count }, (_, i) => (groupOf(i) === without ? 0 : 1));
    const used = kept.reduce((sum, value) => sum + value, 0);
    return kept.map((value) => value / used);
  };
  const rows = [weights(null), ...Array.from({ length: groups }, (_, group) => weights(group))];
  const at = noisyPoints(context, sigma, points);
  const geometries = await averagedGeometry(classifier, at, rows, context.pause);
  const [mean, ...leftOut] = geometries as [LogitGeometry, ...LogitGeometry[]];
  return { mean, leftOut, ms: now() - start };
}

/** Estimators of one run that ask for the same points share them; each states the cost that it would have alone. */
const computed = new WeakMap<EstimatorContext, Map<string, Promise<NoisyGeometry>>>();

function sharedGeometry(context: EstimatorContext, sigma: number, points: Points): Promise<NoisyGeometry> {
  const known = computed.get(context) ?? new Map<string, Promise<NoisyGeometry>>();
  computed.set(context, known);
  const key = `${points.kind} ${points.count} ${sigma}`;
  const geometry = known.get(key) ?? noisyGeometry(context, sigma, points);
  known.set(key, geometry);
  return geometry;
}

/** Streams an estimate a radius from margins and gradients averaged over noisy points. Sampling error: jackknife over the points. */
export async function* runOnNoisyPoints(
  context: EstimatorContext,
  points: Points,
  readout: Readout,
): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { sigmas, target, now } = context;
  for (const [sigmaIndex, sigma] of sigmas.entries()) {
    const { mean, leftOut, ms } = await sharedGeometry(context, sigma, points);
    const start = now();
    const questions = [
      { geometry: mean, target, sigma },
      ...leftOut.map((geometry) => ({ geometry, target, sigma, options: JACKKNIFE_TOLERANCE })),
    ];
    const read = await readQuestions(questions, readout, context);
    const reading = await read(0);
    const others = await probabilities(read, 1, leftOut.length);
    const estimate = analyticalEstimate(reading, {
      sigma,
      samplingError: jackknifeError(others),
      samplingDegrees: others.length - 1,
      evaluations: points.count,
      gradients: points.count * mean.logits.length,
      ms: ms + now() - start,
    });
    yield { sigmaIndex, estimate, progress: (sigmaIndex + 1) / sigmas.length };
  }
}

/** P[argmax = k] of every class at one radius, from the same averages. */
export async function* classesOnNoisyPoints(
  context: EstimatorContext,
  sigma: number,
  points: Points,
): AsyncGenerator<void, ClassReading, undefined> {
  const { mean, leftOut, ms } = await sharedGeometry(context, sigma, points);
  const start = context.now();
  const found = yield* classProbabilities(mean, sigma, leftOut, context);
  const gradients = points.count * mean.logits.length;
  return { ...found, sigma, evaluations: points.count, gradients, ms: ms + context.now() - start };
}

/** Points of the registered estimators. */
export const DEFAULT_POINTS = 10;

/** What the estimators on so many noisy points have in common. */
export const onNoisyPoints = (points: number) =>
  ({
    kind: 'analytical',
    unbiased: false,
    needsGradients: true,
    shownByDefault: false,
    options: { points },
    cost: (sigmaCount: number, classCount: number) => ({
      evaluations: points * sigmaCount,
      gradients: points * sigmaCount * classCount,
    }),
  }) as const;

/** TeX of z, but for what is averaged over. */
export const Z_BAR =
  '\\quad z_i = \\frac{\\overline{g_i}}{\\sigma\\,\\lVert\\overline{\\nabla g_i}\\rVert},\\ \\text{averaged over } ';
