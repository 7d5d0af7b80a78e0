import { join } from 'node:path';
import { countCalls, noisyCalls } from '../../src/estimators/calls';
import { softmax } from '../../src/estimators/math/softmax';
import { argmax, type Classifier } from '../../src/estimators/model';
import { STREAMS } from '../../src/estimators/noise/gaussian';
import { findEstimator } from '../../src/estimators/registry';
import { projectFolder } from '../../src/node/engine';
import { contextFor, finalEstimates } from '../../tests/support/run';
import { loadClassifier } from '../support/classifier';
import { ownPictures, type Picture } from '../support/own-pictures';
import { Store, sourcesDigest } from '../support/store';
import type { TestImages } from './images';
import { COMPARED, type Compared, MIDDLE, type Radius, type Sizes, type Subject } from './plan';

export const CACHE = join(projectFolder, 'bench', 'findings', '.cache');
const BLOCK = 512;

/** What the model says of an image as it is. */
export interface Clean {
  readonly target: number;
  readonly softmax: number;
}

export type Measurements = ReturnType<typeof openMeasurements>;

/** What was measured before, by any process. @param writer number of this one */
export const openMeasurements = (writer: number) => ({
  clean: new Store<Clean>(CACHE, 'clean', writer),
  /** By class, how many noisy copies were called it; an exact tie with the target counts for the other class. */
  counts: new Store<number[]>(CACHE, 'counts', writer),
  estimates: new Store<number>(CACHE, 'estimates', writer),
});

const seedOf = ({ index }: Picture): number => 1 + index;

const definitionOf = (id: Compared) => {
  const definition = findEstimator(id);
  if (definition === undefined) throw new Error(`no estimator is called ${id}`);
  return definition;
};

export const cleanKey = ({ card }: Subject, picture: Picture): string => `${card.sha256} ${picture.digest}`;

export const countsKey = (subject: Subject, picture: Picture, sigma: number, copies: number): string =>
  [cleanKey(subject, picture), sigma, copies, seedOf(picture)].join(' ');

export function estimateKey(subject: Subject, picture: Picture, sigma: number, id: Compared): string {
  const options = JSON.stringify(definitionOf(id).options);
  return [cleanKey(subject, picture), sigma, id, options, seedOf(picture), sourcesDigest(id)].join(' ');
}

/** The radius at which classes and looks are judged; undefined if the card does not reach it. */
export const middleRadius = ({ radii }: Subject): Radius | undefined =>
  radii.find(({ level, basis }) => level === MIDDLE && basis === 'matched');

/** Everything that is asked of one model, image by image. */
interface Work {
  readonly picture: Picture;
  readonly counts: readonly { readonly sigma: number; readonly copies: number }[];
  readonly estimatesAt: readonly number[];
}

function workOf(subject: Subject, images: TestImages, sizes: Sizes): Work[] {
  const sigmas = subject.radii.map(({ sigma }) => sigma);
  const middle = middleRadius(subject)?.sigma;
  const surveyed = middle === undefined ? [] : [{ sigma: middle, copies: sizes.surveyCopies }];
  const work = images.pictures.map((picture, i): Work => {
    const compared = i < sizes.images ? sigmas : [];
    return {
      picture,
      counts: [
        ...compared.map((sigma) => ({ sigma, copies: sizes.copies })),
        ...(i < sizes.surveyImages ? surveyed : []),
      ],
      estimatesAt: compared,
    };
  });
  if (middle === undefined) return work;
  const own = ownPictures(subject.card).map(
    (picture): Work => ({ picture, counts: [{ sigma: middle, copies: sizes.copies }], estimatesAt: [] }),
  );
  return [...work, ...own];
}

/** Measures what is missing for this share of the images; everything known stays. */
export async function measure(
  subject: Subject,
  images: TestImages,
  sizes: Sizes,
  { shard, shards }: { readonly shard: number; readonly shards: number },
  log: (line: string) => void,
): Promise<void> {
  const known = openMeasurements(shard);
  const work = workOf(subject, images, sizes).filter((_, i) => i % shards === shard);
  const classifier = await loadClassifier(subject.card.id);
  const start = performance.now();
  for (const [i, { picture, counts, estimatesAt }] of work.entries()) {
    const clean = await measureClean(known, classifier, subject, picture);
    for (const { sigma, copies } of counts) {
      const key = countsKey(subject, picture, sigma, copies);
      if (known.counts.get(key) !== undefined) continue;
      known.counts.set(key, await countCopies(classifier, picture, clean.target, sigma, copies));
    }
    await measureEstimates(known, classifier, subject, picture, estimatesAt);
    if ((i + 1) % 100 === 0 || i + 1 === work.length) {
      const seconds = Math.round((performance.now() - start) / 1000);
      log(`${subject.card.id}, process ${shard}: ${i + 1} of ${work.length} images in ${seconds} s`);
    }
  }
  classifier.dispose();
}

async function measureClean(
  known: Measurements,
  classifier: Classifier,
  subject: Subject,
  picture: Picture,
): Promise<Clean> {
  const key = cleanKey(subject, picture);
  const before = known.clean.get(key);
  if (before !== undefined) return before;
  const logits = await classifier.logits(picture.x);
  const target = argmax(logits);
  const clean = { target, softmax: softmax(logits)[target] as number };
  known.clean.set(key, clean);
  return clean;
}

/** Plain Monte Carlo, with the noise that `mc` has at the image's seed. */
async function countCopies(
  classifier: Classifier,
  picture: Picture,
  target: number,
  sigma: number,
  copies: number,
): Promise<number[]> {
  const tally = {
    classCounts: new Array<number>(classifier.classCount).fill(0),
    survived: 0,
    nearTies: 0,
    exactTies: 0,
  };
  for (let firstSample = 0; firstSample < copies; firstSample += BLOCK) {
    const count = Math.min(BLOCK, copies - firstSample);
    const noise = { seed: seedOf(picture), stream: STREAMS.plain, firstSample, count };
    countCalls(tally, await noisyCalls(classifier, { ...noise, x: picture.x, sigma }, target));
  }
  return tally.classCounts;
}

async function measureEstimates(
  known: Measurements,
  classifier: Classifier,
  subject: Subject,
  picture: Picture,
  sigmas: readonly number[],
): Promise<void> {
  const ids = COMPARED.filter((id) => id !== 'softmax');
  const missing = sigmas.filter((sigma) =>
    ids.some((id) => known.estimates.get(estimateKey(subject, picture, sigma, id)) === undefined),
  );
  if (missing.length === 0) return;
  const context = await contextFor(classifier, picture.x, missing, { seed: seedOf(picture) });
  for (const id of ids) {
    for (const { sigma, p } of await finalEstimates(definitionOf(id), context)) {
      known.estimates.set(estimateKey(subject, picture, sigma, id), p);
    }
  }
}
