import { describe, expect, it } from 'vitest';
import { whyUndecodable } from '../../../src/image';
import { decodeGiven } from '../../../src/node/decode-given';
import { PNG_KINDS } from '../../support/png-kinds';

const start = (text: string): Uint8Array => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(200)]);

const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['SVG', Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['TIFF', start('II*\0')],
  ['HEIC', start('\0\0\0\x18ftypheic\0\0\0\0')],
  ['AVIF', start('\0\0\0\x18ftypavif\0\0\0\0')],
  ['JPEG', start('\xff\xd8\xff\xe0')],
  ['WebP', start('RIFF\0\0\0\0WEBP')],
  ['GIF', start('GIF89a')],
];

describe('a picture that is not decoded', () => {
  it.each(FILES)('is named by its contents: %s', (name, bytes) => {
    const onPage = whyUndecodable(bytes);
    expect(onPage.code).toBe('undecodable');
    expect(onPage.message).toMatch(new RegExp(`\\b${name}\\b.*PNG`));
    expect(() => decodeGiven(bytes)).toThrow(new RegExp(`in the format ${name}; save it as PNG`));
  });

  it('is no picture where it is none', () => {
    expect(whyUndecodable(Buffer.from('Dear diary')).message).toMatch(/could not be read as an image/);
    expect(() => decodeGiven(Buffer.from('Dear diary'))).toThrow(/is no picture; give a PNG/);
  });

  it.each([
    ['NumPy array', start('\x93NUMPY\x01\0')],
    ['npz', start('PK\x03\x04')],
    ['gzip', start('\x1f\x8b\x08')],
    ['IDX', start('\0\0\x08\x03')],
    ['IDX', start('\0\0\x0d\x01')],
    ['Parquet', start('PAR1')],
  ])('is a data set where it begins as one, whose place is named: %s', (name, bytes) => {
    expect(whyUndecodable(bytes).message).toMatch(new RegExp(`data set.*${name}.*the view “Data set”`));
  });

  it.each([start('\0\0\x08\x00'), start('\0\0\x07\x03'), start('PK\x05'), new Uint8Array(0)])(
    'is no data set where it only resembles one',
    (bytes) => {
      expect(whyUndecodable(bytes).message).not.toMatch(/data set/);
    },
  );

  it('is decoded where it is a PNG', () => {
    expect(decodeGiven(PNG_KINDS['grey, 8 bits'] as Buffer)).toMatchObject({ width: 28, height: 28 });
  });
});
