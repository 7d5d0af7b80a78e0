import { callClass } from '../calls';
import type { EstimatorContext } from '../definition';
import { NormalSource, STREAMS } from '../noise/gaussian';
import { dot, marginPlanes, type Plane } from '../plane';
import { assertImage, assertTarget } from '../request';
import { type AcceptedPoint, acceptCrossing } from './accept';
import { type Descent, DescentBatch, shortestFirst, startDescent } from './descent';
import { type Crossing, type Ray, RaySearch } from './rays';

/** An input near x that the model calls another class. */
export interface AdversarialPoint extends Omit<AcceptedPoint, 'evaluations'> {
  /** L2 distance from x: an upper bound on r_adv, the smallest there is. 0 where t is not called at x itself. */
  readonly distance: number;
  /** Forward passes, and input gradients of single logits or margins. */
  readonly evaluations: number;
  readonly gradients: number;
  readonly ms: number;
}

export type AdversarialContext = Pick<
  EstimatorContext,
  'classifier' | 'x' | 'target' | 'seed' | 'linearisation' | 'now'
>;

/** Nearest linearised boundaries that are tried, and random directions beside them, for what gradients at x hide. */
const RAYS = { classes: 8, random: 4 } as const;
/** Radii of the first look: from twice the diagonal of the unit cube downwards, each shorter by a factor of sqrt(2). */
const FIRST_RADII = 24;
/** Cuts of a bracket into four, after the first look and at the end. */
const FIRST_LEVELS = 2;
const LAST_LEVELS = 6;
/** Radii at which the ray of the shortest perturbation is looked at in the end, as shares of its length. */
const LAST_RADII = [0.95, 0.99, 0.999, 1] as const;
/** Descents from random points around x: against the class that is nearest after the first phase, and the next one. */
const RANDOM_STARTS = [12, 4] as const;
/** A random start: this share of the linear step, and a random vector of this many times the linear step's length. */
const RANDOM_START = { step: 0.3, noise: 1.5 } as const;
/** Descents that go on from a phase, its steps, and where its schedule begins and ends. */
const PHASES = {
  classes: { keep: RAYS.classes + 1, steps: 10, schedule: [0, 0.25] },
  random: { keep: 4, steps: 20, schedule: [0, 0.35] },
  middle: { keep: 6, steps: 40, schedule: [0.3, 0.65] },
  last: { keep: 3, steps: 60, schedule: [0.65, 1] },
} as const;

type Phase = (typeof PHASES)[keyof typeof PHASES];
const ALL_STEPS = Object.values(PHASES).reduce((sum, { steps }) => sum + steps, 0);

/**
 * A small perturbation that changes the class. Rays towards the nearest linearised boundaries (the linear step of
 * DeepFool, Moosavi-Dezfooli, Fawzi, Frossard, CVPR 2016) and at random find where there is another class at all; then
 * descents by decoupled direction and norm (Rony et al., CVPR 2019), one against each near class and several from random
 * points against the nearest, of which the shortest go on. The end is moved back along its ray to the boundary, and
 * out again until the class has changed by more than rounding (`acceptCrossing`).
 * Yields the share done in [0, 1] after each step. Null where nothing met another class.
 * @throws RequestError for an image or class that does not fit, ClassifierError for values that are not finite.
 */
