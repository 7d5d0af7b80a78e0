import { CATALOGUE } from '../../../estimators/catalogue';
import type { SweepResult } from '../../../results/sweep-result';
import type { CurveSeries } from '../../charts/curve';

/**
 * The curves of a saved sweep, its radii in order. An estimator that this version does not know is shown under its id, with a
 * colour that another one may have too.
 */
export function seriesOf({ estimates }: SweepResult): CurveSeries[] {
  const orderOf = (id: string): number => CATALOGUE.findIndex((known) => known.id === id);
  const ids = Object.keys(estimates).filter((id) => (estimates[id] ?? []).length > 0);
  const known = ids.filter((id) => orderOf(id) >= 0).sort((a, b) => orderOf(a) - orderOf(b));
  const unknown = ids.filter((id) => orderOf(id) < 0);
  return [...known, ...unknown].map((id, i) => {
    const definition = CATALOGUE[orderOf(id)];
    const rows = estimates[id] ?? [];
    return {
      id,
      name: definition?.name ?? id,
      sampled: definition === undefined ? rows.some(({ lo }) => lo !== null) : definition.kind === 'sampled',
      colour: (definition ?? CATALOGUE[i % CATALOGUE.length])?.colour ?? 'var(--ink)',
      points: rows.toSorted((a, b) => a.sigma - b.sigma),
    };
  });
}
