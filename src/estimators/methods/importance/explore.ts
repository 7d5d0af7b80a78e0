import { normalCdf } from '../../math/normal';
import { NormalSource } from '../../noise/gaussian';
import type { Outcome } from './controls';
import type { DesignPoint } from './design';
import { leastVariance } from './least-variance';
import { type Candidate, type Mixture, ROUND } from './mixture';
import { type Draw, type Frame, weigh } from './sampler';
import { orthogonal, type Shift, shiftsIn, shiftsOut } from './shifts';
import { fitMargins } from './surrogate';

/** Shares of the way to a design point that are tried at first. */
const SCALES = [0.4, 0.7, 1];
/** Shares of the way to a fitted boundary among which the best are chosen. */
const LENGTHS = [0.25, 0.4, 0.55, 0.7, 0.85, 1];
/** Points of the fitted model by which a mixture is judged; they cost no forward pass. */
const SIMULATED = 2048;
/** Samples of the outcome whose say equals the model's. */
const TRUSTED_HITS = 30;
/** With as many the model is judged, and left out where its probability is off by more than this factor. */
const JUDGING_HITS = 10;
const ABSURD = 4;
/** Share of the mixture that stays with the points there were, and as much for every class whose boundary was fitted. */
const DOUBT = 0.1;
const RIVAL_SCALE = 0.7;
/** Classes with a shift of their own. */
const MAX_RIVALS = 10;

/**
 * Shifts before anything was sampled: some way towards each point, as much of them as lies beyond it. Points of
 * different descent are not compared by their distances; each group gets the same.
 * @param groups numbers of consecutive points.
 */
export function exploringCandidates(
  points: readonly DesignPoint[],
  groups: readonly number[],
  sigma: number,
): Candidate[] {
  let first = 0;
  return groups.flatMap((size) => {
    const group = points.slice(first, first + size).flatMap(({ distance }, i) =>
      SCALES.map((scale) => ({
        point: first + i,
        length: (scale * distance) / sigma,
        mass: distance === 0 ? 0 : normalCdf(-Math.abs(distance) / sigma) / SCALES.length,
      })),
    );
    first += size;
    return normalised(group, 1);
  });
}

const normalised = (candidates: readonly Candidate[], total: number): Candidate[] => {
  const sum = candidates.reduce((all, { mass }) => all + mass, 0);
  return sum > 0
    ? candidates.map((candidate) => ({ ...candidate, mass: (total * candidate.mass) / sum }))
    : [];
};

/** What was learnt from a draw: further points, and how much to shift towards each. */
export interface Adapted {
  readonly points: readonly DesignPoint[];
  /** Their points are numbered after those there were. */
  readonly candidates: readonly Candidate[];
  /** What the fitted model expects of one sample: E w 1, and E (w 1)^2 by the new mixture. */
  readonly probability: number;
  readonly secondMoment: number;
}

interface Explored {
  readonly draw: Draw;
  readonly frame: Frame;
  readonly mixture: Mixture;
  readonly points: readonly DesignPoint[];
}

/**
 * The mixture of least variance among shifts towards boundaries that are fitted to a draw from another mixture: margins
 * are regressed on the noise along all directions, and what they deviate by is taken for Gaussian. The second
 * moment sum_i w_i P(lost | x_i) / (q/phi)(x_i) over points of that model is convex in the shares; the multiplicative
 * step is that of expectation maximisation. Only the variance of what follows depends on the model.
 * Source of the criterion: He and Owen, arXiv 1411.3954. Null where no margin could be fitted.
 */
