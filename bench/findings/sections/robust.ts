import { mean } from '../../../src/statistics';
import { table } from '../../support/markdown';
import { ALPHA } from '../plan';
import { ANALYTICAL, type Comparison, type Contest, type Meeting } from '../regularised';
import { code, folded, list, round, withLimits } from '../text';
import type { Section } from './section';

type Verdict = 'closer' | 'farther' | 'undecided';

const verdictOf = ({ gain }: Contest): Verdict => {
  if (gain.lo > 0) return 'closer';
  return gain.hi < 0 ? 'farther' : 'undecided';
};

const isMatched = ({ robust }: Meeting): boolean => robust.radius.basis === 'matched';

const where = (meeting: Meeting): string =>
  isMatched(meeting) ? `mean p of ${meeting.robust.radius.level} on both` : 'equal σ';

const change = (from: number, to: number, digits = 2): string =>
  `${round(from, digits)} → ${round(to, digits)}`;

function mainTable({ meetings }: Comparison): string {
  const rows = meetings.map((meeting) => {
    const { ordinary, robust, floors, contests } = meeting;
    return [
      where(meeting),
      `${ordinary.radius.sigma} → ${robust.radius.sigma}`,
      change(mean(ordinary.p), mean(robust.p)),
      ...contests.map((contest) => {
        const verdict = verdictOf(contest);
        const figures = change(contest.ordinary.absolute, contest.robust.absolute, 3);
        return verdict === 'undecided' ? figures : `${figures} **${verdict}**`;
      }),
      change(floors[0], floors[1], 3),
    ];
  });
  return table(['radii', 'σ', 'mean p', ...ANALYTICAL.map(code), 'sampling alone'], rows);
}

function differences({ robust, meetings }: Comparison): string[][] {
  return meetings.flatMap((meeting) =>
    meeting.contests.map((contest) => [
      code(robust),
      where(meeting),
      code(contest.id),
      withLimits(contest.gain, 3),
      change(contest.ordinary.rootMeanSquare, contest.robust.rootMeanSquare, 3),
    ]),
  );
}

/** "`taylor` is closer at 3 of 3 radii and `mmse` ...", over the radii of equal mean p. */
function counted({ meetings }: Comparison): string {
  const matched = meetings.filter(isMatched);
  const parts = ANALYTICAL.map((id) => {
    const verdicts = matched.flatMap(({ contests }) =>
      contests.filter((each) => each.id === id).map(verdictOf),
    );
    const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
    const pieces = (['closer', 'farther', 'undecided'] as const).flatMap((verdict) =>
      count(verdict) === 0 ? [] : [`${verdict} at ${count(verdict)}`],
    );
    return `${code(id)} is ${list(pieces)}`;
  });
  return `of ${matched.length} radii ${list(parts)}`;
}

function sentenceOf(comparison: Comparison): string {
  const equal = comparison.meetings.find((meeting) => !isMatched(meeting));
  const atEqual =
    equal === undefined
      ? ''
      : ` At equal σ (${equal.robust.radius.sigma}), where its mean p is ${round(mean(equal.robust.p))} instead of ${round(mean(equal.ordinary.p))}: ${list(equal.contests.map((contest) => `${code(contest.id)} is ${verdictOf(contest)}`))}.`;
  return `${code(comparison.robust)} against ${code(comparison.ordinary)} at equal mean p: ${counted(comparison)}.${atEqual}`;
}

export function robustSection(all: readonly Comparison[], picture: string): Section {
  const title = 'The estimators are closer to sampling on gradient-regularised models';
  if (all.length === 0) {
    const text = 'Not measured: no robust model is bundled beside its ordinary one.';
    return { title, summary: text, body: text };
  }
  const tables = all.flatMap((comparison) => [
    `**${code(comparison.ordinary)} → ${code(comparison.robust)}**, mean absolute error:`,
    mainTable(comparison),
  ]);
  const sentences = all.map(sentenceOf);
  return {
    title,
    summary: sentences.join(' '),
    body: [
      'The paper says so of models trained with a penalty on their gradients; here also of models trained on noise. A robust model keeps its answer at a radius where an ordinary one has lost it, and near p = 1 every estimator is right. So radii are matched by mean p_robust first; equal σ comes second.',
      sentences.map((each) => `- ${each}`).join('\n'),
      picture,
      ...tables,
      `Verdicts are on the paired difference of the absolute errors, image by image; all of a robust model are judged together (5 % in all). Without a verdict chance may explain the difference. “Sampling alone” is what an exact estimator would be off by, because p_robust itself is a share of a finite number of copies (${[...new Set(all.flatMap(({ meetings }) => meetings.map(({ robust }) => robust.copies)))].join(' or ')}): what comes near it cannot be told from exact.`,
      folded(
        'Differences with their limits, and errors with the sampling’s own variance taken off',
        table(
          [
            'model',
            'radii',
            'estimator',
            `error on the ordinary less on the robust model (together ${100 * (1 - ALPHA)} %)`,
            'RMSE without sampling’s part',
          ],
          all.flatMap(differences),
        ),
      ),
    ].join('\n\n'),
  };
}
