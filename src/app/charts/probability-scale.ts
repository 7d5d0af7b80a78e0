import { type ScaleContinuousNumeric, scaleLinear } from 'd3';
import { type Tick, ticksAt } from './primitives/ticks';

export type ProbabilityScaleName = 'linear' | 'logit';

/** A mapping of p in [0, 1] to pixels, with the ticks that suit it. */
export interface ProbabilityScale {
  (p: number): number;
  readonly ticks: readonly Tick[];
}

const LOGIT_TICKS = [0.0001, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 0.9999];
/** However certain an analytical estimate is, the axis ends here. */
const CLOSEST_TO_EDGE = 2e-5;

export const logit = (p: number): number => Math.log(p / (1 - p));

/** 0 to 1, or the log-odds that the given values need; logit values at the edges are drawn at the ends of the axis. */
export function probabilityScale(
  name: ProbabilityScaleName,
  values: readonly number[],
  bottom: number,
  top: number,
): ProbabilityScale {
  if (name === 'linear') {
    const scale = scaleLinear([0, 1], [bottom, top]);
    return withTicks((p) => scale(p), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  }
  const inside = values.filter((p) => p > 0 && p < 1);
  const low = Math.max(CLOSEST_TO_EDGE, Math.min(0.1, ...inside));
  const high = Math.min(1 - CLOSEST_TO_EDGE, Math.max(0.99, ...inside));
  const scale: ScaleContinuousNumeric<number, number> = scaleLinear(
    [logit(low), logit(high)],
    [bottom, top],
  ).clamp(true);
  const map = (p: number): number => scale(p <= 0 ? logit(low) : p >= 1 ? logit(high) : logit(p));
  return withTicks(
    map,
    LOGIT_TICKS.filter((p) => p >= low && p <= high),
  );
}

function withTicks(map: (p: number) => number, ticks: readonly number[]): ProbabilityScale {
  return Object.assign((p: number) => map(p), { ticks: ticksAt(map, ticks) });
}
