import type { Split } from '../data';
import type { DatasetHeader } from './table';

/** The command that computes the rows of a run over a split of a data set, with the official files in data/downloads/. */
export function commandFor(
  { selection, sigmas, estimator, seed, stop, model }: DatasetHeader,
  split: Split,
): string {
  const images = { all: 'all', first: 'first', per_class: 'class' }[selection.kind];
  const count = selection.kind === 'all' ? '' : `:${selection.count}`;
  const rule =
    stop.rule === 'fixed' ? `fixed:${stop.samples}` : `precision:${stop.halfWidth}:${stop.maxSamples}`;
  return [
    `npx probust dataset --model ${model.id} --data data/downloads --split ${split}`,
    `--images ${images}${count} --sigma ${sigmas.join(',')} --estimator ${estimator}`,
    `--seed ${seed} --stop ${rule} --out rows.csv`,
  ].join(' ');
}
