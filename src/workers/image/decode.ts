import { assertPixelCount, ImageError, prepareImage, type RgbaImage } from '../../image';
import type { ModelCard } from '../models/card';
import type { PrepareResult } from '../protocol';
import { hashInput } from './hash';

/** Decodes in the browser, as stored: no colour conversion, no premultiplied alpha. Throws ImageError. */
async function decode(file: Blob): Promise<RgbaImage> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  } catch {
    throw new ImageError(
      'undecodable',
      'This file could not be read as an image; choose a PNG, JPEG, WebP, GIF or BMP picture.',
    );
  }
  try {
    const { width, height } = bitmap;
    assertPixelCount(width, height);
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null)
      throw new ImageError('too_large', 'The browser has no memory for this image; make it smaller.');
    context.drawImage(bitmap, 0, 0);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}

/** From a picture file to a model's input; what is wrong with the picture comes back as data. */
export async function decodeAndPrepare(file: Blob, input: ModelCard['input']): Promise<PrepareResult> {
  try {
    const image = await decode(file);
    const prepared = prepareImage(image, input);
    return {
      ok: true,
      prepared,
      sha256: hashInput(prepared.data),
      width: image.width,
      height: image.height,
    };
  } catch (error) {
    if (error instanceof ImageError) return { ok: false, code: error.code, message: error.message };
    return {
      ok: false,
      code: 'undecodable',
      message: 'The browser could not handle this image; try a smaller or simpler one.',
    };
  }
}
