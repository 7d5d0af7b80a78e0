import type { Estimate } from '../../estimators/estimate';
import { formatError, formatLimits } from '../common/format';
import { strings } from '../strings';

/** What is known of an estimate's error: limits from sampling, else the numerical error, else that none is known. */
export function errorText({ lo, hi, numericalError }: Estimate): string {
  if (lo !== null && hi !== null) return formatLimits(lo, hi);
  if (numericalError === null) return strings.table.noError;
  return numericalError === 0
    ? strings.table.exact
    : `${formatError(numericalError)} ${strings.table.numerical}`;
}
