import { normalCdf } from '../math/normal';
import type { Outcome } from './controls';
import type { DesignPoint } from './design';
import { buildMixture, type Candidate, type Mixture, ROUND } from './mixture';
import type { Draw, Frame } from './sampler';

/** Shares of the way to a design point that are tried at first. */
const SCALES = [0.4, 0.7, 1];
/** Effective samples from which on their mean is believed. */
const LEAST_EFFECTIVE = 4;
const ITERATIONS = 40;
/** Samples of the outcome that weigh as much as what was thought before there were any. */
const PRIOR_SAMPLES = 16;

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
    return normalised(group);
  });
}

const normalised = (candidates: readonly Candidate[]): Candidate[] => {
  const total = candidates.reduce((sum, { mass }) => sum + mass, 0);
  return total > 0 ? candidates.map((candidate) => ({ ...candidate, mass: candidate.mass / total })) : [];
};

/** A mixture and what is expected of it, from the samples that it was made of. */
export interface Adapted {
  readonly mixture: Mixture;
  /** Samples of the outcome behind it. */
  readonly seen: number;
  readonly probability: number;
  /** E q[(w 1)^2] */
  readonly secondMoment: number;
}

/**
 * The mixture of least variance among shifts towards the points, judged by a draw from another mixture. Besides the
 * lengths that were tried each point offers its own outcome's mean along it, the length of least cross-entropy: the
 * boundary bends with the noise, and the way to the point itself is mostly too long. The second moment
 * sum_i w_i / (q/phi)(x_i) is convex in the shares; the multiplicative step is that of expectation maximisation.
 * Sources: Rubinstein and Kroese, The Cross-Entropy Method, 2004; He and Owen, arXiv 1411.3954.
 */
export function adaptedMixture(
  points: readonly DesignPoint[],
  tried: readonly Candidate[],
  _sigma: number,
  draw: Draw,
  frame: Frame,
  before: Mixture,
  target: number,
  outcome: Outcome,
): Adapted {
  const happened = Array.from(draw.called.keys()).filter(
    (i) => (draw.called[i] === target) === (outcome === 'kept'),
  );
  const along = (i: number, point: number): number =>
    draw.projections[i * frame.size + frame.row(points[point] as DesignPoint)] as number;
  const means = points.flatMap(({ other }, point): Candidate[] => {
    let [sum, squares, moment] = [0, 0, 0];
    for (const i of happened) {
      if (other !== null && draw.called[i] !== other) continue;
      const weight = draw.weights[i] as number;
      sum += weight;
      squares += weight * weight;
      moment += weight * along(i, point);
    }
    if (sum === 0 || sum * sum < LEAST_EFFECTIVE * squares) return [];
    return [{ point, length: moment / sum, mass: 1 / points.length }];
  });
  const possible = [...tried.filter(({ mass }) => mass > 0), ...means];
  const plain = (before.slots[0] as number) / ROUND;
  // Logarithms of each candidate's density over the plain one's.
  const logs = happened.map((i) =>
    Float64Array.from(possible, ({ point, length }) => length * along(i, point) - 0.5 * length * length),
  );
  const tops = logs.map((row) => row.reduce((top, value) => Math.max(top, value), 0));
  const densities = logs.map((row, n) => row.map((value) => Math.exp(value - (tops[n] as number))));
  const prior = Float64Array.from(possible, ({ mass }) => mass);
  const total = prior.reduce((sum, mass) => sum + mass, 0);
  let shares = prior.map((mass) => ((1 - plain) * mass) / total);
  const start = shares;
  const terms = (current: Float64Array): number[] =>
    densities.map((row, n) => {
      let q = plain * Math.exp(-(tops[n] as number));
      for (const [c, density] of row.entries()) q += (current[c] as number) * density;
      return q;
    });
  for (let iteration = 0; iteration < ITERATIONS && happened.length > 0; iteration++) {
    const q = terms(shares);
    const pull = new Float64Array(possible.length);
    for (const [n, i] of happened.entries()) {
      const weight = ((draw.weights[i] as number) * Math.exp(-(tops[n] as number))) / (q[n] as number) ** 2;
      for (const [c, density] of (densities[n] as Float64Array).entries())
        pull[c] = (pull[c] as number) + weight * density;
    }
    const next = shares.map((share, c) => share * (pull[c] as number));
    const sum = next.reduce((a, b) => a + b, 0);
    if (!(sum > 0)) break;
    shares = next.map((share) => ((1 - plain) * share) / sum);
  }
  const trust = happened.length / (happened.length + PRIOR_SAMPLES);
  const mixed = shares.map((share, c) => trust * share + (1 - trust) * (start[c] as number));
  const q = terms(mixed);
  const secondMoment = happened.reduce(
    (sum, i, n) => sum + ((draw.weights[i] as number) * Math.exp(-(tops[n] as number))) / (q[n] as number),
    0,
  );
  const probability = happened.reduce((sum, i) => sum + (draw.weights[i] as number), 0) / draw.count;
  return {
    mixture: buildMixture(
      possible.map((candidate, c) => ({ ...candidate, mass: mixed[c] as number })),
      0,
      plain,
    ),
    seen: happened.length,
    probability,
    secondMoment: secondMoment / draw.count,
  };
}
