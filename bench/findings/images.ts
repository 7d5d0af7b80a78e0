import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, type Dataset, toInputs } from '../../src/data';
import { type ImageShape, prepareImage } from '../../src/image';
import { decodePng } from '../../src/node/decode-png';
import { projectFolder } from '../../src/node/project';
import { readDataset } from '../../src/node/read-dataset';
import type { ModelCard } from '../../src/workers/models/card';
import { digest } from '../support/store';

/** An image that is measured. */
export interface Picture {
  /** Its number in the test file, or among the project's own pictures: decides its noise. */
  readonly index: number;
  readonly x: Float32Array;
  readonly digest: string;
}

/** The test split of a data set, and the mean image of each class. */
export interface TestImages {
  readonly shape: ImageShape;
  readonly pictures: readonly Picture[];
  readonly labels: Uint8Array;
  /** By label, over the whole split. */
  readonly classMeans: readonly Float64Array[];
  readonly inSplit: number;
}

const bytes = (x: Float32Array): Uint8Array => new Uint8Array(x.buffer, x.byteOffset, x.byteLength);
const toPicture = (x: Float32Array, index: number): Picture => ({ index, x, digest: digest(bytes(x)) });

/** The first `count` images of the test split in DIR/<id of the data set>/ or DIR itself; undefined if it is not there. */
export async function readTestImages(
  dataset: Dataset,
  folder: string,
  count: number,
): Promise<TestImages | undefined> {
  for (const place of [join(folder, dataset.id), folder]) {
    try {
      const all = await readDataset(dataset, 'test', place);
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
    } catch (error) {
      if (!(error instanceof DataError && error.code === 'missing')) throw error;
    }
  }
  return undefined;
}

interface SampleList {
  readonly samples: readonly { readonly dataset: string; readonly file: string }[];
}

/** The project's own pictures of a model's data set, prepared as the page does: they can be shown in a document. */
export function ownPictures({ dataset, input }: ModelCard): Picture[] {
  const folder = join(projectFolder, 'public', 'samples');
  const { samples } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as SampleList;
  return samples
    .filter((sample) => sample.dataset === dataset.name)
    .map(({ file }, index) => {
      const picture = decodePng(readFileSync(join(folder, file)));
      return toPicture(Float32Array.from(prepareImage(picture, input).data), index);
    });
}
