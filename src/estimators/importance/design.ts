import type { EstimatorContext } from '../definition';
import { argmax, assertFinite, type Linearisation } from '../model';
import { NormalSource, STREAMS } from '../noise/gaussian';
import { dot, marginPlanes, type Plane, planeThrough } from './plane';
import { nearestInPolytope } from './polytope';

/** What gradients say of the region of class t around x; in input units, so that all radii share it. */
export interface Design {
  /** Linear models of the region, each the intersection of its half-spaces. */
  readonly models: readonly (readonly Plane[])[];
  /** The nearest points of the other outcome: distance * direction, with the sign in the distance. */
  readonly points: readonly { readonly direction: Float32Array; readonly distance: number }[];
  /** Whether t is called at x, so that the points are failures; else they are successes. */
  readonly isCalled: boolean;
  /** Forward passes and gradients, those at x included. */
  readonly evaluations: number;
  readonly gradients: number;
}

const MAX_ITERATIONS = 8;
/** A step shorter than this share of the distance ends the search: the proposal needs no more. */
const STEP_TOLERANCE = 0.02;
/** Full steps at first, half steps from here on, where the search may swing between two pieces of a boundary. */
const FULL_STEPS = 4;
/** Classes whose boundaries are followed by gradients of their own: the nearest on the linear model. */
const MAX_REFINED = 12;
/** Searches that start at noisy copies: they find what the gradient at x does not show. */
const NOISY_STARTS = 4;
/** Half-spaces of a linear model, the nearest: it is a control variate, and any of them will do. */
const MAX_PLANES = 24;
/** Planes whose directions agree to this cosine are one. */
const SAME_DIRECTION = 0.9;

/** The most that a design takes. */
export function designLimit(classCount: number): { evaluations: number; gradients: number } {
  const searches = Math.min(classCount - 1, MAX_REFINED) + NOISY_STARTS;
  const around = searches * MAX_ITERATIONS;
  const towards = MAX_ITERATIONS * classCount;
  return { evaluations: 1 + NOISY_STARTS + around, gradients: classCount + Math.max(around, towards) };
}

const nearest = (planes: readonly Plane[]): Plane[] =>
  [...planes].sort((a, b) => a.offset - b.offset).slice(0, MAX_PLANES);

/** Linear models and design points of class t around x, from the linearisation there and gradients at further points. */
export function findDesign(context: EstimatorContext, clean: Linearisation): Promise<Design> {
  const isCalled = argmax(clean.logits) === context.target;
  return isCalled ? aroundClass(context, clean) : towardsClass(context, clean);
}

/** One search for the boundary between t and another class. */
interface Search {
  readonly other: number;
  delta: Float64Array;
  plane: Plane | null;
  isDone: boolean;
}

/**
 * Every class has its design point, the nearest point of its boundary with t, by Hasofer-Lind-Rackwitz-Fiessler steps:
 * to the foot point of the plane that the margin's value and gradient define at the present point.
 * Sources: Hasofer and Lind, J. Eng. Mech. 100 (1974); Rackwitz and Fiessler, Comput. Struct. 9 (1978).
 */
async function aroundClass(context: EstimatorContext, clean: Linearisation): Promise<Design> {
  const { classifier, x, target, sigmas, seed } = context;
  const [d, K] = [classifier.inputLength, classifier.classCount];
  const byDistance = marginPlanes(clean, target, null).sort((a, b) => a.offset - b.offset);
  const searches = byDistance.slice(0, MAX_REFINED).map(
    (plane): Search => ({
      other: plane.other,
      delta: Float64Array.from(plane.direction, (a) => -plane.offset * a),
      plane,
      isDone: false,
    }),
  );

  // Starts at the noise itself, at the geometric mean of the radii.
  const sigma = Math.exp(sigmas.reduce((sum, each) => sum + Math.log(each), 0) / sigmas.length);
  const starts = new Float32Array(NOISY_STARTS * d);
  const source = new NormalSource(seed, STREAMS.selection);
  for (let s = 0; s < NOISY_STARTS; s++) source.fill(s, starts, s * d, d);
  const logits = await classifier.logits(starts.map((eps, at) => (x[at % d] as number) + sigma * eps));
  assertFinite(logits, 'logits');
  for (let s = 0; s < NOISY_STARTS; s++) {
    const others = logits.slice(s * K, (s + 1) * K);
    others[target] = Number.NEGATIVE_INFINITY;
    const delta = Float64Array.from(starts.subarray(s * d, (s + 1) * d), (eps) => sigma * eps);
    searches.push({ other: argmax(others), delta, plane: null, isDone: false });
  }

  let [evaluations, gradients] = [1 + NOISY_STARTS, K];
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const open = searches.filter(({ isDone }) => !isDone);
    if (open.length === 0) break;
    await stepAll(context, open, iteration < FULL_STEPS ? 1 : 0.5);
    evaluations += open.length;
    gradients += open.length;
  }

  const refined: Plane[] = [];
  const isNew = (plane: Plane): boolean =>
    !refined.some((known) => dot(known.direction, plane.direction) > SAME_DIRECTION);
  for (const [i, { plane }] of searches.entries()) {
    const isExtra = i >= searches.length - NOISY_STARTS;
    if (plane !== null && (!isExtra || isNew(plane))) refined.push(plane);
  }
  const models = [byDistance, [...refined, ...byDistance.slice(MAX_REFINED)]].map(nearest);
  return {
    models: models.filter((planes) => planes.length > 0),
    points: refined.map(({ direction, offset }) => ({ direction, distance: -Math.max(0, offset) })),
    isCalled: true,
    evaluations,
    gradients,
  };
}

