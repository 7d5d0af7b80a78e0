import { printable } from '../text/printable';

/** Why an image could not be used: a stable code for programs, beside the sentence for people. */
export type ImageErrorCode = 'too_large' | 'undecodable' | 'blank' | 'empty';

/** An image that cannot be prepared. `message` is one sentence that tells a person what to do about it. */
export class ImageError extends Error {
  override readonly name = 'ImageError';

  constructor(
    readonly code: ImageErrorCode,
    message: string,
  ) {
    super(printable(message));
  }
}

/** The largest accepted image; its RGBA bytes fill 256 MB. */
export const MAX_PIXELS = 64_000_000;

/**
 * Checks a picture's size, ideally before it is decoded.
 * @throws ImageError `empty` without any pixel, `too_large` above MAX_PIXELS.
 */
export function assertPixelCount(width: number, height: number): void {
  const pixels = width * height;
  if (!(pixels > 0)) {
    throw new ImageError('empty', 'This image has no pixels; choose another file.');
  }
  if (pixels > MAX_PIXELS) {
    const megapixels = Math.ceil(pixels / 1e6);
    throw new ImageError(
      'too_large',
      `This image has ${megapixels} megapixels and the limit is ${MAX_PIXELS / 1e6}; make it smaller first.`,
    );
  }
}
