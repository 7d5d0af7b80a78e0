import {
  CLASS_OPTIONS,
  type ClassBias,
  classValues,
  doubtSentence,
  labelDoubt,
  meanOverImages,
  type PairedDifferences,
  probabilitiesAt,
} from '../../../dataset';
import { spearman } from '../../../statistics';
import { formatDifference, formatLimits, formatPercent, formatProbability } from '../../ui/format';
import type { ModelRun } from './state';
import { datasetStrings } from './strings';

const messages = datasetStrings.found;
/** Pairs of classes that are named. */
const NAMED = 6;

/** A p value as it may be claimed of so many shuffles. */
const formatPValue = (p: number, permutations: number): string =>
  p <= 1.5 / (1 + permutations) ? `at most ${formatProbability(p)}` : formatProbability(p);

/** Sentences on one model's rows, quick to compute. */
export function summaryOf({ header, name, rows }: ModelRun, sigmaIndex: number): string[] {
  const values = probabilitiesAt({ header, rows }, sigmaIndex);
  const right = rows.filter(({ label, predicted }) => label === predicted).length;
  const { value, lo, hi } = meanOverImages(values);
  const parts = [
    messages.accuracy(name, formatPercent(right / rows.length), String(rows.length)),
    messages.mean(`${formatProbability(value)} (${formatLimits(lo, hi)})`),
  ];
  const classes = classValues({ header, rows }, sigmaIndex);
  const sorted = classes.toSorted((a, b) => a.mean.value - b.mean.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  const named = (entry: typeof least): string =>
    entry ? `${header.labels[entry.label] ?? entry.label} (${formatProbability(entry.mean.value)})` : '';
  const sentences = [`${parts.join(', ')}.`];
  if (least && most && sorted.length > 1) {
    const spread = formatProbability(most.mean.value - least.mean.value);
    sentences.push(messages.bias(spread, named(least), named(most)));
  }
  const rho = spearman(
    rows.map(({ confidence }) => confidence),
    values,
  );
  const doubt = labelDoubt(
    rows.map(({ label }) => label),
    rows.map(({ predicted }) => predicted),
    header.labels.length,
  );
  if (doubt !== null) sentences.push(doubtSentence(doubt));
  if (!Number.isNaN(rho)) sentences.push(messages.correlation(rho.toFixed(2).replace('-', '−')));
  return sentences;
}

/** Says that no pair was told apart, or that none could have been with so few images. */
const withoutPairs = ({ pairs }: ClassBias, alpha: number): string =>
  pairs.least > alpha ? messages.undecided : messages.noPairs;

/** Sentences on the classes, from what was tested. */
export function biasSentences(bias: ClassBias, labels: readonly string[]): string[] {
  if (bias.classes.length < 2) return [];
  const { permutations, alpha } = CLASS_OPTIONS;
  const explained = Number.isNaN(bias.explained)
    ? ''
    : `; ${messages.explained(formatPercent(bias.explained))}`;
  const differing = bias.pairs.pairs
    .filter(({ adjusted }) => adjusted <= alpha)
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const pairs = differing.slice(0, NAMED).map(({ pair, difference }) => {
    const [more, less] = difference > 0 ? pair : [pair[1], pair[0]];
    return messages.above(labels[more] ?? String(more), labels[less] ?? String(less));
  });
  if (differing.length > NAMED) pairs.push(messages.morePairs(differing.length - NAMED));
  return [
    `${messages.test(formatPValue(bias.pValue, permutations))}${explained}.`,
    pairs.length === 0 ? withoutPairs(bias, alpha) : messages.pairs(pairs.join(', ')),
  ];
}

export function differenceSentence({ all }: PairedDifferences, one: ModelRun, other: ModelRun): string {
  const limits = [all.lo, all.hi].map(formatDifference).join(' to ');
  return messages.difference(one.name, other.name, formatDifference(all.value), limits);
}
