import { readCard, readIndex } from '../../node/bundled-models';
import type { ModelCard } from '../../workers/models/card';
import { defineCommand } from '../command';
import { twoColumns } from '../help';

/** Radii whose mean p_robust is shown; the JSON has all. */
const SHOWN_RADII = [0.1, 0.3, 0.5, 1];

function describeCard({ name, summary, parameters, macs, accuracy, robustness, sigma }: ModelCard): string {
  const means = robustness.meanPRobust
    .filter((row) => SHOWN_RADII.includes(row.sigma))
    .map((row) => `${row.mean.toFixed(3)} at ${row.sigma}`);
  const right = accuracy.percent === null ? 'not measured' : `${accuracy.percent} % of ${accuracy.data}`;
  return [
    `${name}. ${summary}`,
    `${parameters} parameters, ${macs} multiply-adds; right on ${right};`,
    `mean p_robust ${means.join(', ')} (${robustness.images} images, ${robustness.samplesPerImage} copies each);`,
    `radii ${sigma.min} to ${sigma.max}.`,
  ].join(' ');
}

export const models = defineCommand({
  name: 'models',
  summary: 'the bundled models, with the figures on their cards',
  usage: '[--json]',
  positionals: [],
  options: { json: { type: 'boolean', help: 'the whole cards: training, accuracy, robustness, hashes' } },
  notes: [
    'Every figure’s command stands on the card: see accuracy.command and robustness.command in the JSON.',
  ],
  examples: [
    { what: 'a list to read', line: 'probust models' },
    { what: 'accuracies', line: "probust models --json | jq '.models[] | {id, accuracy}'" },
  ],
  async run({ json }, _positionals, io) {
    const index = await readIndex();
    const cards = await Promise.all(index.models.map(({ id }) => readCard(id)));
    if (json) return io.out(`${JSON.stringify({ default: index.default, models: cards }, null, 1)}\n`);
    const rows = cards.map((card): [string, string] => [
      card.id,
      `${describeCard(card)}${card.id === index.default ? ' The default.' : ''}`,
    ]);
    return io.out(`${twoColumns(rows)}\n`);
  },
});
