import {
  ImageError,
  type ImageErrorCode,
  type InputSpec,
  PICTURE_FORMATS,
  pictureFormat,
  prepareImage,
  type RgbaImage,
} from '../image';
import { picturesByFolder } from './class-folders';
import type { NamedBytes } from './datasets';
import { type LabelledImages, valuesOf } from './labelled-images';
import { asLabels } from './labels';
import { type LeftOut, leftOutNote } from './left-out';

/** What the images are for. */
export interface DataPurpose {
  readonly input: InputSpec;
  /** Names of the model's classes, by number. */
  readonly labels: readonly string[];
}

export interface PreparedPictures {
  readonly images: LabelledImages;
  /** Sentences for whoever runs them: where the classes come from, what was left out. */
  readonly notes: readonly string[];
}

/** What a picture that could not be prepared is, in a few words. */
function whyLeftOut(code: ImageErrorCode, bytes: Uint8Array): string {
  const format = pictureFormat(bytes);
  const name = format === null ? 'picture' : PICTURE_FORMATS[format].name;
  const words: Readonly<Record<ImageErrorCode, string>> = {
    undecodable: `damaged ${name}`,
    too_large: `${name} of too many pixels`,
    blank: `blank ${name}`,
    empty: `${name} without pixels`,
  };
  return words[code];
}

/**
 * Picture files, in folders called as their classes, as the model would see them, rounded to bytes. Those that cannot
 * be read are left out, and named.
 * @param leftOut files that were left out before
 * @param decode from a file's bytes; may throw ImageError
 * @param onProgress pictures done so far, of how many
 * @throws DataError as `picturesByFolder` does, or ImageError with the path of the first picture if none can be read
 */
export async function preparedPictures(
  pictures: readonly NamedBytes[],
  leftOut: readonly LeftOut[],
  { input, labels }: DataPurpose,
  decode: (bytes: Uint8Array) => RgbaImage | Promise<RgbaImage>,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<PreparedPictures> {
  const { pictures: labelled, note } = picturesByFolder(
    pictures.map(({ name, bytes }) => ({ path: name, file: bytes })),
    labels,
  );
  const size = valuesOf(input.shape);
  const pixels = new Uint8Array(labelled.length * size);
  const found: number[] = [];
  const failed: LeftOut[] = [];
  let first: ImageError | undefined;
  for (const [i, { path, file, label }] of labelled.entries()) {
    onProgress(i, labelled.length);
    try {
      const { data } = prepareImage(await decode(file), input);
      const from = found.length * size;
      for (let v = 0; v < size; v++) pixels[from + v] = Math.round(255 * (data[v] as number));
      found.push(label);
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      first ??= new ImageError(error.code, `${path}: ${error.message}`);
      failed.push({ path, what: whyLeftOut(error.code, file) });
    }
  }
  if (found.length === 0 && first !== undefined) throw first;
  const images = {
    shape: input.shape,
    count: found.length,
    // A copy of its own where pictures were left out: it goes to another thread whole.
    pixels: failed.length === 0 ? pixels : pixels.slice(0, found.length * size),
    labels: asLabels(found, 'The list of classes'),
  };
  const missing = leftOutNote([...leftOut, ...failed]);
  return { images, notes: missing === null ? [note] : [note, missing] };
}
