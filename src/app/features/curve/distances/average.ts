import { CATALOGUE } from '../../../../estimators/catalogue';
import type { Estimate } from '../../../../estimators/estimate';
import { REFERENCE } from '../../../../estimators/roles';
import { type Estimates, estimateAt } from '../../../queries/estimates-at';

const isTrusted = ({ flags }: Estimate): boolean =>
  !flags.some((flag) => flag === 'provisional' || flag === 'check_failed' || flag === 'few_failures');

export interface Average {
  /** Of the estimator. */
  readonly name: string;
  /** Null while it is waited for. */
  readonly estimate: Estimate | null;
}

/**
 * The estimate that is known best: by sampling of another kind than the reference where that holds, else by the reference. While sampling is on, it is
 * waited for: a formula, which may be far off, takes its place only where nothing samples. Null where there is nothing to wait for.
 */
export function averageAt(known: Estimates, sigma: number): Average | null {
  const shown = known.question?.estimators ?? [];
  const { failed } = known.sweep;
  const candidates = CATALOGUE.filter(
    ({ id, kind }) => kind !== 'baseline' && shown.includes(id) && !failed.includes(id),
  ).map(({ id, name, kind }) => ({ id, name, kind, estimate: estimateAt(known, id, sigma) ?? null }));
  const sampled = candidates.filter(({ kind }) => kind === 'sampled');
  const others = sampled.filter(({ id }) => id !== REFERENCE.id);
  const reference = sampled.find(({ id }) => id === REFERENCE.id);
  const best =
    others.find(({ estimate }) => estimate !== null && isTrusted(estimate)) ??
    reference ??
    // What a self-check refused still gives what its plain copies say.
    others.find(({ estimate }) => estimate !== null && !estimate.flags.includes('provisional')) ??
    others[0] ??
    candidates.find(({ estimate }) => estimate !== null) ??
    candidates[0];
  if (best === undefined) return null;
  const isPending =
    best.kind === 'sampled' && best.id !== REFERENCE.id && best.estimate?.flags.includes('provisional');
  return { name: best.name, estimate: isPending ? null : best.estimate };
}
