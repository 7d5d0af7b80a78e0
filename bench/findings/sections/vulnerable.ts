import { table } from '../../support/markdown';
import { code, list, percent, round, withLimits } from '../text';
import { LOWEST, VULNERABLE, type VulnerablePoints } from '../vulnerable';
import type { Section } from './section';

const shareText = ({ value, lo, hi }: { value: number; lo: number; hi: number }): string =>
  `${percent(value)} (${percent(lo)} to ${percent(hi)})`;

function sentences(points: readonly VulnerablePoints[]): string[] {
  const fewer = points.filter(({ equal }) => equal !== undefined && equal.fewer.lo > 0);
  const same = points.filter(({ matched }) => matched.overlap.lo > LOWEST);
  const other = points.filter((each) => !same.includes(each));
  const ids = (some: readonly VulnerablePoints[]) => list(some.map(({ robust }) => code(robust)));
  return [
    ...(fewer.length === 0
      ? []
      : [
          `At the ordinary model’s radius fewer images are vulnerable (p_robust below ${VULNERABLE}) on ${ids(fewer)}.`,
        ]),
    ...(same.length === 0
      ? []
      : [
          `Where both lose as much, those that are left are in part the same: of the ordinary model’s lowest tenth ${list(same.map(({ robust, matched }) => `${percent(matched.overlap.value)} on ${code(robust)}`))} are in the robust model’s lowest tenth, by chance ${percent(LOWEST)}.`,
        ]),
    ...(other.length === 0 ? [] : [`Not more than chance on ${ids(other)}.`]),
  ];
}

/** Which images are vulnerable, on the ordinary models and on the robust ones. */
export function vulnerableSection(points: readonly VulnerablePoints[]): Section {
  const title = 'Vulnerable images, ordinary against robust';
  if (points.length === 0) {
    const text = 'Not measured: no robust model beside an ordinary one.';
    return { title, summary: text, body: text };
  }
  const said = sentences(points);
  const rows = points.map(({ ordinary, robust, equal, matched }) => [
    `${code(robust)} and ${code(ordinary)}`,
    ...(equal === undefined
      ? ['-', '-', '-', '-']
      : [
          `${equal.sigma}, ${equal.images} images`,
          shareText(equal.shares[0]),
          shareText(equal.shares[1]),
          `**${shareText(equal.fewer)}**`,
        ]),
    `${matched.sigmas.join(' and ')}, ${matched.images} images`,
    withLimits(matched.correlation),
    shareText(matched.overlap),
  ]);
  return {
    title,
    summary: said.join(' '),
    body: [
      'The paper proposes average-case robustness to find vulnerable data points. Which they are depends on the model, and on the radius.',
      said.map((each) => `- ${each}`).join('\n'),
      table(
        [
          'models',
          'at equal σ',
          'vulnerable, ordinary',
          'vulnerable, robust',
          'fewer',
          'at equal mean p',
          'rank correlation',
          'lowest tenth shared',
        ],
        rows,
      ),
      `Vulnerable: noise takes the class more often than not, p_robust below ${round(VULNERABLE, 1)}. Limits: bootstrap over the images, those of a pair and column judged together; the lowest tenths are chosen anew in every resample. The same images; at equal σ with the same noise.`,
    ].join('\n\n'),
  };
}
