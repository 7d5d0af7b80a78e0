import { table } from '../support/markdown';
import type { TailCase } from './closed-forms';
import { GROUPS, type Group } from './contenders';
import { RANGES } from './plan';
import type { Duel, Results, Scored } from './results';
import type { Score } from './score';
import type { Study } from './study';

/** What a run is to be known by. */
export interface Provenance {
  readonly command: string;
  readonly date: string;
  readonly environment: string;
  /** Where the images come from, as a sentence. */
  readonly images: string;
}

const MISSING = '-';

const rangeName = ([low, high]: readonly [number, number]): string => `p ${low} to ${high}`;
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** Two digits of an error, no exponents. */
const digits = (value: number): string =>
  value === 0 ? '0' : value.toFixed(Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(Math.abs(value))))));

const signed = (value: number): string => (value < 0 ? `−${digits(-value)}` : `+${digits(value)}`);

function cell(score: Score | null | undefined): string {
  if (score === null || score === undefined) return MISSING;
  const parts = [`${digits(score.rmse)} (${signed(score.bias)})`];
  if (score.coverage !== null) parts.push(`covers ${percent(score.coverage)}`);
  return parts.join('; ');
}

function costText(scores: readonly (Score | null)[]): string {
  const costs = scores.flatMap((score) => score?.cost ?? []);
  const [low, high] = [Math.min(...costs), Math.max(...costs)].map((cost) => Math.round(cost));
  return low === high ? String(low) : `${low} to ${high}`;
}

function groupTables(group: Group, scored: readonly Scored[], models: readonly string[]): string {
  const inside = scored.filter(({ contender }) => contender.group === group);
  if (inside.length === 0) return '';
  const tables = models.map((model) => {
    const rows = inside.map(({ contender, scores }) => {
      const own = scores[model] ?? [];
      return [`\`${contender.definition.id}\``, costText(own), ...own.map(cell)];
    });
    const title = model === 'all' ? 'Both models' : `\`${model}\``;
    return `**${title}**\n\n${table(['estimator', 'cost', ...RANGES.map(rangeName)], rows)}`;
  });
  return `## ${GROUPS[group]}\n\n${tables.join('\n\n')}`;
}

function duelTable(duels: readonly Duel[]): string {
  const rows = duels.map(({ group, model, range, ours, mc, gain }) => [
    group === 'default' ? 'as on the page' : 'fixed',
    model === 'all' ? 'both' : `\`${model}\``,
    rangeName(range),
    String(ours.cases),
    String(Math.round(ours.cost)),
    digits(ours.rmse),
    digits(mc.rmse),
    `${gain.ratio.toFixed(2)} ± ${gain.stdErr.toFixed(2)}`,
    ours.coverage === null ? MISSING : percent(ours.coverage),
    mc.coverage === null ? MISSING : percent(mc.coverage),
    percent(ours.flagged),
  ]);
  const header = [
    'samples',
    'model',
    'range',
    'cases',
    'cost of each',
    'RMSE `importance`',
    'RMSE `mc`',
    'variance ratio',
    'coverage `importance`',
    'coverage `mc`',
    'flagged',
  ];
  return table(header, rows);
}

function tailTable(cases: readonly TailCase[]): string {
  const names = cases[0]?.scores.map(({ estimator }) => estimator) ?? [];
  const rows = cases.map(({ name, fail, scores }) => [
    name,
    fail.toExponential(1),
    ...scores.map(({ relativeError, coverage, flagged }) => {
      const error = relativeError === null ? '' : relativeError.toPrecision(2);
      const covered = coverage === null ? '' : `covers ${percent(coverage)}`;
      const flags = flagged > 0 ? `flagged ${percent(flagged)}` : '';
      return [error, flags, covered].filter(Boolean).join('; ');
    }),
  ]);
  return table(['region', 'p_fail', ...names.map((name) => `\`${name}\``)], rows);
}

/** The part of docs/accuracy.md that a run writes. */
export function toMarkdown(
  study: Study,
  results: Results,
  tails: readonly TailCase[],
  from: Provenance,
): string {
  const names = [...study.models.map(({ id }) => id), 'all'];
  const radii = study.models.map(
    ({ id }) =>
      `\`${id}\` ${results.means[id]?.map(({ sigma, mean }) => `${sigma} (${mean.toFixed(3)})`).join(', ')}`,
  );
  const counted = results.scored[0]?.scores.all?.map((score) => score?.cases ?? 0) ?? [];
  return [
    `\`${from.command}\`, ${from.date}; ${from.environment}.`,
    `${from.images} Radii, with the mean of the true p in brackets: ${radii.join('; ')}. Truth: ${study.truthSamples} noisy copies a case. Cases in the ranges of p: ${counted.join(', ')}; the others have p_fail < 0.001 and are not scored.`,
    ...(Object.keys(GROUPS) as Group[]).map((group) => groupTables(group, results.scored, names)),
    `## Importance sampling against plain sampling of the same cost\n\nCase by case \`mc\` gets as many samples as \`importance\` cost in forward passes, set-up and self-check included. The variance ratio is the mean squared error of \`mc\` over that of \`importance\`, ± its jackknife standard error over the images: above 1 importance sampling wins.\n\n${duelTable(results.duels)}`,
    `## Tails in closed form\n\nThe regions of \`tests/fixtures/golden.json\`: root mean square of (1 − p)/p_fail − 1 over seeds, where not flagged.\n\n${tailTable(tails)}`,
  ].join('\n\n');
}
