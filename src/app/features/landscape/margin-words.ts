import type { MarginLandscape } from '../../../estimators/landscape';
import { strings } from '../../strings';
import { formatPercent, formatSigma } from '../../ui/format';

const messages = strings.landscape.margin;

/** Where the margin first changes its sign on the way from the picture along u; null if it stays above zero. */
export function firstCrossing({
  offsets,
  margins,
}: Pick<MarginLandscape, 'offsets' | 'margins'>): number | null {
  const n = offsets.length;
  const middle = (n - 1) / 2;
  for (let j = middle + 1; j < n; j++) {
    const [before, here] = [margins[middle * n + j - 1], margins[middle * n + j]] as [number, number];
    if (here > 0) continue;
    const [from, to] = [offsets[j - 1], offsets[j]] as [number, number];
    return from + ((to - from) * before) / (before - here);
  }
  return null;
}

/** What the picture of the margin shows, for those who do not see it. */
export function marginSentences(landscape: MarginLandscape, labels: readonly string[]): string[] {
  const { plane, margins, called } = landscape;
  const { first, second, cosine } = plane;
  const labelOf = (index: number): string => labels[index] ?? String(index);
  const isAtHome = (margins[(margins.length - 1) / 2] as number) > 0;
  const crossing = isAtHome ? firstCrossing(landscape) : null;
  const way = !isAtHome
    ? messages.already
    : crossing === null
      ? messages.notCrossed
      : messages.crossed(formatSigma(crossing));
  const angle =
    cosine === null ? '' : String(Math.round((Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI));

  const counts = new Map<number, number>();
  for (const index of called) counts.set(index, (counts.get(index) ?? 0) + 1);
  const shares = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([index, count]) => messages.share(formatPercent(count / called.length), labelOf(index)));
  return [
    `${messages.nearest(labelOf(first.other), formatSigma(first.distance))}${way}`,
    second === null
      ? messages.random
      : messages.second(labelOf(second.other), formatSigma(second.distance), angle),
    messages.shares(shares),
  ];
}
