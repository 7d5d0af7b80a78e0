import { normalCdf } from '../math/normal';
import type { DesignPoint } from './design';
import type { Candidate } from './mixture';
import type { Draw, Frame } from './sampler';

/** Shares of the way to a design point that are tried at first. */
const SCALES = [0.5, 0.75, 1];
/** Effective samples from which on their mean is believed. */
const LEAST_EFFECTIVE = 4;

/** Shifts before anything was sampled: some way towards each point, as much of them as lies beyond it. */
export function firstCandidates(
  points: readonly DesignPoint[],
  sigma: number,
  scales: readonly number[] = SCALES,
): Candidate[] {
  return points.flatMap(({ distance }, point) =>
    scales.map((scale) => ({
      point,
      length: (scale * distance) / sigma,
      mass: normalCdf(-Math.abs(distance) / sigma) / scales.length,
    })),
  );
}

/**
 * Shifts after a draw from the first: each point's own outcome has a mass, and its mean along the point is the length
 * of least cross-entropy. The boundary bends with the noise, so the way to the point itself is mostly too long. Half of
 * the weight stays with the points: a small draw misses much.
 * Source: Rubinstein and Kroese, The Cross-Entropy Method, 2004.
 */
export function adaptedCandidates(
  points: readonly DesignPoint[],
  sigma: number,
  draw: Draw,
  frame: Frame,
): Candidate[] {
  const adapted = points.flatMap(({ other, direction }, point): Candidate[] => {
    const sharing = points.filter((each) => each.other === other).length;
    const row = frame.row({ direction });
    let [sum, squares, along] = [0, 0, 0];
    for (let i = 0; i < draw.count; i++) {
      if (draw.called[i] !== other) continue;
      const weight = draw.weights[i] as number;
      sum += weight;
      squares += weight * weight;
      along += weight * (draw.projections[i * frame.size + row] as number);
    }
    if (sum === 0 || sum * sum < LEAST_EFFECTIVE * squares) return [];
    return [{ point, length: along / sum, mass: sum / sharing }];
  });
  return [...normalised(firstCandidates(points, sigma, [1])), ...normalised(adapted)];
}

function normalised(candidates: readonly Candidate[]): Candidate[] {
  const total = candidates.reduce((sum, { mass }) => sum + mass, 0);
  return candidates.map((candidate) => ({ ...candidate, mass: candidate.mass / total }));
}
