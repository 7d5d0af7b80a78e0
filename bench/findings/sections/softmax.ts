import { mean } from '../../../src/statistics';
import { table } from '../../support/markdown';
import { ALPHA, COMPARED, MIDDLE } from '../plan';
import { CONFIDENT, FRAGILE, fragileShare, type Standing } from '../proxy';
import type { CaseSet, Survey } from '../results';
import { code, limits, list, percent, round, withLimits } from '../text';
import type { Section } from './section';

/** One model and radius with what was found of every estimator. */
export interface Judged {
  readonly set: CaseSet;
  readonly standings: readonly Standing[];
}

/** The paper's estimators, with which softmax is judged. */
const LINEAR = ['taylor', 'mmse'] as const;
/** From this rank correlation on softmax is not called poor at ordering images, even if an estimator is better. */
const ORDERS_WELL = 0.9;

const idOf = ({ set }: Judged): string => set.subject.card.id;
export const isMiddle = ({ radius }: CaseSet): boolean =>
  radius.basis === 'matched' && radius.level === MIDDLE;

const softmaxOf = ({ standings }: Judged): Standing => standings[0] as Standing;

type Verdict = 'poor' | 'poor_level' | 'poor_order' | 'fair';

/**
 * Poor in order: `taylor` or `mmse` ranks the images better beyond chance, and softmax's rank correlation lies below
 * ORDERS_WELL. Poor in level: one of them is closer beyond chance.
 */
export function verdictOf({ standings }: Pick<Judged, 'standings'>): Verdict {
  const others = standings.filter(({ id }) => (LINEAR as readonly string[]).includes(id));
  const softmax = standings.find(({ id }) => id === 'softmax');
  const order =
    (softmax?.spearman.hi ?? 1) < ORDERS_WELL && others.some(({ rankGain }) => (rankGain?.lo ?? 0) > 0);
  const level = others.some(({ closer }) => (closer?.lo ?? 0) > 0);
  if (order && level) return 'poor';
  if (level) return 'poor_level';
  return order ? 'poor_order' : 'fair';
}

const mark = (gain: { lo: number; hi: number } | undefined): string => {
  if (gain === undefined) return '';
  if (gain.lo > 0) return ' ▲';
  return gain.hi < 0 ? ' ▼' : '';
};

function figures(judged: readonly Judged[], of: 'spearman' | 'difference'): string {
  const rows = judged.map((each) => [
    code(idOf(each)),
    String(each.set.radius.sigma),
    round(mean(each.set.p)),
    ...each.standings.map((standing) => {
      const gain = of === 'spearman' ? standing.rankGain : standing.closer;
      return `${withLimits(standing[of])}${mark(gain)}`;
    }),
  ]);
  return table(['model', 'σ', 'mean p', ...COMPARED.map(code)], rows);
}

function fragileTable(surveys: readonly Survey[]): string {
  const rows = surveys.map((survey) => {
    const found = fragileShare(survey);
    const { id } = survey.subject.card;
    if (found === null) return [code(id), String(survey.sigma), String(survey.p.length), '0', '-'];
    const { sure, fragile, all, share } = found;
    const text = `${fragile}: ${percent(share.value)} (${limits({ lo: 100 * share.lo, hi: 100 * share.hi }, 1)} %)`;
    return [code(id), String(survey.sigma), String(all), String(sure), text];
  });
  const header = ['model', 'σ', 'images', `softmax > ${CONFIDENT}`, `of these p_robust < ${FRAGILE}`];
  return table(header, rows);
}

const sentence: Record<Verdict, (ids: string) => string> = {
  poor: (ids) =>
    `**Seen** on ${ids}: \`taylor\` or \`mmse\` orders the images better than softmax, and one of them is closer to p_robust.`,
  poor_level: (ids) =>
    `**Seen in part** on ${ids}: \`taylor\` or \`mmse\` is closer to p_robust, but softmax orders the images well, or as well as they do.`,
  poor_order: (ids) =>
    `**Seen in part** on ${ids}: \`taylor\` or \`mmse\` orders the images better than softmax, but neither is closer to p_robust.`,
  fair: (ids) =>
    `**Not seen** on ${ids}: neither \`taylor\` nor \`mmse\` is closer to p_robust, and softmax orders the images well, or as well as they do.`,
};
const VERDICTS = Object.keys(sentence) as Verdict[];

export function softmaxSection(
  all: readonly Judged[],
  surveys: readonly Survey[],
  pictures: readonly string[],
): Section {
  const judged = all.filter(({ set }) => isMiddle(set));
  const verdicts = VERDICTS.flatMap((verdict) => {
    const ids = judged.filter((each) => verdictOf(each) === verdict).map((each) => code(idOf(each)));
    return ids.length === 0 ? [] : [sentence[verdict](list(ids))];
  });
  const sorted = [...judged].sort((a, b) => softmaxOf(a).spearman.value - softmaxOf(b).spearman.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  const range =
    least === undefined || most === undefined
      ? ''
      : `Softmax follows p_robust with a rank correlation between ${withLimits(softmaxOf(least).spearman)} on ${code(idOf(least))} and ${withLimits(softmaxOf(most).spearman)} on ${code(idOf(most))}.`;
  const off = judged.map((each) => softmaxOf(each).difference.value);
  const offBy = `It is off by ${round(Math.min(...off))} to ${round(Math.max(...off))} on average.`;
  return {
    title: 'Softmax is a poor proxy for p_robust',
    summary: [...verdicts, range, offBy].join(' '),
    body: [
      `What the model is sure of at the clean image, against what sampling finds at the radius where the card's mean p_robust is ${MIDDLE}.`,
      [...verdicts, `${range} ${offBy}`].map((each) => `- ${each}`).join('\n'),
      ...pictures,
      `**Rank correlation with p_robust (Spearman).** ▲: better than softmax, ▼: worse, beyond chance.`,
      figures(judged, 'spearman'),
      `**Mean absolute difference from p_robust.** ▲: closer than softmax, ▼: farther off, beyond chance.`,
      figures(judged, 'difference'),
      `Limits are of each figure alone (95 %); for ▲ and ▼ the ${2 * (COMPARED.length - 1)} comparisons of a model are judged together, at ${ALPHA / (2 * (COMPARED.length - 1))} each. Softmax is said to order the images well if its rank correlation may be ${ORDERS_WELL} or more. Softmax does not know σ: the same value stands against every radius.`,
      `**Sure and fragile.** Images that softmax is sure of, and how many of these lose their class more often than they keep it (Clopper-Pearson, 95 %; ${[...new Set(surveys.map(({ copies }) => copies))].join(' or ')} copies an image).`,
      fragileTable(surveys),
    ].join('\n\n'),
  };
}
