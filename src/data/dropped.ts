import { isNpy } from '../image';
import { unpacked } from './archive';
import { imagesFromArrays, readNumbers } from './arrays';
import { CIFAR_RECORD, parseCifar10 } from './cifar';
import { isPicture } from './class-folders';
import type { NamedBytes } from './datasets';
import { DataError } from './errors';
import { imagesFromIdx, isIdx } from './idx';
import { joinImages, type LabelledImages } from './labelled-images';

/** What a person's files turned out to be: images with their classes, or picture files that are still to be decoded. */
export type DroppedData =
  | { readonly kind: 'images'; readonly images: LabelledImages }
  | { readonly kind: 'pictures'; readonly pictures: readonly NamedBytes[] };

/** Of Keras's archives, which hold x_train, y_train, x_test and y_test, the test part; else all. */
function testPart(arrays: readonly NamedBytes[]): readonly NamedBytes[] {
  const isTest = arrays.filter(({ name }) => /test/i.test(name));
  return isTest.length >= 2 ? isTest : arrays;
}

function cifarBatches(files: readonly NamedBytes[]): LabelledImages {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return joinImages(sorted.map(({ name, bytes }) => parseCifar10(bytes, name)));
}

/**
 * Recognises, by what is in them, a pair of IDX files, CIFAR-10's binary batches, a `.npz` or a pair of `.npy`, or
 * picture files; zipped or gzipped, or not.
 * @throws DataError with a sentence on what is missing or wrong
 */
export function readDropped(files: readonly NamedBytes[]): DroppedData {
  const all = unpacked(files);
  const arrays = all.filter(({ bytes }) => isNpy(bytes));
  if (arrays.length > 0) {
    const read = testPart(arrays).map(({ name, bytes }) => readNumbers(bytes, name));
    return { kind: 'images', images: imagesFromArrays(read) };
  }
  const images = all.find(({ bytes }) => isIdx(bytes, 3));
  const labels = all.find(({ bytes }) => isIdx(bytes, 1));
  if (images !== undefined && labels !== undefined) {
    return { kind: 'images', images: imagesFromIdx(images, labels) };
  }
  if (images !== undefined) {
    throw new DataError(
      'missing',
      `The labels are missing: drop the file of labels together with ${images.name}.`,
    );
  }
  if (labels !== undefined) {
    throw new DataError(
      'missing',
      `${labels.name} holds labels alone; drop the file of images together with it.`,
    );
  }
  const pictures = all.filter(({ name }) => isPicture(name));
  if (pictures.length > 0) return { kind: 'pictures', pictures };
  const batches = all.filter(({ name, bytes }) => /\.bin$/i.test(name) || bytes.length % CIFAR_RECORD === 0);
  if (batches.some(({ bytes }) => bytes.length > 0)) return { kind: 'images', images: cifarBatches(batches) };
  throw new DataError(
    'wrong_format',
    `${all[0]?.name ?? 'What was dropped'} is none of IDX, CIFAR-10 binary, .npy, .npz, or pictures in folders; drop one of these, or a zip of them.`,
  );
}
