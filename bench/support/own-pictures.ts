import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareImage } from '../../src/image';
import { decodePng } from '../../src/node/decode-png';
import { projectFolder } from '../../src/node/project';
import type { ModelCard } from '../../src/workers/models/card';
import { digest } from './store';

/** An image that is measured. */
export interface Picture {
  /** Its number in the test file, or among the project's own pictures: decides its noise. */
  readonly index: number;
  readonly x: Float32Array;
  readonly digest: string;
}

const bytes = (x: Float32Array): Uint8Array => new Uint8Array(x.buffer, x.byteOffset, x.byteLength);

export const toPicture = (x: Float32Array, index: number): Picture => ({
  index,
  x,
  digest: digest(bytes(x)),
});

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
