import * as v from 'valibot';
import { valuesOf } from './labelled-images';
import { LARGEST_LABEL } from './labels';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A split of a data set, unpacked for the page: labels in one file, pixels in files of `chunk` images. */
export const packedSetSchema = v.object({
  /** Id of the data set. */
  dataset: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)),
  name: v.string(),
  split: v.picklist(['test', 'train']),
  shape: v.tuple([positive, positive, positive]),
  /** Names of the classes, by number. */
  labels: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(LARGEST_LABEL + 1)),
  count: positive,
  chunk: positive,
});

export type PackedSet = v.InferOutput<typeof packedSetSchema>;

/** index.json of the folder with unpacked data sets. */
export const packedIndexSchema = v.object({
  schema: v.literal('probust-data/1'),
  sets: v.array(packedSetSchema),
});

export type PackedIndex = v.InferOutput<typeof packedIndexSchema>;

export const NO_DATA: PackedIndex = { schema: 'probust-data/1', sets: [] };

/** Bytes of a chunk; the last one may be shorter. */
export function chunkBytes(set: PackedSet, number: number): number {
  const images = Math.min(set.chunk, set.count - number * set.chunk);
  return Math.max(images, 0) * valuesOf(set.shape);
}
