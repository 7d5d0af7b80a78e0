import { byGaussianCdf, probabilities, readQuestions, type Turns } from '../analytical';
import { jackknifeError } from '../jackknife';
import type { LogitGeometry } from '../model';
import { drawnProbabilities } from './draws';
import type { ClassProbabilities, ClassProbability } from './reading';
import { relevantClasses, restricted } from './relevant';

export type { ClassProbabilities, ClassReading } from './reading';

const TOLERANCE = { absoluteTolerance: 1e-4, relativeTolerance: 0.05, maxPoints: 50_000 };
const JACKKNIFE_TOLERANCE = { absoluteTolerance: 1e-3, relativeTolerance: 0.05, maxPoints: 5000 };
/** From this many classes that matter on they are told apart by draws from the one Gaussian that all share. */
const MANY_CLASSES = 64;
const DRAW_SEED = 1;

/**
 * P[argmax = k] for all k, each the Gaussian CDF of that class's margins, from one mean and one matrix of inner products
 * of the logits. They sum to 1 within their errors, less the probability of an exact tie, which counts for no class.
 * Yields after each class, so that the caller can stop.
 * @param leftOut the same geometry with each group of samples left out, for a jackknife; empty if nothing was sampled.
 */
export async function* classProbabilities(
  geometry: LogitGeometry,
  sigma: number,
  leftOut: readonly LogitGeometry[] = [],
  turns: Turns = {},
): AsyncGenerator<void, ClassProbabilities, undefined> {
  const { kept, restAtMost } = relevantClasses(geometry, sigma);
  const whole = restricted(geometry, kept);
  const parts = leftOut.map((part) => restricted(part, kept));
  const others = { count: geometry.logits.length - kept.length, atMost: restAtMost };

  if (kept.length > MANY_CLASSES) {
    const drawn = yield* drawnProbabilities(whole, sigma, DRAW_SEED);
    const without: (typeof drawn)[] = [];
    for (const part of parts) without.push(yield* drawnProbabilities(part, sigma, DRAW_SEED));
    const classes = drawn.map(({ p, stdErr }, position) => ({
      index: kept[position] as number,
      p,
      numericalError: stdErr + restAtMost,
      samplingError: errorOf(without.map((each) => each[position]?.p as number)),
    }));
    return { classes, others };
  }

  const questions = kept.flatMap((_, target) => [
    { geometry: whole, target, sigma, options: TOLERANCE },
    ...parts.map((geometry) => ({ geometry, target, sigma, options: JACKKNIFE_TOLERANCE })),
  ]);
  const read = await readQuestions(questions, byGaussianCdf, turns);
  const classes: ClassProbability[] = [];
  for (const [position, index] of kept.entries()) {
    const first = position * (1 + parts.length);
    const { p, numericalError } = await read(first);
    const without = await probabilities(read, first + 1, parts.length);
    classes.push({
      index,
      p,
      numericalError: (numericalError ?? 0) + restAtMost,
      samplingError: errorOf(without),
    });
    yield;
  }
  return { classes, others };
}

const errorOf = (without: readonly number[]): number | null =>
  without.length === 0 ? null : jackknifeError(without);
