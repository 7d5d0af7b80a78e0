import type { Estimate } from '../../estimators/estimate';
import { strings } from '../strings';
import { formatError, formatLimits } from './format';

/** What is known of an estimate's error: limits, else its sampling and numerical errors, else that none is known. */
export function errorText({
  lo,
  hi,
  numericalError,
  samplingError,
}: Pick<Estimate, 'lo' | 'hi' | 'numericalError' | 'samplingError'>): string {
  if (lo !== null && hi !== null) return formatLimits(lo, hi);
  const messages = strings.table;
  const known: string[] = [];
  if (samplingError !== null) known.push(`${formatError(samplingError)} ${messages.sampling}`);
  if (numericalError !== null) {
    known.push(
      numericalError === 0 ? messages.exact : `${formatError(numericalError)} ${messages.numerical}`,
    );
  }
  return known.length > 0 ? known.join(', ') : messages.noError;
}
