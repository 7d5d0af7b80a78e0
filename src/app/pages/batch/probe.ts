import type { DatasetRow } from '../../../dataset';
import { CATALOGUE } from '../../../estimators/catalogue';
import { goTo } from '../../session/address';
import { selectModel } from '../../session/model';
import { openImage, selectTestImage } from '../../session/picture';
import { report } from '../../session/problem';
import { testImage } from '../../session/test-images';
import type { SigmaRange } from '../../state/radii';
import { type Settings, SIGMA_RANGE } from '../../state/settings';
import { useStore } from '../../state/store';
import { imageFileOf } from './pictures';
import { type ModelRun, useDataset } from './state';
import { datasetStrings } from './strings';

/** The middle one of these is the radius that is asked for. */
const RADII = 13;

/** A range of radii in the middle of which, as radii are spaced, lies sigma, wide enough for what the card recommends. */
function rangeAround(
  sigma: number,
  { min, max }: SigmaRange,
): Pick<Settings, 'sigmaMin' | 'sigmaMax' | 'radii'> {
  const wanted = Math.max(sigma / min, max / sigma, 2);
  const ratio = Math.min(wanted, sigma / SIGMA_RANGE.min, SIGMA_RANGE.max / sigma);
  if (ratio <= 1) return { sigmaMin: null, sigmaMax: null, radii: RADII };
  return { sigmaMin: sigma / ratio, sigmaMax: sigma * ratio, radii: RADII };
}

/** Shows an image in the explorer, with the noise that its row was made with, at the radius that is looked at. */
export async function probe({ header }: ModelRun, row: DatasetRow): Promise<void> {
  const { data, sigmaIndex, model, beside } = useDataset.getState();
  const sigma = header.sigmas[sigmaIndex];
  const card = [model, beside].find((each) => each?.card.id === header.model.id)?.card;
  if (data === null || sigma === undefined || card === undefined) return;
  const { settings } = useStore.getState();
  const wanted = new Set([...settings.estimators, header.estimator]);
  goTo({
    view: 'explore',
    seed: row.seed,
    target: null,
    cursor: sigma,
    ...rangeAround(sigma, card.sigma),
    estimators: CATALOGUE.filter(({ id }) => wanted.has(id)).map(({ id }) => id),
    compare: null,
  });
  try {
    if (useStore.getState().model?.card.id !== header.model.id) await selectModel(header.model.id);
    const { origin, images, name } = data;
    if (origin.kind === 'packed') await selectTestImage(await testImage(origin.set, row.index));
    else {
      const label = header.labels[row.label] ?? String(row.label);
      const source = { kind: 'file', name: datasetStrings.gallery.source(name, row.index), label } as const;
      await openImage(await imageFileOf(images, row.index), source);
    }
  } catch (error) {
    report(error);
  }
}
