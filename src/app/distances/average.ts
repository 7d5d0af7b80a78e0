import { CATALOGUE } from '../../estimators/catalogue';
import type { Estimate } from '../../estimators/estimate';
import { estimateAt, shownEstimators } from '../state/selectors';
import type { AppState } from '../state/store';

const isTrusted = ({ flags }: Estimate): boolean =>
  !flags.some((flag) => flag === 'provisional' || flag === 'check_failed' || flag === 'few_failures');

/** The estimate that is known best: sampled where there is one, by importance where that holds. */
export function averageAt(
  view: AppState,
  sigma: number,
): { readonly estimate: Estimate; readonly name: string } | null {
  const shown = shownEstimators(view);
  const found = CATALOGUE.flatMap(({ id, name, kind }) => {
    const estimate = estimateAt(view, id, sigma);
    return estimate && shown.includes(id) && kind !== 'baseline' ? [{ id, name, kind, estimate }] : [];
  });
  const sampled = found.filter(({ kind }) => kind === 'sampled');
  const best =
    sampled.find(({ id, estimate }) => id !== 'mc' && isTrusted(estimate)) ??
    sampled.find(({ id }) => id === 'mc') ??
    found[0];
  return best === undefined ? null : { estimate: best.estimate, name: best.name };
}
