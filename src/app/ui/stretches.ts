import { strings } from '../strings';
import { formatSigma } from './format';

/** Neighbouring radii, with nothing between them that does not belong; `from` and `to` are equal for one alone. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** More stretches than these are counted, not listed. */
const MOST_LISTED = 3;

/** The stretches of radii that belong. @param sigmas in ascending order */
export function stretchesOf(sigmas: readonly number[], belongs: (sigma: number) => boolean): Stretch[] {
  const found: Stretch[] = [];
  let isOpen = false;
  for (const sigma of sigmas) {
    const belongsHere = belongs(sigma);
    if (belongsHere) found.push({ from: isOpen ? (found.pop()?.from ?? sigma) : sigma, to: sigma });
    isOpen = belongsHere;
  }
  return found;
}

/** The radii that belong, in words that follow a claim. @param sigmas in ascending order */
export function whereOf(sigmas: readonly number[], belongs: (sigma: number) => boolean): string {
  const stretches = stretchesOf(sigmas, belongs);
  const messages = strings.stretches;
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (stretches.length > MOST_LISTED) {
    const count = sigmas.filter(belongs).length;
    return messages.scattered(count, sigmas.length, formatSigma(first.from), formatSigma(last.to));
  }
  return messages.listed(
    stretches.map(({ from, to }) =>
      from === to ? messages.at(formatSigma(from)) : messages.range(formatSigma(from), formatSigma(to)),
    ),
  );
}
