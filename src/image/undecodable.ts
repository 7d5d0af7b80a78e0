import { dataFormat } from './data-format';
import { ImageError } from './errors';
import { PICTURE_FORMATS, pictureFormat } from './picture-format';

/** Makes the error of a file that the browser did not decode, by what it holds: its format, and a way on. */
export function whyUndecodable(bytes: Uint8Array): ImageError {
  return new ImageError('undecodable', sentence(bytes));
}

function sentence(bytes: Uint8Array): string {
  const format = pictureFormat(bytes);
  const data = format === null ? dataFormat(bytes) : null;
  if (data !== null) {
    return `This file could not be read as an image: by its first bytes it is a data set or a part of one (${data}), which the view “Data set” reads; here, choose a PNG, JPEG, WebP, GIF or BMP picture.`;
  }
  if (format === null) {
    return 'This file could not be read as an image; choose a PNG, JPEG, WebP, GIF or BMP picture.';
  }
  const { name, isDecoded } = PICTURE_FORMATS[format];
  if (format === 'svg') {
    return 'This file is a drawing in the format SVG, which has no pixels yet; export it as PNG and take that.';
  }
  if (!isDecoded) {
    return `This picture is in the format ${name}, which browsers do not read; save it as PNG or JPEG and take that.`;
  }
  return `This ${name} picture could not be read as an image: it is damaged or cut off, or of a kind that this browser does not know; save it anew as PNG.`;
}
