import { callClass } from '../calls';
import { assertFinite, type Classifier } from '../model';

/** A point on a ray from x where another class is called, seen in a forward pass. */
export interface Crossing {
  /** Unit vector. */
  readonly direction: Float64Array;
  readonly radius: number;
  readonly called: number;
}

/** A ray from x and the radii, rising, at which to look first. */
export interface Ray {
  readonly direction: Float64Array;
  readonly radii: readonly number[];
}

/** Inputs of one forward pass. */
const BATCH = 256;
/** Equal parts into which a bracket is cut at a time. */
const SECTIONS = 4;

/** x + radius * direction as the model is given it. */
export function pointAt(x: Float32Array, { direction, radius }: Omit<Crossing, 'called'>): Float32Array {
  return x.map((value, j) => value + radius * (direction[j] as number));
}

/** Looks along rays from x for the first change of class. */
export class RaySearch {
  evaluations = 0;

  constructor(
    readonly classifier: Classifier,
    readonly x: Float32Array,
    readonly target: number,
  ) {}

  /** The class called at each point where it is not t; null where it is t, or tied with it. */
  async calledInstead(points: readonly Omit<Crossing, 'called'>[]): Promise<(number | null)[]> {
    const { classifier, x, target } = this;
    const { inputLength: d, classCount: K } = classifier;
    const result: (number | null)[] = [];
    for (let first = 0; first < points.length; first += BATCH) {
      const some = points.slice(first, first + BATCH);
      const inputs = new Float32Array(some.length * d);
      for (const [i, point] of some.entries()) inputs.set(pointAt(x, point), i * d);
      const logits = await classifier.logits(inputs);
      assertFinite(logits, 'logits');
      this.evaluations += some.length;
      for (let i = 0; i < some.length; i++) {
        const { called, margin } = callClass(logits.subarray(i * K, (i + 1) * K), target);
        result.push(margin < 0 ? called : null);
      }
    }
    return result;
  }

  /**
   * The first of each ray's radii where another class is called, moved inwards to the change `levels` times by a
   * quarter of what is left; null for a ray where all radii keep t.
   */
  async firstCrossings(rays: readonly Ray[], levels: number): Promise<(Crossing | null)[]> {
    const grid = rays.flatMap(({ direction, radii }) => radii.map((radius) => ({ direction, radius })));
    const seen = await this.calledInstead(grid);
    let at = 0;
    const brackets = rays.map(({ direction, radii }) => {
      const called = seen.slice(at, at + radii.length);
      at += radii.length;
      const hit = called.findIndex((each) => each !== null);
      if (hit < 0) return null;
      const low = hit === 0 ? 0 : (radii[hit - 1] as number);
      return { direction, low, radius: radii[hit] as number, called: called[hit] as number };
    });
    const open = brackets.filter((bracket) => bracket !== null);
    for (let level = 0; level < levels && open.length > 0; level++) {
      const cuts = open.flatMap(({ direction, low, radius }) =>
        Array.from({ length: SECTIONS - 1 }, (_, i) => ({
          direction,
          radius: low + ((radius - low) * (i + 1)) / SECTIONS,
        })),
      );
      const found = await this.calledInstead(cuts);
      for (const [b, bracket] of open.entries()) {
        const from = b * (SECTIONS - 1);
        const own = found.slice(from, from + SECTIONS - 1);
        const hit = own.findIndex((each) => each !== null);
        const last = hit < 0 ? SECTIONS - 2 : hit - 1;
        if (last >= 0) bracket.low = (cuts[from + last] as (typeof cuts)[number]).radius;
        if (hit >= 0) {
          bracket.radius = (cuts[from + hit] as (typeof cuts)[number]).radius;
          bracket.called = own[hit] as number;
        }
      }
    }
    return brackets.map(
      (bracket) =>
        bracket && { direction: bracket.direction, radius: bracket.radius, called: bracket.called },
    );
  }
}
