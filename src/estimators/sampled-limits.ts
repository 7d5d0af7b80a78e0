import type { Estimate, StopRule } from './estimate';
import { clopperPearson, confidenceSequence, type Limits } from './intervals';
import { endLimits, planStop } from './stopping/plan';

/**
 * Limits at confidence 1 - alpha of the probability of the class that was asked for, from the copies counted in it, for
 * judging several estimates together. They are of the kind of the estimate's own: those of the planned stop at its end,
 * Clopper and Pearson's at a fixed number, a confidence sequence before either; a confidence sequence too where the plan
 * has no limits at so small an alpha.
 * @param stop the rule under which the copies were counted
 */
export function targetLimits(
  { evaluations, interval, p }: Pick<Estimate, 'evaluations' | 'interval' | 'p'>,
  successes: number,
  stop: StopRule,
  alpha: number,
): Limits {
  if (interval === 'clopper-pearson') return clopperPearson(successes, evaluations, alpha);
  const planned =
    interval === 'fixed-width' && stop.rule === 'precision'
      ? endLimits(planStop(stop), successes, evaluations, alpha, p)
      : null;
  return planned ?? confidenceSequence(successes, evaluations, alpha);
}
