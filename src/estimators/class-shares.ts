import { type Estimate, type IntervalKind, LEVEL, type StopRule } from './estimate';
import { clopperPearson, confidenceSequence } from './intervals';
import { targetLimits } from './sampled-limits';

/** How likely noise leads to one class; limits are null where none are known. */
interface ClassShare {
  readonly p: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

export interface SampledShares {
  /** One a class. */
  readonly shares: readonly (ClassShare & { readonly lo: number; readonly hi: number })[];
  readonly interval: IntervalKind;
}

/**
 * The share of noisy copies in each of K classes, with limits that hold for all classes together at LEVEL: each is at
 * 1 - (1 - LEVEL) / K (Bonferroni). The kind of interval follows from the stop rule, as for `mc` itself.
 * @param target the class whose stop ended the sampling @param stop the rule under which the copies were counted
 * @throws RangeError if the estimate has no class counts.
 */
export function sampledShares(estimate: Estimate, target: number, stop: StopRule): SampledShares {
  const { classCounts, evaluations, interval } = estimate;
  if (classCounts === undefined) throw new RangeError('this estimate did not count classes');
  const alpha = (1 - LEVEL) / classCounts.length;
  if (interval === 'fixed-width') {
    return { shares: sharesAtStop(estimate, classCounts, target, stop, alpha), interval };
  }
  const isFixed = interval === 'clopper-pearson';
  const limits = isFixed ? clopperPearson : confidenceSequence;
  return {
    shares: classCounts.map((count) => ({ p: count / evaluations, ...limits(count, evaluations, alpha) })),
    interval: isFixed ? 'clopper-pearson' : 'confidence-sequence',
  };
}

/**
 * Shares where the asked class's count has ended the sampling. Its own value and limits are those of its planned stop.
 * Given the n - k other copies, the other classes are multinomial among them, whatever the stop looked at: their shares of
 * the rest have Clopper and Pearson's limits, and are multiplied with the value and the limits of the rest. One alpha is
 * spent on the asked class and one on every other, so all hold together.
 */
function sharesAtStop(
  estimate: Estimate,
  classCounts: readonly number[],
  target: number,
  stop: StopRule,
  alpha: number,
): SampledShares['shares'] {
  const { evaluations, p } = estimate;
  const kept = classCounts[target] as number;
  const others = evaluations - kept;
  const own = targetLimits(estimate, kept, stop, alpha);
  return classCounts.map((count, index) => {
    if (index === target) return { p, ...own };
    if (others === 0) return { p: 0, lo: 0, hi: 1 - own.lo };
    const ofRest = clopperPearson(count, others, alpha);
    return { p: (1 - p) * (count / others), lo: (1 - own.hi) * ofRest.lo, hi: (1 - own.lo) * ofRest.hi };
  });
}
