import type { EstimatorDefinition } from '../../src/estimators/definition';
import type { Estimate } from '../../src/estimators/estimate';
import { gaussianMargin } from '../../src/estimators/methods/gaussian-margin';
import { importance } from '../../src/estimators/methods/importance';
import { mc } from '../../src/estimators/methods/mc';
import { mmse } from '../../src/estimators/methods/mmse';
import { mmsePairs } from '../../src/estimators/methods/mmse-pairs';
import { taylor } from '../../src/estimators/methods/taylor';
import { contextFor, finalEstimates } from '../../tests/support/run';
import { tails } from '../../tests/support/tails';
import { LARGE_IMPORTANCE } from './contenders';
import { costOf } from './plan';

const SEEDS = 8;
const SAMPLES = 4000;
const JUDGED: readonly EstimatorDefinition[] = [taylor, mmse, mmsePairs, gaussianMargin, mc, importance];
/** 1 - p in float64 has no digits below this. */
const LEAST_TAIL = 1e-13;

/** How far an estimator is from a probability of failure that is known in closed form. */
interface TailScore {
  readonly estimator: string;
  /** Root mean square of (1 - p)/p_fail - 1 over the seeds that are not flagged; null where all are. */
  readonly relativeError: number | null;
  /** Share of intervals with p inside, null without intervals. */
  readonly coverage: number | null;
  readonly flagged: number;
  readonly cost: number;
}

export interface TailCase {
  readonly name: string;
  readonly fail: number;
  readonly scores: readonly TailScore[];
}

const isFlagged = ({ flags }: Estimate): boolean =>
  flags.includes('check_failed') || flags.includes('few_failures');

/** Every closed form of golden.json whose tail float64 can tell from one. */
export async function scoreClosedForms(seeds = SEEDS): Promise<TailCase[]> {
  const cases: TailCase[] = [];
  for (const { name, classifier, x, sigma, p, fail } of tails.filter((tail) => tail.fail > LEAST_TAIL)) {
    const scores: TailScore[] = [];
    for (const definition of JUDGED) {
      const samples = definition.id === 'importance' ? LARGE_IMPORTANCE : SAMPLES;
      const found: Estimate[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const stop = { rule: 'fixed', samples } as const;
        const context = await contextFor(classifier, x, [sigma], { seed, stop, target: 0 });
        found.push(...(await finalEstimates(definition, context)));
      }
      const trusted = found.filter((estimate) => !isFlagged(estimate));
      const squares = trusted.reduce((sum, estimate) => sum + ((1 - estimate.p) / fail - 1) ** 2, 0);
      const limits = found.flatMap(({ lo, hi }) =>
        lo === null || hi === null ? [] : [lo <= p && p <= hi ? 1 : 0],
      );
      scores.push({
        estimator: definition.id,
        relativeError: trusted.length === 0 ? null : Math.sqrt(squares / trusted.length),
        coverage: limits.length === 0 ? null : limits.reduce((a, b) => a + b, 0 as number) / limits.length,
        flagged: 1 - trusted.length / found.length,
        cost: found.reduce((sum, estimate) => sum + costOf(estimate), 0) / found.length,
      });
    }
    cases.push({ name, fail, scores });
  }
  return cases;
}
