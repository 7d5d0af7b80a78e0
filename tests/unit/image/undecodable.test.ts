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

  it('is decoded where it is a PNG', () => {
    expect(decodeGiven(PNG_KINDS['grey, 8 bits'] as Buffer)).toMatchObject({ width: 28, height: 28 });
  });
});
