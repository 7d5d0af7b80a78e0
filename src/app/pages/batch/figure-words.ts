import { shortHash } from '../../../results/provenance';
import type { FigureWords } from '../../charts/figure/figure-file';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import { type ModelRun, useDataset } from './state';
import { datasetStrings } from './strings';

const { caption } = strings.figure;

/** What a saved chart says of itself: key, radius, data, models, seed and version. */
export function figureWords(
  kind: string,
  title: string,
  runs: readonly ModelRun[],
  colours: readonly string[],
  note?: string,
): FigureWords | null {
  const [first] = runs;
  if (first === undefined) return null;
  const { data, estimator, seed, sigmas, app } = first.header;
  const sigma = String(sigmas[useDataset.getState().sigmaIndex]);
  const models = runs.map(({ header }) => caption.model(header.model.id, shortHash(header.model.sha256)));
  const images = `${data.name}, ${formatCount(first.rows.length)} ${datasetStrings.charts.images}`;
  return {
    fileName: `probust-${kind}-${runs.map(({ header }) => header.model.id.replace(/\W+/g, '-')).join('-')}`,
    title,
    legend:
      runs.length > 1
        ? runs.map(({ name }, i) => ({ name, colour: colours[i] ?? 'var(--ink)', sampled: true }))
        : [],
    caption: [
      ...(note === undefined ? [] : [note.endsWith('.') ? note : `${note}.`]),
      `${images} (${datasetStrings.charts.hash(shortHash(data.sha256))}); ${caption.sigma(sigma)}, ${estimator}, ${caption.seed(seed)}.`,
      `${models.join('; ')}; ${caption.app(app)}.`,
    ],
    description: title,
  };
}
