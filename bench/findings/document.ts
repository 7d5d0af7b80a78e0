import { mean } from '../../src/statistics';
import { table } from '../support/markdown';
import { LEVELS } from './plan';
import type { Part } from './results';
import type { Section } from './sections/section';
import type { Judged } from './sections/softmax';
import { code, folded, list, round, withLimits } from './text';

export interface Provenance {
  readonly command: string;
  readonly leftOut: readonly string[];
  readonly date: string;
  readonly environment: string;
}

function dataSentences(parts: readonly Part[]): string[] {
  const names = [...new Set(parts.map(({ subject }) => subject.dataset.name))];
  return names.map((name) => {
    const own = parts.filter(({ subject }) => subject.dataset.name === name);
    const { images, sizes } = own[0] as Part;
    const [few, many] = [sizes.images, sizes.surveyImages].map((count) =>
      Math.min(count, images.pictures.length),
    );
    const models = list(own.map(({ subject }) => code(subject.card.id)));
    return `${name}: ${models}. Of the ${images.inSplit} test images found in DIR, estimators are compared on the first ${few} with ${sizes.copies} noisy copies each, classes and looks on the first ${many} with ${sizes.surveyCopies} each.`;
  });
}

const leftOutSentence = ({ leftOut }: Provenance): string[] =>
  leftOut.length === 0
    ? []
    : [`Not measured in this run, whose DIR held no test files for them: ${list(leftOut.map(code))}.`];

function allFigures(judged: readonly Judged[]): string {
  const rows = judged.flatMap(({ set, standings }) =>
    standings.map((standing) => [
      code(set.subject.card.id),
      String(set.radius.sigma),
      round(mean(set.p), 3),
      code(standing.id),
      withLimits(standing.pearson),
      withLimits(standing.spearman),
      withLimits(standing.difference, 3),
    ]),
  );
  const header = ['model', 'σ', 'mean p', 'estimator', 'Pearson', 'Spearman', 'mean absolute difference'];
  return table(header, rows);
}

/** docs/findings.md */
export function toDocument(
  parts: readonly Part[],
  sections: readonly Section[],
  judged: readonly Judged[],
  from: Provenance,
): string {
  return `${[
    '# Findings: the paper’s claims, checked',
    'Han, Srinivas and Lakkaraju ([UAI 2024, arXiv 2307.13885](https://arxiv.org/abs/2307.13885)) say four things of average-case robustness that can be checked on other models than theirs. This page checks them on the models bundled with this project; the fifth section follows the vulnerable images from ordinary to robust models. It is written by a command, its sentences included: they follow from the figures.',
    `\`${from.command}\`, ${from.date}; ${from.environment}.`,
    sections.map(({ title, summary }, i) => `${i + 1}. _${title}._ ${summary}`).join('\n'),
    '## What was measured',
    [...dataSentences(parts), ...leftOutSentence(from)].map((each) => `- ${each}`).join('\n'),
    `p_robust is the share of noisy copies that keep the clean prediction, right or wrong. Radii come from the models’ cards: where the mean p_robust there is ${list(LEVELS.map(String))}. Each image has noise of its own, by seed; models and radii share it. Limits come from a bootstrap over the images (percentiles of 10 000 resamples, seeded) and say what other images of the same kind would give, not what other models would: each kind of model here is one trained network. Estimators are as the page runs them (\`mmse\` over 10 noisy points, \`gaussian_margin\` over 128 copies).`,
    ...sections.flatMap(({ title, body }, i) => [`## ${i + 1}. ${title}`, body]),
    '## All radii',
    folded(
      'Every estimator against sampling, at every radius, with 95 % limits of each figure alone',
      allFigures(judged),
    ),
  ].join('\n\n')}\n`;
}
