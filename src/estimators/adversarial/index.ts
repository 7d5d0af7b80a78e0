import { callClass } from '../calls';
import type { EstimatorContext } from '../definition';
import { LogitField } from '../importance/field';
import { dot, marginPlanes, planeThrough } from '../importance/plane';
import { NormalSource, STREAMS } from '../noise/gaussian';
import { assertImage, assertTarget } from '../request';
import { type Crossing, pointAt, type Ray, RaySearch } from './rays';

/** An input near x that the model calls another class. */
export interface AdversarialPoint {
  /** L2 distance from x: an upper bound on r_adv, the smallest there is. 0 where t is not called at x itself. */
  readonly distance: number;
  /** d input values, not clipped to [0, 1]. A forward pass has called `called` here, without a tie. */
  readonly point: Float32Array;
  readonly called: number;
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
const STARTS = { classes: 8, random: 4 } as const;
/** Searches that are refined, from the nearest crossings. */
const REFINED = 4;
const ITERATIONS = 16;
/** Radii of the first look: from twice the diagonal of the unit cube downwards, each shorter by a factor of sqrt(2). */
const FIRST_RADII = 24;
/** Cuts of a bracket into four, at first and at the end. */
const LEVELS = 6;
/** Shares of the present radius at which a new direction is looked at; the last one is the least gain. */
const SHORTER = [0.5, 0.9, 0.99, 0.9995] as const;
/** How far a search goes from its point to the foot of the plane there. */
const SHARES = [1, 0.5, 0.2] as const;
/** Margin that float32 needs at the end, as a share of the radius; doubled until the change is seen. */
const LAST_STEP = 2 ** -22;

/**
 * A small perturbation that changes the class: the linear step of DeepFool (Moosavi-Dezfooli, Fawzi, Frossard, CVPR
 * 2016) towards the nearest classes, moved back along its ray to where the class changes, then turned, step by step,
 * towards the foot point of the boundary's tangent plane (Hasofer and Lind 1974) while that shortens it.
 * Yields the share done in [0, 1] after each step. Null where no ray met another class within twice the diagonal.
 * @throws RequestError for an image or class that does not fit, ClassifierError for values that are not finite.
 */
export async function* nearestAdversarial(
  context: AdversarialContext,
): AsyncGenerator<number, AdversarialPoint | null, undefined> {
  assertImage(context);
  assertTarget(context);
  const { classifier, x, target, now } = context;
  const start = now();
  const { value: clean } = await context.linearisation();
  const search = new RaySearch(classifier, x, target);
  const field = new LogitField(context, new Float32Array(x.length));
  const spent = () => ({
    evaluations: 1 + search.evaluations + field.evaluations,
    gradients: classifier.classCount + field.gradients,
    ms: now() - start,
  });
  const atImage = callClass(clean.logits, target);
  if (!(atImage.margin > 0)) return { distance: 0, point: x.slice(), called: atImage.called, ...spent() };
  yield 0.05;

  const reach = 2 * Math.sqrt(x.length);
  const radii = Array.from({ length: FIRST_RADII }, (_, i) => reach * 2 ** ((i + 1 - FIRST_RADII) / 2));
  const starts = startDirections(context, clean).map((direction) => ({ direction, radii }));
  const first = await search.firstCrossings(starts, LEVELS);
  let open = nearest(first.filter((crossing) => crossing !== null)).slice(0, REFINED);
  if (open.length === 0) return null;
  yield 0.2;

  const found: Crossing[] = [...open];
  for (let iteration = 0; iteration < ITERATIONS && open.length > 0; iteration++) {
    const rays = await turnedRays(field, open);
    const crossings = await search.firstCrossings(rays.flat(), LEVELS);
    let at = 0;
    open = rays.flatMap((own) => {
      const reached = crossings.slice(at, at + own.length).filter((crossing) => crossing !== null);
      at += own.length;
      return nearest(reached).slice(0, 1);
    });
    found.push(...open);
    yield 0.2 + (0.7 * (iteration + 1)) / ITERATIONS;
  }

  const [best] = nearest(found);
  if (best === undefined) return null;
  const bracket = [(1 - 1e-3) * best.radius, best.radius];
  const [polished] = await search.firstCrossings([{ ...best, radii: bracket }], LEVELS);
  const { point, called } = await verified(search, polished ?? best);
  const distance = Math.sqrt(x.reduce((sum, value, j) => sum + ((point[j] as number) - value) ** 2, 0));
  return { distance, point, called, ...spent() };
}

const nearest = (crossings: readonly Crossing[]): Crossing[] =>
  [...crossings].sort((a, b) => a.radius - b.radius);

/** Against the margins' gradients at x, the nearest boundary first, and random directions. */
function startDirections(
  { x, target, seed }: AdversarialContext,
  clean: Parameters<typeof marginPlanes>[0],
): Float64Array[] {
  const planes = marginPlanes(clean, target, null).sort((a, b) => a.offset - b.offset);
  const source = new NormalSource(seed, STREAMS.selection);
  const random = Array.from({ length: STARTS.random }, (_, i) => {
    const direction = new Float64Array(x.length);
    source.fill(i, direction);
    return direction;
  });
  const steps = planes
    .slice(0, STARTS.classes)
    .map(({ direction }) => Float64Array.from(direction, (v) => -v));
  return [...steps, ...random].flatMap((direction) => normalised(direction) ?? []);
}

/** For each search the rays between its point and the foot point of the boundary there; none without a gradient. */
async function turnedRays(field: LogitField, open: readonly Crossing[]): Promise<Ray[][]> {
  const points = open.map(({ direction, radius, called }) => ({
    delta: direction.map((v) => radius * v),
    other: called,
  }));
  const margins = await field.margins(points);
  return open.map(({ radius }, i) => {
    const { delta, other } = points[i] as (typeof points)[number];
    const { value, gradient } = margins[i] as (typeof margins)[number];
    const plane = planeThrough(other, value, gradient, delta);
    if (plane === null) return [];
    return SHARES.flatMap((share): Ray[] => {
      const turned = delta.map(
        (v, j) => (1 - share) * v - share * plane.offset * (plane.direction[j] as number),
      );
      const direction = normalised(turned);
      return direction === null ? [] : [{ direction, radii: SHORTER.map((part) => part * radius) }];
    });
  });
}

function normalised(vector: Float64Array): Float64Array | null {
  const norm = Math.sqrt(dot(vector, vector));
  return norm > 0 ? vector.map((v) => v / norm) : null;
}

/** The crossing as one input, alone in its pass, moved outwards until the change of class shows there too. */
async function verified(
  search: RaySearch,
  crossing: Crossing,
): Promise<{ point: Float32Array; called: number }> {
  for (let extra = 0; ; extra = extra === 0 ? LAST_STEP : 2 * extra) {
    const moved = { ...crossing, radius: (1 + extra) * crossing.radius };
    const [called] = await search.calledInstead([moved]);
    if (called !== null && called !== undefined) return { point: pointAt(search.x, moved), called };
    // Seen to change in a batch and at no radius up to twice that alone: the model does not repeat itself.
    if (extra > 1) throw new Error('The model calls the same input differently from pass to pass.');
  }
}
