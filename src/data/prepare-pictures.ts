import { ImageError, type InputSpec, prepareImage, type RgbaImage } from '../image';
import { picturesByFolder } from './class-folders';
import type { NamedBytes } from './datasets';
import { type LabelledImages, valuesOf } from './labelled-images';
import { asLabels } from './labels';

/** What the images are for. */
export interface DataPurpose {
  readonly input: InputSpec;
  /** Names of the model's classes, by number. */
  readonly labels: readonly string[];
}

/**
 * Picture files, in folders called as their classes, as the model would see them, rounded to bytes.
 * @param decode from a file's bytes; may throw ImageError
 * @param onProgress pictures done so far, of how many
 * @throws DataError as `picturesByFolder` does, or ImageError with the path of the picture
 */
export async function preparedPictures(
  pictures: readonly NamedBytes[],
  { input, labels }: DataPurpose,
  decode: (bytes: Uint8Array) => RgbaImage | Promise<RgbaImage>,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<LabelledImages> {
  const labelled = picturesByFolder(
    pictures.map(({ name, bytes }) => ({ path: name, file: bytes })),
    labels,
  );
  const size = valuesOf(input.shape);
  const pixels = new Uint8Array(labelled.length * size);
  for (const [i, { path, file }] of labelled.entries()) {
    onProgress(i, labelled.length);
    try {
      const { data } = prepareImage(await decode(file), input);
      for (let v = 0; v < size; v++) pixels[i * size + v] = Math.round(255 * (data[v] as number));
    } catch (error) {
      throw error instanceof ImageError ? new ImageError(error.code, `${path}: ${error.message}`) : error;
    }
  }
  return {
    shape: input.shape,
    count: labelled.length,
    pixels,
    labels: asLabels(
      labelled.map(({ label }) => label),
      'The list of classes',
    ),
  };
}
