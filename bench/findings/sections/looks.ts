import { table } from '../../support/markdown';
import type { Effect, Looks } from '../looks';
import { code, list, withLimits } from '../text';
import type { Section } from './section';

/** What the model says of itself, which is no feature of the image. */
const CONFIDENCE = 'softmax confidence';

type Direction = 'more' | 'less' | 'undecided';

const directionOf = ({ effect }: Effect): Direction => {
  if (effect.lo > 0) return 'more';
  return effect.hi < 0 ? 'less' : 'undecided';
};

const tableOf = (looks: readonly Looks[]): string =>
  table(
    ['low less high p_robust', ...looks.map(({ subject }) => code(subject.card.id))],
    (looks[0]?.effects ?? []).map(({ feature }, f) => [
      feature,
      ...looks.map(({ effects }) => {
        const each = effects[f] as Effect;
        const text = withLimits(each.effect);
        return directionOf(each) === 'undecided' ? text : `**${text}**`;
      }),
    ]),
  );

/** Features that differ beyond chance, with their direction. */
function sentenceOf({ subject, effects }: Looks): string {
  const named = (wanted: Direction) =>
    effects.filter((each) => directionOf(each) === wanted).map(({ feature }) => feature);
  const [more, less, undecided] = [named('more'), named('less'), named('undecided')];
  const parts = [
    ...(more.length === 0 ? [] : [`more ${list(more)}`]),
    ...(less.length === 0 ? [] : [`less ${list(less)}`]),
  ];
  const found =
    parts.length === 0
      ? 'no feature differs beyond chance'
      : `low p_robust goes with ${parts.join(', and with ')}`;
  const rest = parts.length === 0 || undecided.length === 0 ? '' : ` (undecided: ${list(undecided)})`;
  return `${code(subject.card.id)}: ${found}${rest}.`;
}

/** Features that differ in the same direction on every model of a data set. */
function sharedBy(looks: readonly Looks[]): string {
  const named = (wanted: Direction) =>
    (looks[0]?.effects ?? [])
      .map(({ feature }) => feature)
      .filter((_, f) => looks.every(({ effects }) => directionOf(effects[f] as Effect) === wanted));
  const [more, less] = [named('more'), named('less')];
  const parts = [
    ...(more.length === 0 ? [] : [`more ${list(more)}`]),
    ...(less.length === 0 ? [] : [`less ${list(less)}`]),
  ];
  const name = looks[0]?.subject.dataset.name ?? '';
  if (parts.length === 0) return `No feature differs in the same direction on all models for ${name}.`;
  return `On all models for ${name} low p_robust goes with ${parts.join(', and with ')}.`;
}

export interface LooksPictures {
  readonly effects: string;
  /** The project's own pictures, a picture for each data set. */
  readonly strips: readonly string[];
}

export function looksSection(
  bySet: readonly (readonly Looks[])[],
  pictures: LooksPictures,
  galleries: string,
): Section {
  const all = bySet.flat();
  const differing = all.filter(({ effects }) =>
    effects.some((each) => each.feature !== CONFIDENCE && directionOf(each) !== 'undecided'),
  );
  const seen =
    differing.length === all.length
      ? '**Seen**, as far as a few simple features can see it, on every model.'
      : `**Seen**, as far as a few simple features can see it, on ${differing.length} of ${all.length} models.`;
  const sentences = all.map(sentenceOf);
  const size = [...new Set(all.map(({ images }) => images))].join(' or ');
  return {
    title: 'Images with low p_robust look different from those with high',
    summary: [seen, ...bySet.map(sharedBy)].join(' '),
    body: [
      `Within each class the fifth of the images with the lowest p_robust against the fifth with the highest (${size} images a model), on features that a program can measure. An effect of 1 is one standard deviation within the classes.`,
      [seen, ...sentences].map((each) => `- ${each}`).join('\n'),
      pictures.effects,
      ...bySet.map(tableOf),
      'Ink and brightness are the mean value; contrast is the standard deviation, edge energy the root mean square difference of neighbours; fine detail is the share of the variance above a quarter cycle a pixel; stroke width is twice the area over the outline; colourfulness is Hasler and Süsstrunk’s (2003); the distance to the class’s mean is the root mean square over the pixels.',
      'Limits: bootstrap within the classes, in which the fifths are chosen anew; the features of a model are judged together, and those in bold differ. The features overlap: ink, contrast, edges and stroke width of a digit rise together. None of this shows a cause.',
      ...(pictures.strips.length === 0
        ? []
        : [
            'Pictures that were drawn for this project, by falling p_robust; under each, what the model calls it and p_robust:',
            ...pictures.strips,
          ]),
      `Images of the data sets are not ours to publish; the command writes those with the lowest and the highest p_robust of each class to \`${galleries}\`, which git ignores.`,
    ].join('\n\n'),
  };
}
