import { type Estimate, type IntervalKind, LEVEL, type StopRule } from './estimate';
import { clopperPearson, confidenceSequence } from './intervals';

/** How likely noise leads to one class; limits are null where none are known. */
export interface ClassShare {
  readonly p: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

export interface SampledShares {
  /** One a class. */
  readonly shares: readonly ClassShare[];
  readonly interval: IntervalKind;
}

/**
 * The share of noisy copies in each of K classes, with limits that hold for all classes together at LEVEL: each is at
 * 1 - (1 - LEVEL) / K (Bonferroni). The kind of interval follows from the stop rule, as for `mc` itself.
 * @throws RangeError if the estimate has no class counts.
 */
export function sampledShares({ classCounts, evaluations }: Estimate, stop: StopRule): SampledShares {
  if (classCounts === undefined) throw new RangeError('this estimate did not count classes');
  const alpha = (1 - LEVEL) / classCounts.length;
  const isFixed = stop.rule === 'fixed';
  const limits = isFixed ? clopperPearson : confidenceSequence;
  return {
    shares: classCounts.map((count) => ({ p: count / evaluations, ...limits(count, evaluations, alpha) })),
    interval: isFixed ? 'clopper-pearson' : 'confidence-sequence',
  };
}
