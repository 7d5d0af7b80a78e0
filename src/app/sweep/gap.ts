import { type Estimate, LEVEL } from '../../estimators/estimate';
import { confidenceSequence } from '../../estimators/intervals';

export type Gap =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'none' }
  /** `difference` = taylor - sampled, at the radius where it is largest among those that errors do not explain. */
  | { readonly kind: 'gap'; readonly sigma: number; readonly difference: number };

/** Standard errors of the Gaussian CDF that are put down to chance. */
const NUMERICAL_ERRORS = 4;

/**
 * Where an analytical curve and sampling differ by more than their errors explain. Limits of all radii are judged
 * together, each at alpha/m, by the confidence sequence, which holds whenever one looks.
 */
export function judgeGap(
  analytical: readonly (Estimate | undefined)[],
  sampled: readonly (Estimate | undefined)[],
  target: number,
): Gap {
  const pairs = sampled.flatMap((estimate, i) => {
    const other = analytical[i];
    return estimate?.classCounts && other
      ? [{ sampled: estimate, analytical: other, counts: estimate.classCounts }]
      : [];
  });
  if (pairs.length === 0 || pairs.length < sampled.length) return { kind: 'waiting' };
  let worst: { sigma: number; difference: number } | null = null;
  for (const pair of pairs) {
    const survived = pair.counts[target] ?? 0;
    const { lo, hi } = confidenceSequence(survived, pair.sampled.evaluations, (1 - LEVEL) / pairs.length);
    const slack = NUMERICAL_ERRORS * (pair.analytical.numericalError ?? 0);
    const { p, sigma } = pair.analytical;
    if (p >= lo - slack && p <= hi + slack) continue;
    const difference = p - pair.sampled.p;
    if (worst === null || Math.abs(difference) > Math.abs(worst.difference)) worst = { sigma, difference };
  }
  return worst === null ? { kind: 'none' } : { kind: 'gap', ...worst };
}