export async function* nearestAdversarial(
  context: AdversarialContext,
): AsyncGenerator<number, AdversarialPoint | null, undefined> {
  assertImage(context);
  assertTarget(context);
  const { classifier, x, target, seed, now } = context;
  const { value: clean, ms } = await context.linearisation();
  const start = now();
  const rays = new RaySearch(classifier, x, target);
  const batch = new DescentBatch(classifier, x, target);
  const spent = (more = 0) => ({
    evaluations: 1 + rays.evaluations + batch.evaluations + more,
    gradients: classifier.classCount + batch.gradients,
    ms: ms + now() - start,
  });
  const atImage = callClass(clean.logits, target);
  if (!(atImage.margin > 0)) {
    const { called, margin } = atImage;
    return { distance: 0, point: x.slice(), called, margin, arithmetic: 'float32', ...spent() };
  }
  yield 0.05;

  const source = new NormalSource(seed, STREAMS.selection);
  const planes = marginPlanes(clean, target, null).sort((a, b) => a.offset - b.offset);
  const crossings = await rays.firstCrossings(firstRays(planes, source, x.length), FIRST_LEVELS);
  const first = crossings.filter((crossing) => crossing !== null).sort((a, b) => a.radius - b.radius);
  yield 0.1;

  let done = 0;
  const run = async function* (descents: readonly Descent[], { steps, schedule }: Phase) {
    const [from, to] = schedule;
    for (let step = 0; step < steps && descents.length > 0; step++) {
      await batch.step(descents, from + ((to - from) * step) / steps);
      yield 0.1 + (0.85 * ++done) / ALL_STEPS;
    }
  };
  const { classes, random, middle, last } = PHASES;
  const nearClasses = classStarts(planes, first).slice(0, classes.keep);
  yield* run(nearClasses, classes);
  const ordered = shortestFirst(nearClasses);
  const others = randomStarts(ordered, source, RAYS.random);
  yield* run(others, random);
  let open = shortestFirst([...ordered.slice(0, random.keep), ...others]).slice(0, middle.keep);
  yield* run(open, middle);
  open = shortestFirst(open).slice(0, last.keep);
  yield* run(open, last);

  const found = shortestOf([...nearClasses, ...others], first);
  if (found === null) return null;
  const radii = LAST_RADII.map((share) => share * found.radius);
  const [polished] = await rays.firstCrossings([{ ...found, radii }], LAST_LEVELS);
  const { evaluations, ...accepted } = await acceptCrossing(classifier, x, target, polished ?? found);
  const { point } = accepted;
  const distance = Math.sqrt(x.reduce((sum, value, j) => sum + ((point[j] as number) - value) ** 2, 0));
  return { distance, ...accepted, ...spent(evaluations) };
}

/** Against the margins' gradients at x, the nearest boundary first, and in random directions. */
function firstRays(planes: readonly Plane[], source: NormalSource, d: number): Ray[] {
  const reach = 2 * Math.sqrt(d);
  const radii = Array.from({ length: FIRST_RADII }, (_, i) => reach * 2 ** ((i + 1 - FIRST_RADII) / 2));
  const steps = planes.slice(0, RAYS.classes).map((plane) => Float64Array.from(plane.direction, (v) => -v));
  const random = Array.from({ length: RAYS.random }, (_, i) => randomUnit(source, i, d));
  return [...steps, ...random].map((direction) => ({ direction, radii }));
}

/** The linear step to each boundary, then what rays met of other classes. */
function classStarts(planes: readonly Plane[], crossings: readonly Crossing[]): Descent[] {
  const seen = new Set(planes.map(({ other }) => other));
  const hidden = crossings.filter(({ called }) => !seen.has(called) && seen.add(called));
  return [
    ...planes.map(({ other, direction, offset }) =>
      startDescent(
        other,
        Float64Array.from(direction, (v) => -v * offset),
        offset,
      ),
    ),
    ...hidden.map(({ called, direction, radius }) =>
      startDescent(
        called,
        direction.map((v) => radius * v),
        radius,
      ),
    ),
  ];
}

/** Descents from random points against the classes of the nearest and the next nearest descents. */
function randomStarts(ordered: readonly Descent[], source: NormalSource, firstSample: number): Descent[] {
  const [nearest] = ordered;
  if (nearest === undefined) return [];
  const next = ordered.find(({ other }) => other !== nearest.other);
  let sample = firstSample;
  return [nearest, next].flatMap((descent, i) => {
    if (descent === undefined) return [];
    const step = descent.best ?? descent.delta;
    const length = Math.min(descent.radius, descent.bestRadius);
    return Array.from({ length: RANDOM_STARTS[i] as number }, () => {
      const noise = randomUnit(source, sample++, step.length);
      const delta = step.map(
        (v, j) => RANDOM_START.step * v + RANDOM_START.noise * length * (noise[j] as number),
      );
      return startDescent(descent.other, delta, length);
    });
  });
}

function randomUnit(source: NormalSource, sample: number, d: number): Float64Array {
  const vector = new Float64Array(d);
  source.fill(sample, vector);
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((v) => v / norm);
}

/** The shortest perturbation of all, as a crossing on its ray; null if there is none. */
function shortestOf(descents: readonly Descent[], crossings: readonly Crossing[]): Crossing | null {
  const found = descents.flatMap(({ best, bestRadius: radius, other }): Crossing[] =>
    best === null ? [] : [{ direction: best.map((v) => v / radius), radius, called: other }],
  );
  return [...found, ...crossings].sort((a, b) => a.radius - b.radius)[0] ?? null;
}
