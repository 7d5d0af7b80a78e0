import { ImageError, PICTURE_FORMATS, pictureFormat, type RgbaImage } from '../image';
import { decodePng, isPng } from './decode-png';

/** Decodes a picture on the command line: a PNG, since no other decoder gives a browser's pixels. Throws ImageError. */
export function decodeGiven(bytes: Uint8Array): RgbaImage {
  if (isPng(bytes)) return decodePng(bytes);
  throw new ImageError('undecodable', notPng(bytes));
}

/** Says what a file is that is no PNG, and what to do about it. */
export function notPng(bytes: Uint8Array, instead = 'a PNG'): string {
  const format = pictureFormat(bytes);
  if (format === null) return `This file is no picture; give ${instead}.`;
  const { name, isDecoded } = PICTURE_FORMATS[format];
  const page = isDecoded ? ', or use the page' : '';
  return `This picture is in the format ${name}; save it as PNG and give ${instead}${page}.`;
}
