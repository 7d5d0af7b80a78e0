import { DataError, type Dataset, toInputs } from '../../src/data';
import type { ImageShape } from '../../src/image';
import { readDatasetBelow } from '../../src/node/read-dataset';
import { type Picture, toPicture } from '../support/own-pictures';

/** The test split of a data set, and the mean image of each class. */
export interface TestImages {
  readonly shape: ImageShape;
  readonly pictures: readonly Picture[];
  readonly labels: Uint16Array;
  /** By label, over the whole split. */
  readonly classMeans: readonly Float64Array[];
  readonly inSplit: number;
}

/** The first `count` images of the test split in DIR/<id of the data set>/ or DIR itself; undefined if it is not there. */
export async function readTestImages(
  dataset: Dataset,
  folder: string,
  count: number,
): Promise<TestImages | undefined> {
  const all = await readDatasetBelow(dataset, 'test', folder).catch((error) => {
    if (error instanceof DataError && error.code === 'missing') return undefined;
    throw error;
  });
  if (all === undefined) return undefined;
  const classMeans = dataset.labels.map(() => new Float64Array(all.pixels.length / all.count));
  const inClass = new Uint32Array(dataset.labels.length);
  for (let i = 0; i < all.count; i++) {
    const label = all.labels[i] as number;
    const sum = classMeans[label] as Float64Array;
    inClass[label] = (inClass[label] as number) + 1;
    for (const [j, value] of toInputs(all, i).entries()) sum[j] = (sum[j] as number) + value;
  }
  for (const [label, sum] of classMeans.entries())
    for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] as number) / (inClass[label] as number);
  const used = Math.min(count, all.count);
  return {
    shape: all.shape,
    pictures: Array.from({ length: used }, (_, i) => toPicture(toInputs(all, i), i)),
    labels: all.labels.slice(0, used),
    classMeans,
    inSplit: all.count,
  };
}
