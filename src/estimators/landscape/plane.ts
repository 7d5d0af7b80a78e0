import type { Linearisation } from '../model';
import { NormalSource, STREAMS } from '../noise/gaussian';
import { dot, marginPlanes } from '../plane';
import { RequestError } from '../request';

/** The plane x + a u + b v through an input x. */
export interface DangerousPlane {
  /** d values: the unit vector from x straight to the nearest linearised decision boundary. */
  readonly u: Float32Array;
  /** d values: the unit vector at right angles to u that, with it, spans the way to the next such boundary. */
  readonly v: Float32Array;
  /** The boundary that u leads to. */
  readonly first: Boundary;
  /** The boundary that u and v lead to; null if there is none off the line of u, and v was drawn at random. */
  readonly second: Boundary | null;
  /** Cosine of the angle between the ways to the two boundaries; null without a second. */
  readonly cosine: number | null;
}

interface Boundary {
  /** The class beyond it. */
  readonly other: number;
  /** g_i / norm(grad g_i), the signed distance from x: negative where that class wins at x already. */
  readonly distance: number;
}

/** Directions whose part at right angles to u is shorter than this are the same as u to float32. */
const PARALLEL = 1e-4;

/**
 * The two most dangerous gradient directions at x: those of the two smallest standardised margins z_i of target t, made
 * orthonormal (Gram and Schmidt, twice). Null where no margin has a gradient.
 * @param seed of the second direction where the gradients have but one
 * @throws RequestError for inputs of a single value, which have no plane.
 */
export function dangerousPlane(
  linearisation: Pick<Linearisation, 'logits' | 'jacobian'>,
  target: number,
  seed: number,
): DangerousPlane | null {
  const planes = marginPlanes(linearisation, target, null).sort((a, b) => a.offset - b.offset);
  const [nearest, ...others] = planes;
  if (nearest === undefined) return null;
  const d = nearest.direction.length;
  if (d < 2) throw new RequestError('A plane needs an image of at least two values.');
  const u = Float64Array.from(nearest.direction, (value) => -value);
  const first = { other: nearest.other, distance: nearest.offset };
  for (const { direction, other, offset } of others) {
    const towards = Float64Array.from(direction, (value) => -value);
    const v = perpendicular(towards, u);
    if (v === null) continue;
    const second = { other, distance: offset };
    return { u: Float32Array.from(u), v: Float32Array.from(v), first, second, cosine: dot(towards, u) };
  }
  const source = new NormalSource(seed, STREAMS.selection);
  for (let sample = 0; ; sample++) {
    const random = new Float64Array(d);
    source.fill(sample, random);
    const v = perpendicular(random, u);
    if (v !== null)
      return { u: Float32Array.from(u), v: Float32Array.from(v), first, second: null, cosine: null };
  }
}

/** The unit vector of what is left of a vector at right angles to a unit vector; null if that is rounding. */
function perpendicular(vector: Float64Array, unit: Float64Array): Float64Array | null {
  const length = Math.sqrt(dot(vector, vector));
  let rest = vector;
  for (let pass = 0; pass < 2; pass++) {
    const along = dot(rest, unit);
    rest = rest.map((value, j) => value - along * (unit[j] as number));
  }
  const norm = Math.sqrt(dot(rest, rest));
  return norm > PARALLEL * length ? rest.map((value) => value / norm) : null;
}

/** Of the largest radius, how far the square reaches at least, and at most for the sake of a boundary. */
const REACH = { least: 1.5, most: 3 } as const;
const MARGIN = 1.25;

/**
 * Half the side of a square around x that shows the noise of radius sigma, whose share in the plane is Gaussian with that
 * standard deviation, and both boundaries unless they lie far beyond it.
 */
export function planeExtent(
  { first, second }: Pick<DangerousPlane, 'first' | 'second'>,
  sigma: number,
): number {
  const far = Math.max(Math.abs(first.distance), Math.abs(second?.distance ?? 0));
  return MARGIN * Math.max(REACH.least * sigma, Math.min(far, REACH.most * sigma));
}
