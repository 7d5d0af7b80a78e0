import { callClass, NEAR_TIE } from '../../calls';
import { assertFinite, type Classifier } from '../../model';
import { dot, type Plane } from '../../plane';
import type { Design, DesignPoint } from './design';
import type { Mixture } from './mixture';

/** Noise drawn from the mixture and what the classifier makes of it. */
export interface Draw {
  readonly count: number;
  /** count x m projections of the shifted noise on the frame's directions */
  readonly projections: Float64Array;
  readonly componentOf: Int32Array;
  /** phi/q of each sample */
  readonly weights: Float64Array;
  /** components x count: density of each component over q */
  readonly ratios: readonly Float64Array[];
  /** The class of each sample; an exact tie with t is not t. */
  readonly called: Int32Array;
  readonly nearTies: number;
  readonly exactTies: number;
  readonly logits: Float32Array;
}

/** The directions that weights and linear models need, as numbered rows, with their inner products. */
export class Frame {
  readonly directions: Float32Array;
  readonly gram: Float64Array;
  readonly #rowOf = new Map<Float32Array, number>();

  constructor(design: Design, inputLength: number) {
    for (const { direction } of [...design.models.flat(), ...design.points]) {
      if (!this.#rowOf.has(direction)) this.#rowOf.set(direction, this.#rowOf.size);
    }
    const rows = [...this.#rowOf.keys()];
    this.directions = new Float32Array(rows.length * inputLength);
    for (const [r, row] of rows.entries()) this.directions.set(row, r * inputLength);
    this.gram = Float64Array.from(rows.flatMap((a) => rows.map((b) => dot(a, b))));
  }

  get size(): number {
    return this.#rowOf.size;
  }

  /** The direction that is this combination of the frame's. */
  combine(coefficients: ArrayLike<number>): Float32Array {
    const d = this.directions.length / Math.max(1, this.size);
    const sum = new Float64Array(d);
    for (let r = 0; r < this.size; r++) {
      const share = coefficients[r] as number;
      for (let j = 0; j < d; j++)
        sum[j] = (sum[j] as number) + share * (this.directions[r * d + j] as number);
    }
    return Float32Array.from(sum);
  }

  row(plane: Pick<Plane, 'direction'>): number {
    return this.#rowOf.get(plane.direction) as number;
  }
}

/** Draws from one mixture at one radius. */
export class MixtureSampler {
  readonly #vectors: Float32Array;

  constructor(
    readonly classifier: Classifier,
    readonly x: Float32Array,
    readonly target: number,
    readonly sigma: number,
    readonly design: Design,
    readonly frame: Frame,
    readonly mixture: Mixture,
  ) {
    const d = classifier.inputLength;
    this.#vectors = new Float32Array(mixture.shifts.length * d);
    for (const [c, { point, length }] of mixture.shifts.entries()) {
      const { direction } = design.points[point] as Design['points'][number];
      for (let j = 0; j < d; j++) this.#vectors[c * d + j] = length * (direction[j] as number);
    }
  }

  /** Samples firstSample ... firstSample + count - 1 of a stream; firstSample is a multiple of the mixture's round. */
  async draw(seed: number, stream: number, firstSample: number, count: number): Promise<Draw> {
    const { classifier, x, sigma, target, mixture, frame } = this;
    const K = classifier.classCount;
    const { order } = mixture;
    const componentOf = Int32Array.from({ length: count }, (_, i) => order[i % order.length] as number);
    const samples = { seed, stream, firstSample, count };
    const shifts = { vectors: this.#vectors, vectorOf: componentOf.map((component) => component - 1) };
    const logits = await classifier.noisyLogits({ x, sigma, ...samples, shifts });
    assertFinite(logits, 'logits');
    const projections =
      frame.size === 0 ? new Float64Array(0) : await classifier.noiseProjections(samples, frame.directions);
    const ratios = weigh(mixture, this.design.points, frame, projections, componentOf);
    const called = new Int32Array(count);
    let nearTies = 0;
    let exactTies = 0;
    for (let i = 0; i < count; i++) {
      const { called: best, margin } = callClass(logits.subarray(i * K, (i + 1) * K), target);
      called[i] = best;
      if (Math.abs(margin) < NEAR_TIE) nearTies++;
      if (margin === 0) exactTies++;
    }
    return {
      count,
      projections,
      componentOf,
      weights: ratios[0] as Float64Array,
      ratios,
      called,
      nearTies,
      exactTies,
      logits,
    };
  }
}

/** Shifts the projections in place; returns the density of every component over q = sum_c slots_c/64 phi_c. */
export function weigh(
  mixture: Mixture,
  points: readonly DesignPoint[],
  frame: Frame,
  projections: Float64Array,
  componentOf: Int32Array,
): Float64Array[] {
  const m = frame.size;
  const rows = mixture.shifts.map(({ point }) => frame.row(points[point] as DesignPoint));
  const round = mixture.order.length;
  const ratios = mixture.slots.map(() => new Float64Array(componentOf.length));
  const logs = new Float64Array(mixture.slots.length);
  for (const [i, component] of componentOf.entries()) {
    const own = mixture.shifts[component - 1];
    if (own !== undefined) {
      const row = rows[component - 1] as number;
      for (let r = 0; r < m; r++) {
        projections[i * m + r] =
          (projections[i * m + r] as number) + own.length * (frame.gram[row * m + r] as number);
      }
    }
    let top = 0;
    for (const [c, { length }] of mixture.shifts.entries()) {
      const row = rows[c] as number;
      const along = projections[i * m + row] as number;
      const log = length * along - 0.5 * length * length * (frame.gram[row * m + row] as number);
      logs[c + 1] = log;
      top = Math.max(top, log);
    }
    let q = 0;
    for (const [c, slots] of mixture.slots.entries()) {
      q += (slots / round) * Math.exp((logs[c] as number) - top);
    }
    for (const [c, ratio] of ratios.entries()) ratio[i] = Math.exp((logs[c] as number) - top) / q;
  }
  return ratios;
}
