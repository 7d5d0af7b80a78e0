import { assertPixelCount, ImageError } from './errors';
import { prepareMnist } from './mnist';
import { preparePhoto } from './photo';
import type { Crop, ImageShape, Preparation, PreparedImage, RgbaImage } from './types';

/** Every known preparation by name. A new one is a file and a line here. */
const preparations = {
  mnist: prepareMnist,
  photo: preparePhoto,
} satisfies Record<string, Preparation>;

/** Those that look at a part of the picture which a person may choose. */
const CROPPED: readonly string[] = ['photo'] satisfies PreparationName[];

export type PreparationName = keyof typeof preparations;

/** What a model expects; its card names the preparation. */
export interface InputSpec {
  readonly shape: ImageShape;
  readonly preparation: PreparationName;
}

/** Whether a name, from a model's card for example, is a known preparation. */
export function isPreparationName(name: string): name is PreparationName {
  return Object.hasOwn(preparations, name);
}

/** Whether a preparation takes a crop; the others find what matters by themselves. */
export function takesCrop(name: PreparationName): boolean {
  return CROPPED.includes(name);
}

/**
 * Turns a decoded picture into a model's input.
 * @param crop the part of it to use; ignored by preparations that take none.
 * @throws ImageError `empty`, `too_large`, `blank`, or `undecodable` if pixels are missing.
 */
export function prepareImage(image: RgbaImage, spec: InputSpec, crop?: Crop): PreparedImage {
  assertPixelCount(image.width, image.height);
  if (image.data.length !== 4 * image.width * image.height) {
    throw new ImageError(
      'undecodable',
      'This image could not be decoded completely; save it anew or choose another.',
    );
  }
  return preparations[spec.preparation](image, spec.shape, crop);
}
