import { holm } from '../../../src/statistics';
import { table } from '../../support/markdown';
import type { ClassMean, ClassSpread } from '../classes';
import { ALPHA, PERMUTATIONS } from '../plan';
import { code, list, percent, pText, withLimits } from '../text';
import type { Section } from './section';

const LEAST = 1 / (1 + PERMUTATIONS);

const sorted = ({ classes }: ClassSpread): ClassMean[] => [...classes].sort((a, b) => a.p.value - b.p.value);

export function classesSection(spreads: readonly ClassSpread[], picture: string): Section {
  const title = 'p_robust differs between classes';
  if (spreads.length === 0) {
    const text = 'Not measured: too few images of each class.';
    return { title, summary: text, body: text };
  }
  // Two tests a model are judged together.
  const adjusted = holm(spreads.flatMap(({ pValue, pValueRight }) => [pValue, pValueRight]));
  const rows = spreads.map((spread, i) => {
    const [lowest, highest] = [sorted(spread)[0], sorted(spread).at(-1)] as [ClassMean, ClassMean];
    return [
      code(spread.subject.card.id),
      String(spread.sigma),
      String(spread.images),
      `${lowest.label}: ${withLimits(lowest.p)}`,
      `${highest.label}: ${withLimits(highest.p)}`,
      percent(spread.explained),
      pText(adjusted[2 * i] as number, 2 * spreads.length * LEAST),
      pText(adjusted[2 * i + 1] as number, 2 * spreads.length * LEAST),
      `${spread.pairs.differing} of ${spread.pairs.all}`,
      `${spread.attractor.label}: ${percent(spread.attractor.share)}`,
    ];
  });
  const seen = spreads.filter((_, i) => (adjusted[2 * i] as number) <= ALPHA);
  const unseen = spreads.filter((spread) => !seen.includes(spread));
  const ids = (some: readonly ClassSpread[]) => list(some.map(({ subject }) => code(subject.card.id)));
  const shares = seen.map(({ explained }) => explained);
  const sentences = [
    ...(seen.length === 0
      ? []
      : [
          `**Seen** on ${ids(seen)}: which class an image belongs to explains ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))} of the variance of p_robust.`,
        ]),
    ...(unseen.length === 0
      ? []
      : [`**Not seen** on ${ids(unseen)}: shuffled labels give as large a spread.`]),
    `The class that lost copies are called most often: ${list(spreads.map(({ subject, attractor }) => `“${attractor.label}” on ${code(subject.card.id)} (${percent(attractor.share)})`))}.`,
  ];
  return {
    title,
    summary: sentences.join(' '),
    body: [
      'Mean p_robust of the images of each class (by their label; the target is the clean prediction) at the middle radius of each model.',
      sentences.map((each) => `- ${each}`).join('\n'),
      picture,
      table(
        [
          'model',
          'σ',
          'images',
          'lowest class',
          'highest class',
          'between classes',
          'p value',
          'p value, right ones',
          'pairs that differ',
          'where copies go',
        ],
        rows,
      ),
      `Limits: bootstrap, the classes of a model judged together. P values: ${PERMUTATIONS} shuffles of the labels, Holm-adjusted over all models and both columns; “right ones” are the images that the model classifies correctly, so that accuracy is not what differs. Pairs: shuffles within each pair, Holm-adjusted over the pairs of a model. “Where copies go”: the class that lost copies are called most often, with its share of them.`,
    ].join('\n\n'),
  };
}
