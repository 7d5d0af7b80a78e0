import { isNpy, PICTURE_FORMATS, pictureFormat } from '../image';
import { unpacked } from './archive';
import { imagesFromArrays, readNumbers } from './arrays';
import { CIFAR_RECORD, parseCifar10 } from './cifar';
import type { NamedBytes } from './datasets';
import { DataError } from './errors';
import { imagesFromIdx, isIdx } from './idx';
import { idxPair } from './idx-pair';
import { joinImages, type LabelledImages } from './labelled-images';
import { isBeside, isHidden, type LeftOut } from './left-out';

/** What a person's files turned out to be: images with their classes, or picture files that are still to be decoded. */
export type DroppedData = (
  | { readonly kind: 'images'; readonly images: LabelledImages }
  | { readonly kind: 'pictures'; readonly pictures: readonly NamedBytes[] }
) & {
  /** Files that are not among them, but for notes and the like. */
  readonly leftOut: readonly LeftOut[];
};

/** Of Keras's archives, which hold x_train, y_train, x_test and y_test, the test part; else all. */
function testPart(arrays: readonly NamedBytes[]): readonly NamedBytes[] {
  const isTest = arrays.filter(({ name }) => /test/i.test(name));
  return isTest.length >= 2 ? isTest : arrays;
}

function cifarBatches(files: readonly NamedBytes[]): LabelledImages {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return joinImages(sorted.map(({ name, bytes }) => parseCifar10(bytes, name)));
}

/** What a file that is not used is: a picture of some format, or another part of the data. */
function whatOf({ name, bytes }: NamedBytes): string {
  const format = pictureFormat(bytes);
  if (format !== null) return `${isHidden(name) ? 'hidden ' : ''}${PICTURE_FORMATS[format].name}`;
  if (isNpy(bytes)) return 'other array';
  return isIdx(bytes, 1) || isIdx(bytes, 3) ? 'other IDX file' : 'of no known kind';
}

/** The files that were not used, but for what commonly lies beside images. */
function leftOutOf(all: readonly NamedBytes[], used: readonly NamedBytes[]): LeftOut[] {
  const isUsed = new Set(used);
  return all
    .filter((file) => !isUsed.has(file) && (!isBeside(file.name) || pictureFormat(file.bytes) !== null))
    .map((file) => ({ path: file.name, what: whatOf(file) }));
}

/** Pictures of formats that browsers decode, whatever their names end in; hidden ones only where all are. */
function decodedPictures(all: readonly NamedBytes[]): readonly NamedBytes[] {
  const pictures = all.filter(({ bytes }) => {
    const format = pictureFormat(bytes);
    return format !== null && PICTURE_FORMATS[format].isDecoded;
  });
  const shown = pictures.filter(({ name }) => !isHidden(name));
  return shown.length > 0 ? shown : pictures;
}

const BRACE = 0x7b;
/** Blanks that may stand before a JSON text, with the bytes of a mark that some editors begin a file with. */
const BLANK: ReadonlySet<number> = new Set([0x20, 9, 10, 13, 0xef, 0xbb, 0xbf]);
/** A model.json names its network within so many bytes. */
const MOST_TEXT = 8192;

const isBatch = ({ name, bytes }: NamedBytes): boolean =>
  /\.bin$/i.test(name) && bytes.length > 0 && bytes.length % CIFAR_RECORD === 0;

const isParquet = ({ bytes }: NamedBytes): boolean =>
  [0x50, 0x41, 0x52, 0x31].every((byte, i) => bytes[i] === byte);

/** A TensorFlow.js model's model.json, whatever it is called. */
const isModel = ({ bytes }: NamedBytes): boolean =>
  bytes.find((byte) => !BLANK.has(byte)) === BRACE && /"(modelTopology|weightsManifest)"/.test(latin1(bytes));

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, MOST_TEXT));

function modelFound({ name }: NamedBytes): DataError {
  return new DataError(
    'wrong_format',
    `${name} is a TensorFlow.js model, and images with their classes are read here; drop a model in the view “Explore”, or give it on the command line as --model.`,
  );
}

function nothingFound(all: readonly NamedBytes[]): DataError {
  const model = all.find(isModel);
  if (model !== undefined) return modelFound(model);
  const table = all.find(isParquet);
  if (table !== undefined) {
    return new DataError(
      'wrong_format',
      `${table.name} is a Parquet table, which is not read as images; save its pictures as files into one folder a class, or its pixels and labels with numpy.save.`,
    );
  }
  const picture = all.find(({ bytes }) => pictureFormat(bytes) !== null);
  if (picture !== undefined) {
    const count = all.filter(({ bytes }) => pictureFormat(bytes) !== null).length;
    const what = count === 1 ? `${picture.name} is` : `${picture.name} and ${count - 1} others are`;
    return new DataError(
      'wrong_format',
      `${what} of a format that is not read: ${whatOf(picture)}; save the pictures as PNG files.`,
    );
  }
  return new DataError(
    'unknown',
    `${all[0]?.name ?? 'What was dropped'} is none of IDX, CIFAR-10 binary, .npy, .npz, or pictures in folders; drop one of these, or a zip of them.`,
  );
}

/**
 * Recognises, by what is in them, a pair of IDX files, CIFAR-10's binary batches, a `.npz` or a pair of `.npy`, or
 * picture files; zipped or gzipped, or not.
 * @throws DataError with a sentence on what is missing or wrong
 */
export function readDropped(files: readonly NamedBytes[]): DroppedData {
  const all = unpacked(files);
  const images = (found: LabelledImages, used: readonly NamedBytes[]): DroppedData => ({
    kind: 'images',
    images: found,
    leftOut: leftOutOf(all, used),
  });
  const arrays = all.filter(({ bytes }) => isNpy(bytes));
  if (arrays.length > 0) {
    const part = testPart(arrays);
    const read = part.map(({ name, bytes }) => readNumbers(bytes, name));
    const found = imagesFromArrays(read);
    return images(
      found.images,
      found.used.map((array) => part[read.indexOf(array)] as NamedBytes),
    );
  }
  // Their first bytes are pixels, and may by chance begin as another format does.
  const others = all.filter((file) => !isBatch(file));
  const pair = idxPair(others);
  if (pair !== null) return images(imagesFromIdx(pair.images, pair.labels), [pair.images, pair.labels]);
  const pictures = decodedPictures(others);
  if (pictures.length > 0) return { kind: 'pictures', pictures, leftOut: leftOutOf(all, pictures) };
  const batches = all.filter(
    ({ name, bytes }) => bytes.length > 0 && (/\.bin$/i.test(name) || bytes.length % CIFAR_RECORD === 0),
  );
  // Weights of a model end in .bin as well.
  const model = batches.every(isBatch) ? undefined : all.find(isModel);
  if (batches.length > 0 && model === undefined) return images(cifarBatches(batches), batches);
  throw nothingFound(all);
}
