import { DataError, type LabelledImages, toInputs } from '../data';
import { type Estimate, LEVEL, type StopRule } from '../estimators/estimate';
import type { ModelRecord } from '../results/model-record';
import { imageSeed } from './image-seed';
import { type Selection, selectImages } from './selection';
import { type Shard, shardOf } from './shards';
import { type DatasetHeader, type DatasetRow, toRowEstimate } from './table';

/** What a person chooses of a run. */
export interface RunSettings {
  readonly selection: Selection;
  readonly sigmas: readonly number[];
  /** Id of one estimator. */
  readonly estimator: string;
  readonly seed: number;
  readonly stop: StopRule;
}

/** What a run is of. */
export interface RunSubject {
  /** Version of Probust. */
  readonly app: string;
  readonly model: ModelRecord;
  /** Names of the classes, by number. */
  readonly labels: readonly string[];
  readonly backend: string;
  /** What the data are called, and their `dataHash`. */
  readonly data: { readonly name: string; readonly sha256: string };
  readonly images: LabelledImages;
}

/** The header of a run, or of a shard of it. Throws DataError as `selectImages` does. */
export function runHeader(subject: RunSubject, settings: RunSettings, shard: Shard): DatasetHeader {
  const { app, model, labels, backend, data, images } = subject;
  const { selection, sigmas, estimator, seed, stop } = settings;
  return {
    schema: 'probust-dataset/1',
    app,
    model,
    data: { ...data, images: images.count },
    labels: [...labels],
    selection,
    selected: selectImages(images.labels, selection).length,
    sigmas: [...sigmas],
    estimator,
    seed,
    stop: { ...stop },
    level: LEVEL,
    backend,
    shard: { ...shard },
  };
}

/** What is computed for one image. */
export interface ImageJob {
  readonly x: Float32Array;
  readonly sigmas: readonly number[];
  readonly estimator: string;
  readonly seed: number;
  readonly stop: StopRule;
}

export interface ImageFinding {
  readonly predicted: number;
  /** Softmax at the clean image. */
  readonly probabilities: readonly number[];
  /** One a radius. */
  readonly estimates: readonly Estimate[];
}

/** The images of a header's shard that are not among those known. */
export function missingImages(
  { selection, shard }: DatasetHeader,
  images: LabelledImages,
  known: Iterable<number>,
): number[] {
  const done = new Set(known);
  return shardOf(selectImages(images.labels, selection), shard).filter((index) => !done.has(index));
}

const isOf = (
  { selection, shard }: DatasetHeader,
  images: LabelledImages,
): ((row: DatasetRow) => boolean) => {
  const wanted = new Set(shardOf(selectImages(images.labels, selection), shard));
  return ({ index, label }) => wanted.has(index) && images.labels[index] === label;
};

/** Those of the rows that are of the header's images, with their labels. */
export const rowsOf = (
  header: DatasetHeader,
  images: LabelledImages,
  rows: readonly DatasetRow[],
): DatasetRow[] => rows.filter(isOf(header, images));

/** Throws DataError `mismatch` unless each row is of one of the header's images, with its label. */
export function assertRowsOf(
  header: DatasetHeader,
  images: LabelledImages,
  rows: readonly DatasetRow[],
  source: string,
): void {
  const fits = isOf(header, images);
  const wrong = rows.find((row) => !fits(row));
  if (wrong === undefined) return;
  const why =
    wrong.label === images.labels[wrong.index]
      ? 'is none of this run’s images'
      : 'has another label than in the data';
  throw new DataError('mismatch', `${source}: image ${wrong.index} ${why}; it was changed or mixed.`);
}

/**
 * The rows of some images, in their order, each as it is found. A row depends on the header and its image alone.
 * @param compute runs one image; what it rejects with ends the rows
 */
export async function* datasetRows(
  { sigmas, estimator, seed, stop }: DatasetHeader,
  images: LabelledImages,
  indices: readonly number[],
  compute: (job: ImageJob, index: number) => Promise<ImageFinding>,
): AsyncGenerator<DatasetRow, void, undefined> {
  for (const index of indices) {
    const job = { x: toInputs(images, index), sigmas, estimator, seed: imageSeed(seed, index), stop };
    const { predicted, probabilities, estimates } = await compute(job, index);
    yield {
      index,
      label: images.labels[index] as number,
      predicted,
      confidence: probabilities[predicted] as number,
      seed: job.seed,
      estimates: estimates.map(toRowEstimate),
    };
  }
}

/** Why images cannot be given to a model, in a sentence; null where they can. */
export function whyNotFor(
  { shape, count, labels }: LabelledImages,
  input: readonly number[],
  classes: number,
): string | null {
  if (count === 0) return 'There are no images.';
  if (shape.join() !== input.join()) {
    return `The model takes images of [${input.join(', ')}], and these are of [${shape.join(', ')}].`;
  }
  const most = labels.reduce((a, b) => Math.max(a, b), 0);
  if (most < classes) return null;
  if (most === classes && !labels.includes(0)) {
    const least = labels.reduce((a, b) => Math.min(a, b));
    return `The data have labels from ${least} to ${most}; the model knows the classes 0 to ${classes - 1}: the labels seem to count from 1, so subtract 1 from each.`;
  }
  return `The data have the label ${most}; the model knows ${classes} classes.`;
}