export function adapt(
  { draw, frame, mixture, points }: Explored,
  target: number,
  outcome: Outcome,
  rivals: readonly number[],
  noise: { seed: number; stream: number; firstSample: number },
  sigma: number,
): Adapted | null {
  const K = draw.logits.length / draw.count;
  const counts = new Map(rivals.map((other) => [other, 0]));
  for (const called of draw.called) if (called !== target) counts.set(called, (counts.get(called) ?? 0) + 1);
  const others = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([other]) => other)
    .slice(0, MAX_RIVALS);
  const margin = (sample: number, other: number): number =>
    (draw.logits[sample * K + target] as number) - (draw.logits[sample * K + other] as number);
  const equal = { projections: draw.projections, weights: new Float64Array(draw.count).fill(1) };
  const fitted = fitMargins(equal, margin, others);
  if (fitted === null) return null;
  const shifts = outcome === 'lost' ? shiftsOut(fitted, frame.gram) : shiftsIn(fitted, frame.gram);
  if (shifts.length === 0) return null;

  const { projections, weights } = simulate({ frame, mixture, points }, noise);
  const m = frame.size;
  const happens = Float64Array.from({ length: SIMULATED }, (_, i) => {
    const kept = fitted.constants.reduce((product, constant, k) => {
      const slope = fitted.slopes[k] as Float64Array;
      let value = constant;
      for (let r = 0; r < m; r++) value += (slope[r] as number) * (projections[i * m + r] as number);
      return product * normalCdf(value / (fitted.spreads[k] as number));
    }, 1);
    return (weights[i] as number) * (outcome === 'kept' ? kept : 1 - kept);
  });
  // The fitted shifts are numbered after the points, which may know of boundaries that no plane fits.
  const own = points.map((each): Shift => {
    const coefficients = new Float64Array(m);
    coefficients[frame.row(each)] = 1;
    return { coefficients, length: each.distance / sigma };
  });
  const all = [...own, ...shifts];
  const possible = all.flatMap(({ length }, point) => {
    const scales = point < points.length ? SCALES : LENGTHS;
    return length === 0 ? [] : scales.map((scale) => ({ point, length: scale * length }));
  });
  const hits = Array.from(draw.called.keys()).filter(
    (i) => (draw.called[i] === target) === (outcome === 'kept'),
  );
  const seen = hits.map((i) => draw.weights[i] as number);
  const along = all.map(({ coefficients }) => {
    const at = (values: Float64Array, i: number): number =>
      coefficients.reduce((sum, b, r) => sum + b * (values[i * m + r] as number), 0);
    return [
      ...Array.from({ length: SIMULATED }, (_, i) => at(projections, i)),
      ...hits.map((i) => at(draw.projections, i)),
    ];
  });
  const [modelled, observed] = [total(happens), total(seen)];
  // What was seen says what the model leaves out, as far as there is enough of it; and whether the model is of any use.
  const ratio = (modelled * draw.count) / (observed * SIMULATED);
  const isAbsurd =
    !(modelled > 0) || (hits.length >= JUDGING_HITS && Math.abs(Math.log(ratio)) > Math.log(ABSURD));
  if (isAbsurd && hits.length === 0) return null;
  const trust = isAbsurd ? 1 : hits.length / (hits.length + TRUSTED_HITS);
  const y = Float64Array.from([
    ...happens.map((value) => ((1 - trust) * value) / modelled),
    ...seen.map((weight) => (trust * weight) / observed),
  ]);
  const plain = (mixture.slots[0] as number) / ROUND;
  const logs = possible.map(({ point, length }) =>
    Float64Array.from(along[point] as number[], (value) => length * value - 0.5 * length * length),
  );
  const { shares, terms } = leastVariance(y, logs, plain);
  // Either may think the other's samples impossible, and then knows nothing of how often they come.
  const bySeen = total(terms.subarray(SIMULATED)) / trust;
  const byModel = total(terms.subarray(0, SIMULATED)) / (1 - trust);
  const relative =
    trust === 0 ? byModel : trust === 1 ? bySeen : 1 / (trust / bySeen + (1 - trust) / byModel);
  const probability = (1 - trust) * (modelled / SIMULATED) + trust * (observed / draw.count);
  const found = possible.map((each, c) => ({ ...each, mass: shares[c] as number }));
  const before = points.flatMap(({ distance }, point) => ({
    point,
    length: distance / sigma,
    mass: normalCdf(-Math.abs(distance) / sigma),
  }));
  const everyRival = shifts.map(({ length }, i) => ({
    point: points.length + i,
    length: RIVAL_SCALE * length,
    mass: Math.sqrt(normalCdf(-Math.abs(length))),
  }));
  return {
    points: shifts.map(({ coefficients, length }) => ({
      direction: frame.combine(coefficients),
      distance: length * sigma,
    })),
    candidates: [
      ...normalised(found, 1 - 2 * DOUBT),
      ...normalised(before, DOUBT),
      ...normalised(everyRival, DOUBT),
    ],
    probability,
    secondMoment: relative * probability,
  };
}

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** Projections as a draw from the mixture would have them, with their weights. */
function simulate(
  { frame, mixture, points }: Omit<Explored, 'draw'>,
  { seed, stream, firstSample }: { seed: number; stream: number; firstSample: number },
): { projections: Float64Array; weights: Float64Array } {
  const m = frame.size;
  const vectors = orthogonal(frame.gram);
  const source = new NormalSource(seed, stream);
  const normals = new Float64Array(vectors.length);
  const projections = new Float64Array(SIMULATED * m);
  for (let i = 0; i < SIMULATED; i++) {
    source.fill(firstSample + i, normals);
    for (const [a, axis] of vectors.entries()) {
      const normal = normals[a] as number;
      for (let r = 0; r < m; r++) {
        projections[i * m + r] = (projections[i * m + r] as number) + normal * (axis[r] as number);
      }
    }
  }
  const componentOf = Int32Array.from({ length: SIMULATED }, (_, i) => mixture.order[i % ROUND] as number);
  const [weights] = weigh(mixture, points, frame, projections, componentOf);
  return { projections, weights: weights as Float64Array };
}
