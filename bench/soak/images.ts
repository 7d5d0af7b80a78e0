import { NormalSource } from '../../src/estimators/noise/gaussian';
import { readCard } from '../../src/node/bundled-models';
import { ownPictures } from '../support/own-pictures';

const SIGMA = 0.05;
/** The data set of all inputs, and so of all models. */
export const DATASET = 'MNIST';
/** A model of that data set: all take the same inputs. */
const MODEL = 'mnist-linear';

/** Prepared inputs without end: the project's digits in turn, each time with other noise, so that none is seen twice. */
export async function* perturbedSamples(): AsyncGenerator<Float32Array, never> {
  const samples = ownPictures(await readCard(MODEL)).map(({ x }) => x);
  const source = new NormalSource(2, 0);
  for (let i = 0; ; i++) {
    const sample = samples[i % samples.length];
    if (sample === undefined) throw new Error(`there is no sample for ${MODEL}`);
    const noise = new Float32Array(sample.length);
    source.fill(i, noise);
    yield sample.map((value, j) => value + SIGMA * (noise[j] as number));
  }
}
