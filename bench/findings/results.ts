import { featuresFor } from '../../src/image';
import { ownPictures } from '../support/own-pictures';
import { digest } from '../support/store';
import type { TestImages } from './images';
import { cleanKey, countsKey, estimateKey, type Measurements, middleRadius } from './measure';
import { COMPARED, type Compared, type Radius, type Sizes, type Subject } from './plan';

/** A model with the images that it is measured on. */
export interface Part {
  readonly subject: Subject;
  readonly images: TestImages;
  readonly sizes: Sizes;
}

/** Sampling and every estimator of one model at one radius, an entry an image. */
export interface CaseSet {
  readonly subject: Subject;
  readonly radius: Radius;
  readonly copies: number;
  /** Share of the noisy copies that keep the clean prediction. */
  readonly p: Float64Array;
  readonly estimates: Readonly<Record<Compared, Float64Array>>;
}

/** Many images of one model at its middle radius. */
export interface Survey {
  readonly subject: Subject;
  readonly sigma: number;
  readonly copies: number;
  readonly p: Float64Array;
  readonly softmax: Float64Array;
  readonly targets: Uint32Array;
  readonly labels: Uint32Array;
  /** Of the copies that are lost, how many are called each class. */
  readonly lostTo: Float64Array;
  readonly features: readonly { readonly name: string; readonly values: Float64Array }[];
}

/** One of the project's own pictures with its p_robust. */
export interface OwnPicture {
  readonly x: Float32Array;
  readonly called: string;
  readonly p: number;
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`${what} was not measured`);
  return value;
}

const shareKept = (counts: readonly number[], target: number): number =>
  (counts[target] as number) / counts.reduce((sum, count) => sum + count, 0);

/** A seed that its name decides. */
export const seedFor = (...name: readonly string[]): number =>
  Number.parseInt(digest(...name).slice(0, 8), 16);

export function caseSets({ subject, images, sizes }: Part, known: Measurements): CaseSet[] {
  const pictures = images.pictures.slice(0, sizes.images);
  const clean = pictures.map((picture) => found(known.clean.get(cleanKey(subject, picture)), 'an image'));
  return subject.radii.map((radius) => {
    const { sigma } = radius;
    const estimateOf = (id: Compared) =>
      Float64Array.from(pictures, (picture, i) =>
        id === 'softmax'
          ? (clean[i]?.softmax as number)
          : found(known.estimates.get(estimateKey(subject, picture, sigma, id)), id),
      );
    const p = Float64Array.from(pictures, (picture, i) => {
      const counts = found(known.counts.get(countsKey(subject, picture, sigma, sizes.copies)), 'a radius');
      return shareKept(counts, clean[i]?.target as number);
    });
    const estimates = Object.fromEntries(COMPARED.map((id) => [id, estimateOf(id)])) as CaseSet['estimates'];
    return { subject, radius, copies: sizes.copies, p, estimates };
  });
}

const distance = (x: Float32Array, centre: Float64Array): number =>
  Math.sqrt(x.reduce((sum, value, j) => sum + (value - (centre[j] as number)) ** 2, 0) / x.length);

export function survey({ subject, images, sizes }: Part, known: Measurements): Survey | undefined {
  const middle = middleRadius(subject);
  if (middle === undefined) return undefined;
  const { sigma } = middle;
  const pictures = images.pictures.slice(0, sizes.surveyImages);
  const clean = pictures.map((picture) => found(known.clean.get(cleanKey(subject, picture)), 'an image'));
  const counts = pictures.map((picture) =>
    found(known.counts.get(countsKey(subject, picture, sigma, sizes.surveyCopies)), 'a radius'),
  );
  const lostTo = new Float64Array(subject.card.labels.length);
  for (const [i, row] of counts.entries())
    for (const [k, count] of row.entries())
      if (k !== clean[i]?.target) lostTo[k] = (lostTo[k] as number) + count;
  const labels = Uint32Array.from(images.labels.subarray(0, pictures.length));
  const softmax = Float64Array.from(clean, (each) => each.softmax);
  const measured = featuresFor(images.shape).map(({ name, measure }) => ({
    name,
    values: Float64Array.from(pictures, ({ x }) => measure(x, images.shape)),
  }));
  return {
    subject,
    sigma,
    copies: sizes.surveyCopies,
    p: Float64Array.from(counts, (row, i) => shareKept(row, clean[i]?.target as number)),
    softmax,
    targets: Uint32Array.from(clean, ({ target }) => target),
    labels,
    lostTo,
    features: [
      ...measured,
      {
        name: 'distance to its class’s mean',
        values: Float64Array.from(pictures, ({ x }, i) =>
          distance(x, images.classMeans[labels[i] as number] as Float64Array),
        ),
      },
      { name: 'softmax confidence', values: softmax },
    ],
  };
}

/** The project's own pictures on a model, by falling p_robust; empty if the card does not reach the middle radius. */
export function ownPicturesOn({ subject, sizes }: Part, known: Measurements): OwnPicture[] {
  const middle = middleRadius(subject);
  if (middle === undefined) return [];
  return ownPictures(subject.card)
    .map((picture) => {
      const { target } = found(known.clean.get(cleanKey(subject, picture)), 'a picture');
      const key = countsKey(subject, picture, middle.sigma, sizes.copies);
      const counts = found(known.counts.get(key), 'a picture');
      return { x: picture.x, called: subject.card.labels[target] as string, p: shareKept(counts, target) };
    })
    .sort((a, b) => b.p - a.p);
}
