import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { ImageError } from '../../../src/image';
import { decodePng } from '../../../src/node/decode-png';
import { pngParts } from '../../../src/node/png-parts';
import { pngRows, rowBytes } from '../../../src/node/png-rows';
import { hugePng } from '../../e2e/support/pictures';
import { chunk, pngOf, pngOfChunks, scanlines } from '../../support/png';
import { EDGE_SIZE, PNG_COLOUR_EDGES, PNG_EDGES } from '../../support/png-edges';
import { PNG_KINDS } from '../../support/png-kinds';

/** Which pixel of the stored 4 x 2 each pixel of the turned picture is, row by row (Exif 2.32, table 4, orientation). */
const turnedPlaces: Readonly<Record<number, readonly number[]>> = {
  1: [0, 1, 2, 3, 4, 5, 6, 7],
  2: [3, 2, 1, 0, 7, 6, 5, 4],
  3: [7, 6, 5, 4, 3, 2, 1, 0],
  4: [4, 5, 6, 7, 0, 1, 2, 3],
  5: [0, 4, 1, 5, 2, 6, 3, 7],
  6: [4, 0, 5, 1, 6, 2, 7, 3],
  7: [7, 3, 6, 2, 5, 1, 4, 0],
  8: [3, 7, 2, 6, 1, 5, 0, 4],
};

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

  it.each(PNG_EDGES)('turns as Exif says, or refuses: $what', ({ bytes, turn }) => {
    if (turn === null) {
      expect(failure(bytes)).toMatchObject({ code: 'undecodable' });
      return;
    }
    const { width, height, data } = decodePng(bytes);
    expect([width, height]).toEqual(turn < 5 ? EDGE_SIZE : EDGE_SIZE.toReversed());
    const red = Array.from({ length: width * height }, (_, i) => data[4 * i]);
    expect(red).toEqual(turnedPlaces[turn]?.map((place) => 30 * place));
  });

  it('refuses what browsers refuse of palettes', () => {
    for (const { what, bytes, turn } of PNG_COLOUR_EDGES) {
      if (turn === null) expect(failure(bytes), what).toMatchObject({ code: 'undecodable' });
      else expect(decodePng(bytes).data, what).toHaveLength(32);
    }
  });

  it('unpacks no more of a small interlaced picture than its pixels', () => {
    const endless = deflateSync(Buffer.alloc(60e6));
    const bytes = pngOfChunks({ width: 8, height: 8, depth: 8, colour: 'grey', interlaced: true }, [
      chunk('IDAT', endless),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    const parts = pngParts(bytes);
    expect(parts && rowBytes(parts)).toBe(64 + 15);
    expect(parts && pngRows(parts)).toHaveLength(79);
    expect(decodePng(bytes).data).toHaveLength(256);
  });

  it('refuses a huge picture before unpacking it', () => {
    expect(failure(hugePng(20_000, 20_000).bytes)).toMatchObject({ code: 'too_large' });
  });
});
