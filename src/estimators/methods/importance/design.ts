import type { EstimatorContext } from '../../definition';
import { argmax, assertFinite, type Linearisation } from '../../model';
import { NormalSource, STREAMS } from '../../noise/gaussian';
import { dot, marginPlanes, type Plane, planeThrough } from '../../plane';
import { LogitField } from './field';
import { nearestInPolytope } from './polytope';

/** What gradients say of the region of class t around x, in input units. */
export interface Design {
  /** Linear models of the region, each the intersection of its half-spaces. */
  readonly models: readonly (readonly Plane[])[];
  readonly points: readonly DesignPoint[];
  readonly evaluations: number;
  readonly gradients: number;
}

/** The nearest point of the other outcome: distance * direction, with the sign in the distance. */
export interface DesignPoint {
  readonly direction: Float32Array;
  readonly distance: number;
}

/** At x itself, for all radii. */
const CLEAN = { iterations: 6, classes: 8, reach: 2 } as const;
/** A step shorter than this share of the distance ends the search: the proposal needs no more. */
const STEP_TOLERANCE = 0.02;
/** Full steps at first, half steps from here on, where the search may swing between two pieces of a boundary. */
const FULL_STEPS = 3;
/** Searches that start at noisy copies: they find what the gradient at x does not show. */
const NOISY_STARTS = 4;
/** Half-spaces of a linear model, the nearest: it is a control variate, and any of them will do. */
const MAX_PLANES = 24;
/** Planes whose directions agree to this cosine are one. */
const SAME_DIRECTION = 0.9;

/** The most that the design at x takes. */
export function designLimit(classCount: number) {
  const searches = Math.min(classCount - 1, CLEAN.classes) + NOISY_STARTS;
  return {
    evaluations: 1 + NOISY_STARTS + searches * CLEAN.iterations,
    gradients: classCount + Math.max(searches, classCount) * CLEAN.iterations,
  };
}

const nearest = (planes: readonly Plane[]): Plane[] =>
  [...planes].sort((a, b) => a.offset - b.offset).slice(0, MAX_PLANES);

/** The design at x, which all radii share: the linearisation there, refined by gradients at further points. */
export async function cleanDesign(context: EstimatorContext, clean: Linearisation): Promise<Design> {
  const { classifier, x, target } = context;
  const K = classifier.classCount;
  const field = new LogitField(context, new Float32Array(x.length));
  const planes = marginPlanes(clean, target, null);
  const spent = () => ({ evaluations: 1 + field.evaluations, gradients: K + field.gradients });
  if (argmax(clean.logits) !== target) {
    const found = await towardsClass(field, planes, CLEAN.iterations);
    return { ...found, models: [planes, found.planes].map(nearest), ...spent() };
  }
  const close = nearest(planes);
  const reach = CLEAN.reach * Math.max(0, close[0]?.offset ?? 0);
  const searches = close
    .filter(({ offset }) => offset <= reach)
    .slice(0, CLEAN.classes)
    .map(startAt);
  const starts = await noisyStarts(context);
  await follow(field, [...searches, ...starts], CLEAN.iterations);
  const refined = searches.flatMap(({ plane }) => plane ?? []);
  for (const { plane } of starts) {
    const isKnown = refined.some((known) => plane && dot(known.direction, plane.direction) > SAME_DIRECTION);
    if (plane !== null && !isKnown) refined.push(plane);
  }
  const rest = planes.filter(({ other }) => !searches.some((search) => search.other === other));
  const models = [planes, [...refined, ...rest]].map(nearest).filter((model) => model.length > 0);
  const { evaluations, gradients } = spent();
  return {
    models,
    points: refined.map(footPoint),
    evaluations: evaluations + NOISY_STARTS,
    gradients,
  };
}

const footPoint = ({ direction, offset }: Plane): DesignPoint => ({
  direction,
  distance: -Math.max(0, offset),
});

/** One search for the boundary between t and another class. */
interface Search {
  readonly other: number;
  delta: Float64Array;
  plane: Plane | null;
}

const startAt = (plane: Plane): Search => ({
  other: plane.other,
  delta: Float64Array.from(plane.direction, (a) => -plane.offset * a),
  plane,
});

/** Searches from noisy copies at the geometric mean of the radii, each towards the class that is nearest there. */
async function noisyStarts(context: EstimatorContext): Promise<Search[]> {
  const { classifier, x, target, sigmas, seed } = context;
  const [d, K] = [classifier.inputLength, classifier.classCount];
  const sigma = Math.exp(sigmas.reduce((sum, each) => sum + Math.log(each), 0) / sigmas.length);
  const source = new NormalSource(seed, STREAMS.selection);
  const noise = new Float32Array(NOISY_STARTS * d);
  for (let s = 0; s < NOISY_STARTS; s++) source.fill(s, noise, s * d, d);
  const logits = await classifier.logits(noise.map((eps, at) => (x[at % d] as number) + sigma * eps));
  assertFinite(logits, 'logits');
  return Array.from({ length: NOISY_STARTS }, (_, s): Search => {
    const others = logits.slice(s * K, (s + 1) * K);
    others[target] = Number.NEGATIVE_INFINITY;
    const delta = Float64Array.from(noise.subarray(s * d, (s + 1) * d), (eps) => sigma * eps);
    return { other: argmax(others), delta, plane: null };
  });
}

/**
 * Hasofer-Lind-Rackwitz-Fiessler steps: each search goes to the foot point of the plane that the margin's value and
 * gradient define at its present point.
 * Sources: Hasofer and Lind, J. Eng. Mech. 100 (1974); Rackwitz and Fiessler, Comput. Struct. 9 (1978).
 */
async function follow(field: LogitField, searches: readonly Search[], iterations: number): Promise<void> {
  let open = [...searches];
  for (let iteration = 0; iteration < iterations && open.length > 0; iteration++) {
    const found = await field.margins(open);
    const share = iteration < FULL_STEPS ? 1 : 0.5;
    open = open.filter((search, i) => {
      const { value, gradient } = found[i] as (typeof found)[number];
      const plane = planeThrough(search.other, value, gradient, search.delta);
      if (plane === null) return false;
      const foot = plane.direction.map((a) => -plane.offset * a);
      const step = search.delta.map((old, j) => (foot[j] as number) - old);
      search.plane = plane;
      search.delta = search.delta.map((old, j) => old + share * (step[j] as number));
      return dot(step, step) > STEP_TOLERANCE ** 2 * dot(foot, foot);
    });
  }
}

/**
 * For a class that is not called: the nearest point where all its margins hold, by linearising all of them at the
 * present point and projecting x onto the polytope that they enclose (sequential quadratic programming).
 */
async function towardsClass(field: LogitField, first: readonly Plane[], iterations: number) {
  let planes = first;
  let delta = nearestInPolytope(planes);
  for (let iteration = 0; iteration < iterations && delta !== null; iteration++) {
    const point = delta;
    planes = marginPlanes(await field.linearise(point), field.context.target, point);
    const next = nearestInPolytope(planes);
    if (next === null) break;
    const step = point.map((value, j) => (next[j] as number) - value);
    const share = iteration < FULL_STEPS ? 1 : 0.5;
    delta = point.map((value, j) => value + share * (step[j] as number));
    if (dot(step, step) <= STEP_TOLERANCE ** 2 * dot(next, next)) break;
  }
  const distance = delta === null ? 0 : Math.sqrt(dot(delta, delta));
  const points =
    delta === null || distance === 0
      ? []
      : [
          {
            direction: Float32Array.from(delta, (value) => value / distance),
            distance,
          },
        ];
  return { planes, points };
}
