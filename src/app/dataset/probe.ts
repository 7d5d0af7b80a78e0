import type { DatasetRow } from '../../dataset';
import { ESTIMATORS } from '../../estimators/registry';
import { goTo } from '../session/address';
import { selectModel } from '../session/model';
import { openImage, selectTestImage } from '../session/picture';
import { report } from '../session/problem';
import { testImage } from '../session/test-images';
import { useStore } from '../state/store';
import { imageFileOf } from './pictures';
import { type ModelRun, useDataset } from './state';
import { datasetStrings } from './strings';

/** Shows an image in the explorer, with the noise that its row was made with, at the radius that is looked at. */
export async function probe({ header }: ModelRun, row: DatasetRow): Promise<void> {
  const { data, sigmaIndex } = useDataset.getState();
  if (data === null) return;
  const { settings } = useStore.getState();
  const wanted = new Set([...settings.estimators, header.estimator]);
  goTo({
    view: 'explore',
    seed: row.seed,
    target: null,
    cursor: header.sigmas[sigmaIndex] ?? null,
    estimators: ESTIMATORS.filter(({ id }) => wanted.has(id)).map(({ id }) => id),
    compare: null,
  });
  try {
    if (useStore.getState().model?.card.id !== header.model.id) await selectModel(header.model.id);
    const { origin, images, name } = data;
    if (origin.kind === 'packed') await selectTestImage(await testImage(origin.set, row.index));
    else {
      const label = header.labels[row.label] ?? String(row.label);
      const source = { kind: 'file', name: datasetStrings.gallery.source(name, row.index, label) } as const;
      await openImage(await imageFileOf(images, row.index), source);
    }
  } catch (error) {
    report(error);
  }
}
