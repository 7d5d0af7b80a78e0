import {
  assertPixelCount,
  type Crop,
  ImageError,
  prepareImage,
  type RgbaImage,
  whyUndecodable,
} from '../../image';
import type { ModelCard } from '../models/card';
import type { PrepareResult } from '../protocol/images';
import { hashInput } from './hash';

/** Of a file that cannot be decoded, so many bytes tell its format. */
const START_BYTES = 4096;

/** Decodes in the browser, as stored: no colour conversion, no premultiplied alpha. Throws ImageError. */
export async function decodePicture(file: Blob): Promise<RgbaImage> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  } catch {
    throw whyUndecodable(new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer()));
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

/** The picture that was decoded last: while its crop is moved it is prepared many times. */
let last: { readonly key: number; readonly image: Promise<RgbaImage> } | null = null;

function decodeOnce(file: Blob, key: number): Promise<RgbaImage> {
  if (last?.key !== key) last = { key, image: decodePicture(file) };
  return last.image;
}

/** What is wrong with the picture comes back as data. See `ImageApi.prepare`. */
export async function decodeAndPrepare(
  file: Blob,
  key: number,
  input: ModelCard['input'],
  crop: Crop | null,
): Promise<PrepareResult> {
  try {
    const image = await decodeOnce(file, key);
    const prepared = prepareImage(image, input, crop ?? undefined);
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
