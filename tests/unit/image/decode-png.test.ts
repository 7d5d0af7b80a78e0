import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { ImageError } from '../../../src/image';
import { decodePng } from '../../../src/node/decode-png';
import { hugePng } from '../../e2e/support/pictures';
import { pngOf, scanlines } from '../../support/png';
import { PNG_KINDS } from '../../support/png-kinds';

const failure = (bytes: Uint8Array): unknown => {
  try {
    decodePng(bytes);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('decodePng', () => {
  it('keeps every opaque pixel as it is stored', () => {
    const bytes = fc.uint8Array({ minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(bytes, (rgb) => {
        const png = new PNG({ width: 2, height: 2 });
        for (let i = 0; i < 4; i++) png.data.set([...rgb.subarray(3 * i, 3 * i + 3), 255], 4 * i);
        const { width, height, data } = decodePng(PNG.sync.write(png));
        expect([width, height, [...data]]).toEqual([2, 2, [...png.data]]);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('cuts 16 bits to the upper 8', () => {
    const rows = scanlines(256, 256, 16, (x, y) => [256 * y + x]);
    const { data } = decodePng(pngOf({ width: 256, height: 256, depth: 16, colour: 'grey', rows }));
    for (let i = 0; i < 65_536; i++) expect(data[4 * i]).toBe(i >> 8);
  });

  it('rounds colours under every opacity as Chromium 156 did', () => {
    const rows = scanlines(256, 256, 8, (x, y) => [x, y]);
    const { data } = decodePng(pngOf({ width: 256, height: 256, depth: 8, colour: 'greyAlpha', rows }));
    // What getImageData gave for this picture, drawn on a canvas; cli.spec.ts compares with the browser at hand.
    expect(createHash('sha256').update(data).digest('hex')).toBe(
      '906f0efb4d3343ead2f1b23f94866dae85025fd21344c717e6491e90ffdbe09f',
    );
    for (let i = 0; i < 256; i++) expect([...data.subarray(4 * i, 4 * i + 4)]).toEqual([0, 0, 0, 0]);
  });

  it('gives 28 x 28 pixels of every kind', () => {
    for (const [kind, bytes] of Object.entries(PNG_KINDS)) {
      const { data } = decodePng(bytes);
      expect(data.length, kind).toBe(4 * 28 * 28);
      expect(new Set(data).size, kind).toBeGreaterThan(1);
    }
  });

  it('refuses what is cut off anywhere, and what is damaged', () => {
    const whole = PNG_KINDS['grey, 8 bits'] as Buffer;
    for (let length = 0; length < whole.length - 12; length++) {
      expect(failure(whole.subarray(0, length))).toBeInstanceOf(ImageError);
    }
    const damaged = Buffer.from(whole);
    damaged[60] = (damaged[60] as number) ^ 0xff;
    expect(failure(damaged)).toMatchObject({ code: 'undecodable' });
  });

  it('refuses a huge picture before unpacking it', () => {
    expect(failure(hugePng(20_000, 20_000).bytes)).toMatchObject({ code: 'too_large' });
  });
});
