import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { NormalSource } from '../../src/estimators/noise/gaussian';
import { prepareImage } from '../../src/image';
import { projectFolder } from '../../src/node/engine';

const FOLDER = join(projectFolder, 'public', 'samples');
const SIGMA = 0.05;
/** The data set of all inputs, and so of all models. */
export const DATASET = 'MNIST';

async function digits(): Promise<string[]> {
  const index = JSON.parse(await readFile(join(FOLDER, 'index.json'), 'utf8')) as {
    readonly samples: readonly { readonly dataset: string; readonly file: string }[];
  };
  return index.samples.filter(({ dataset }) => dataset === DATASET).map(({ file }) => file);
}

/** Prepared inputs without end: the project's digits in turn, each time with other noise, so that none is seen twice. */
export async function* perturbedSamples(): AsyncGenerator<Float32Array, never> {
  const names = await digits();
  const samples = await Promise.all(
    names.map(async (name) => {
      const { width, height, data } = PNG.sync.read(await readFile(join(FOLDER, name)));
      const image = { width, height, data: new Uint8ClampedArray(data) };
      return prepareImage(image, { shape: [28, 28, 1], preparation: 'mnist' }).data;
    }),
  );
  const source = new NormalSource(2, 0);
  for (let i = 0; ; i++) {
    const sample = samples[i % samples.length];
    if (sample === undefined) throw new Error(`there is no sample in ${FOLDER}`);
    const noise = new Float32Array(sample.length);
    source.fill(i, noise);
    yield sample.map((value, j) => value + SIGMA * (noise[j] as number));
  }
}
