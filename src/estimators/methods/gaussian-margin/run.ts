import { analyticalEstimate, byGaussianCdf, probabilities, readQuestions } from '../../analytical';
import { type ClassReading, classProbabilities } from '../../classes';
import type { EstimatorContext, EstimatorUpdate } from '../../definition';
import { jackknifeError } from '../../jackknife';
import { assertFinite, type LogitGeometry } from '../../model';
import { STREAMS } from '../../noise/gaussian';
import { pairGeometry } from '../../pair-geometry';

const GROUPS = 16;
const JACKKNIFE_TOLERANCE = { absoluteTolerance: 1e-3, relativeTolerance: 0.02, maxPoints: 20_000 };

/** The covariance holds sigma already, so that margins are read at this radius. */
const RADIUS = 1;

/** The geometry from all pairs, and from all but each group of them. */
async function sampledGeometry(
  { classifier, x, seed, pause }: EstimatorContext,
  sigma: number,
  count: number,
) {
  const K = classifier.classCount;
  const pairs = { x, seed, stream: STREAMS.pairs, firstSample: 0, count };
  const above = await classifier.noisyLogits({ ...pairs, sigma });
  const below = await classifier.noisyLogits({ ...pairs, sigma: -sigma });
  assertFinite(above, 'logits');
  assertFinite(below, 'logits');
  const whole = pairGeometry(above, below, K);
  const parts: LogitGeometry[] = [];
  for (let group = 0; group < GROUPS; group++) {
    await pause?.();
    parts.push(pairGeometry(above, below, K, (pair) => pair % GROUPS !== group));
  }
  return { whole, parts };
}

/** P[argmax = k] of every class at one radius, from so many pairs. */
export async function* classes(
  context: EstimatorContext,
  sigma: number,
  count: number,
): AsyncGenerator<void, ClassReading, undefined> {
  const start = context.now();
  const { whole, parts } = await sampledGeometry(context, sigma, count);
  const found = yield* classProbabilities(whole, RADIUS, parts, context);
  return { ...found, sigma, evaluations: 2 * count, gradients: 0, ms: context.now() - start };
}

/** Streams an estimate a radius, each from so many pairs of its own. */
export async function* run(
  context: EstimatorContext,
  count: number,
): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { target, sigmas, now } = context;
  for (const [sigmaIndex, sigma] of sigmas.entries()) {
    const start = now();
    const { whole, parts } = await sampledGeometry(context, sigma, count);
    const questions = [
      { geometry: whole, target, sigma: RADIUS },
      ...parts.map((geometry) => ({ geometry, target, sigma: RADIUS, options: JACKKNIFE_TOLERANCE })),
    ];
    const read = await readQuestions(questions, byGaussianCdf, context);
    const reading = await read(0);
    const leftOut = await probabilities(read, 1, parts.length);
    const estimate = analyticalEstimate(reading, {
      sigma,
      samplingError: jackknifeError(leftOut),
      samplingDegrees: GROUPS - 1,
      evaluations: 2 * count,
      gradients: 0,
      ms: now() - start,
    });
    yield { sigmaIndex, estimate, progress: (sigmaIndex + 1) / sigmas.length };
  }
}
