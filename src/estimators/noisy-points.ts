import type { EstimatorContext } from './definition';
import { NormalSource, STREAMS } from './noise/gaussian';

/** Which noisy points are averaged over: N independent ones, or N/2 antithetic pairs x +- sigma eps. */
export interface Points {
  readonly kind: 'independent' | 'pairs';
  /** N, even for pairs */
  readonly count: number;
}

/** One input a row: x + sigma eps_i, or x + sigma eps_i and x - sigma eps_i in turn. */
export function noisyPoints(
  context: Pick<EstimatorContext, 'x' | 'seed'>,
  sigma: number,
  points: Points,
): Float32Array {
  const { x, seed } = context;
  const d = x.length;
  const source = new NormalSource(seed, points.kind === 'pairs' ? STREAMS.pairs : STREAMS.pilot);
  const eps = new Float32Array(d);
  const inputs = new Float32Array(points.count * d);
  for (let i = 0; i < points.count; i++) {
    const second = points.kind === 'pairs' && i % 2 === 1;
    if (!second) source.fill(points.kind === 'pairs' ? i / 2 : i, eps);
    const scale = second ? -sigma : sigma;
    for (let j = 0; j < d; j++) inputs[i * d + j] = (x[j] as number) + scale * (eps[j] as number);
  }
  return inputs;
}
