import { DEFAULT_ESTIMATORS } from '../../estimators/catalogue';
import { ESTIMATORS } from '../../estimators/registry';
import { defineCommand } from '../command';
import { twoColumns } from '../help';

export const estimators = defineCommand({
  name: 'estimators',
  summary: 'the estimators that a sweep can run',
  usage: '[--json]',
  positionals: [],
  options: { json: { type: 'boolean', help: 'all of the registry: formula, citation, options' } },
  notes: [`On unless others are asked for: ${DEFAULT_ESTIMATORS.join(', ')}.`],
  examples: [
    { what: 'a list to read', line: 'probust estimators' },
    { what: 'ids for a script', line: "probust estimators --json | jq -r '.[].id'" },
  ],
  run({ json }, _positionals, io) {
    if (json) {
      const list = ESTIMATORS.map(
        ({
          id,
          name,
          kind,
          unbiased,
          needsGradients,
          shownByDefault,
          summary,
          formula,
          citation,
          options,
        }) => ({
          ...{
            id,
            name,
            kind,
            unbiased,
            needsGradients,
            shownByDefault,
            summary,
            formula,
            citation,
            options,
          },
        }),
      );
      return io.out(`${JSON.stringify(list, null, 1)}\n`);
    }
    const rows = ESTIMATORS.map(({ id, name, kind, unbiased, summary }): [string, string] => [
      id,
      `${name} (${kind}, ${unbiased ? 'unbiased' : 'biased'}). ${summary}`,
    ]);
    return io.out(`${twoColumns(rows)}\n`);
  },
});
