import type { EstimateSnapshot, EstimateUpdate } from '../../workers/protocol/sweep';

/** The way of an estimate: its costs rise. */
export type History = readonly EstimateSnapshot[];

/** Each point that is kept has seen this many times what the one before has: under 90 of them lead from 256 to 1e6. */
const GROWTH = 1.1;

/** What a step costs, in forward passes; a gradient counts as two, as in the engine's estimate of the time left. */
export const costOf = ({
  evaluations,
  gradients,
}: Pick<EstimateSnapshot, 'evaluations' | 'gradients'>): number => evaluations + 2 * gradients;

/**
 * A history with an update at its end, the same whatever portions the updates come in. Of a job that runs again, what
 * leads to where the history is already is left out.
 */
export function withUpdate(history: History = [], { estimate, passed = [] }: EstimateUpdate): History {
  const { evaluations, gradients, p, lo, hi } = estimate;
  let next = history;
  for (const point of [...passed, { evaluations, gradients, p, lo, hi }]) {
    const [before, last] = [next.at(-2), next.at(-1)];
    if (last !== undefined && costOf(point) <= costOf(last)) continue;
    const isStep = last === undefined || before === undefined || costOf(last) >= GROWTH * costOf(before);
    next = [...(isStep ? next : next.slice(0, -1)), point];
  }
  return next;
}
