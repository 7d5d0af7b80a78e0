import * as v from 'valibot';
import { valuesOf } from './labelled-images';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A split of a data set, unpacked for the page: labels in one file, pixels in files of `chunk` images. */
const packedSetSchema = v.object({
  /** Id of the data set. */
  dataset: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)),
  name: v.string(),
  split: v.picklist(['test', 'train']),
  shape: v.tuple([positive, positive, positive]),
  /** Names of the classes, by number. */
  labels: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(256)),
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

export const PACKED_INDEX = 'index.json';
export const NO_DATA: PackedIndex = { schema: 'probust-data/1', sets: [] };

/** Where the files of a set lie, below the folder of the index. */
const packedFolder = ({ dataset, split }: Pick<PackedSet, 'dataset' | 'split'>): string =>
  `${dataset}-${split}`;

/** The file with the class of each image, a byte each. */
export const labelsPath = (set: Pick<PackedSet, 'dataset' | 'split'>): string =>
  `${packedFolder(set)}/labels.bin`;

/** The file with images `chunk * number` and on, NHWC, a byte a value. */
export const chunkPath = (set: Pick<PackedSet, 'dataset' | 'split'>, number: number): string =>
  `${packedFolder(set)}/images-${String(number).padStart(4, '0')}.bin`;

/** Whether a path below the folder is one that this module writes. */
export function isPackedPath(path: string): boolean {
  return path === PACKED_INDEX || /^[a-z0-9-]{1,40}\/(labels|images-\d{4,})\.bin$/.test(path);
}

/** Bytes of a chunk; the last one may be shorter. */
export function chunkBytes(set: PackedSet, number: number): number {
  const images = Math.min(set.chunk, set.count - number * set.chunk);
  return Math.max(images, 0) * valuesOf(set.shape);
}
