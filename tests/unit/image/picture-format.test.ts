import { describe, expect, it } from 'vitest';
import { PICTURE_FORMATS, type PictureFormat, pictureFormat } from '../../../src/image';

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const file = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from([...parts.flatMap((part) => (typeof part === 'string' ? letters(part) : part))]);

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

const ICO_ENTRY = [16, 16, 0, 0, 1, 0, 32, 0, 0, 1, 0, 0, 22, 0, 0, 0];

describe('the format of a picture by its first bytes', () => {
  it.each<[PictureFormat, string, Uint8Array]>([
    ['png', 'its signature', file([0x89], 'PNG\r\n', [0x1a], '\n')],
    ['jpeg', 'JFIF', file([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF')],
    ['jpeg', 'Exif', file([0xff, 0xd8, 0xff, 0xe1])],
    ['gif', 'version 89a', file('GIF89a')],
    ['webp', 'RIFF', file('RIFF', [4, 3, 2, 1], 'WEBPVP8 ')],
    ['bmp', 'the header of 40 bytes', file('BM', [70, 0, 0, 0], zeros(4), [54, 0, 0, 0, 40, 0, 0, 0])],
    ['ico', 'an icon', file([0, 0, 1, 0, 1, 0], ICO_ENTRY)],
    ['ico', 'a cursor', file([0, 0, 2, 0, 1, 0], ICO_ENTRY)],
    ['avif', 'the main brand', file([0, 0, 0, 20], 'ftypavif', zeros(4), 'mif1')],
    ['avif', 'another brand', file([0, 0, 0, 24], 'ftypmif1', zeros(4), 'mif1avif')],
    ['heic', 'a phone’s photo', file([0, 0, 0, 24], 'ftypheic', zeros(4), 'mif1heic')],
    ['tiff', 'little-endian', file('II*', [0])],
    ['tiff', 'big-endian', file('MM', [0], '*')],
    ['jpeg-xl', 'a bare stream', file([0xff, 0x0a, 1])],
    ['jpeg-2000', 'a box', file([0, 0, 0, 12], 'jP  \r\n', [0x87], '\n')],
    ['photoshop', 'its signature', file('8BPS', [0, 1])],
    ['netpbm', 'grey bytes', file('P5\n# by hand\n2 2 255\n')],
    ['qoi', 'its signature', file('qoif', zeros(10))],
    ['dicom', 'after its preamble', file(zeros(128), 'DICM')],
    ['svg', 'bare', file('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [
      'svg',
      'behind what may come before',
      file([0xef, 0xbb, 0xbf], '<?xml version="1.0"?>\n<!-- <p> -->\n<!DOCTYPE svg>\n<svg>'),
    ],
  ])('is %s: %s', (format, _what, bytes) => {
    expect(pictureFormat(bytes)).toBe(format);
    expect(PICTURE_FORMATS[format].name).not.toBe('');
  });

  it.each([
    ['nothing', file()],
    ['a text that begins as a BMP', file('BMW is a maker of cars, and more letters follow')],
    ['a web page with a drawing', file('<!DOCTYPE html><html><svg></svg></html>')],
    ['a comment without an end', file('<!-- <svg>')],
    ['a film', file([0, 0, 0, 20], 'ftypmp42', zeros(4), 'isom')],
    ['images as IDX', file([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1], zeros(12))],
    ['a zip', file('PK', [3, 4])],
    ['a text that begins as a PGM', file('P5 is a prime')],
  ])('is none for %s', (_what, bytes) => {
    expect(pictureFormat(bytes)).toBeNull();
  });
});
