import { RANGES } from './plan';
import type { Provenance } from './report';
import type { Results } from './results';
import type { Score } from './score';
import type { Study } from './study';

const digits = (value: number): number => Number(value.toPrecision(3));

const brief = (score: Score | null) =>
  score && {
    cost: Math.round(score.cost),
    rmse: digits(score.rmse),
    bias: digits(score.bias),
    coverage: score.coverage === null ? null : digits(score.coverage),
  };

/** The figures that texts may quote: every estimator as the page runs it, over both models, by range of p. */
export function toSummary(study: Study, results: Results, from: Provenance): string {
  const estimators = results.scored
    .filter(({ contender }) => contender.group === 'default')
    .map(({ contender, scores }) => [contender.definition.id, (scores.all ?? []).map(brief)]);
  const beside = RANGES.map((range) => {
    const duel = results.duels.find(
      (each) => each.group === 'default' && each.model === 'all' && each.range === range,
    );
    return duel === undefined ? null : { ratio: digits(duel.gain.ratio), stdErr: digits(duel.gain.stdErr) };
  });
  const summary = {
    schema: 'probust-accuracy-study/1',
    command: from.command,
    date: from.date,
    models: study.models.map(({ id }) => id),
    images: study.digits.length,
    truthSamples: study.truthSamples,
    ranges: RANGES,
    estimators: Object.fromEntries(estimators),
    // Squared error of plain Monte Carlo over that of importance sampling, at the same cost.
    importanceBesideMc: beside,
  };
  return `${JSON.stringify(summary, null, 1)}\n`;
}