/** One step of every search, from one batch of margin gradients. */
async function stepAll(context: EstimatorContext, open: readonly Search[], share: number): Promise<void> {
  const { classifier, x, target } = context;
  const [d, K] = [classifier.inputLength, classifier.classCount];
  const inputs = new Float32Array(open.length * d);
  const cotangents = new Float32Array(open.length * K);
  for (const [i, { delta, other }] of open.entries()) {
    for (let j = 0; j < d; j++) inputs[i * d + j] = (x[j] as number) + (delta[j] as number);
    cotangents[i * K + target] = 1;
    cotangents[i * K + other] = -1;
  }
  const found = await classifier.gradients(inputs, cotangents);
  assertFinite(found.logits, 'logits');
  assertFinite(found.gradients, 'gradients');
  for (const [i, search] of open.entries()) {
    const logit = (k: number): number => found.logits[i * K + k] as number;
    const gradient = found.gradients.subarray(i * d, (i + 1) * d);
    const { other } = search;
    const plane = planeThrough(other, logit(target) - logit(other), gradient, search.delta);
    if (plane === null) {
      search.isDone = true;
      continue;
    }
    let [step, length] = [0, 0];
    search.delta = search.delta.map((old, j) => {
      const foot = -plane.offset * (plane.direction[j] as number);
      step += (foot - old) ** 2;
      length += foot ** 2;
      return old + share * (foot - old);
    });
    search.plane = plane;
    search.isDone = Math.sqrt(step) <= STEP_TOLERANCE * Math.sqrt(length);
  }
}

/**
 * For a class that is not called at x: the nearest point where all its margins hold, by linearising all of them at the
 * present point and projecting x onto the polytope that they enclose (sequential quadratic programming).
 */
async function towardsClass(context: EstimatorContext, clean: Linearisation): Promise<Design> {
  const { classifier, x, target } = context;
  const first = marginPlanes(clean, target, null);
  let planes = first;
  let [evaluations, gradients] = [1, classifier.classCount];
  let delta = nearestInPolytope(planes);
  for (let iteration = 0; iteration < MAX_ITERATIONS && delta !== null; iteration++) {
    const point = delta;
    const found = await classifier.linearise(x.map((value, j) => value + (point[j] as number)));
    assertFinite(found.gram, 'gradients');
    evaluations += 1;
    gradients += classifier.classCount;
    planes = marginPlanes(found, target, point);
    const next = nearestInPolytope(planes);
    if (next === null) break;
    const share = iteration < FULL_STEPS ? 1 : 0.5;
    const step = Math.sqrt(next.reduce((sum, value, j) => sum + (value - (point[j] as number)) ** 2, 0));
    delta = point.map((value, j) => value + share * ((next[j] as number) - value));
    if (step <= STEP_TOLERANCE * Math.sqrt(dot(next, next))) break;
  }
  const distance = delta === null ? 0 : Math.sqrt(dot(delta, delta));
  const points =
    delta === null || distance === 0
      ? []
      : [{ direction: Float32Array.from(delta, (value) => value / distance), distance }];
  return { models: [first, planes].map(nearest), points, isCalled: false, evaluations, gradients };
}
