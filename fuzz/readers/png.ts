import { deflateSync } from 'node:zlib';
import type { RgbaImage } from '../../src/image';
import { decodePng } from '../../src/node/decode-png';
import type { Reader, Trial } from '../reader';
import { firstDifference, firstOf, joined } from '../support/bytes';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import {
  anyPicture,
  chunk,
  chunksBefore,
  compressed,
  type Picture,
  pngOf,
  rawRows,
  rgbaOf,
} from '../support/png';
import { deflatedZeros } from '../support/zeros';

function nonsenseIn({ width, height, data }: RgbaImage): string | null {
  const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  return isSize && data.length === 4 * width * height ? null : `${data.length} bytes of ${width}x${height}`;
}

const differenceOf = (found: RgbaImage, known: Picture): string | null =>
  firstOf(
    nonsenseIn(found),
    firstDifference('side', [found.width, found.height], [known.width, known.height]),
    firstDifference('value', found.data, rgbaOf(known)),
  );

/** zlib's two bytes, then the deflated ones; no checksum is reached. */
const zlibOf = (raw: Uint8Array): Uint8Array => joined(Uint8Array.of(0x78, 0x9c), raw);

const GREY = { depth: 8, colour: 0, interlaced: false } as const;

/** Files that promise pixels that are not there, or hold more than they promise. */
const BOMBS: Readonly<Record<string, (dice: Dice) => Uint8Array>> = {
  'no pixels at all': (dice) =>
    pngOf({ ...GREY, width: 28, height: 28 }, [], deflateSync(new Uint8Array()), dice),
  'too few rows': (dice) =>
    pngOf({ ...GREY, width: 28, height: 28 }, [], deflateSync(new Uint8Array(29 * 5)), dice),
  'a row too few, interlaced': (dice) => {
    const picture = { ...anyPicture(dice), interlaced: true };
    const rows = rawRows(picture, dice);
    return pngOf(picture, chunksBefore(picture, dice), compressed(rows.subarray(0, -1), dice), dice);
  },
  '8000 x 8000 without pixels': (dice) =>
    pngOf({ ...GREY, width: 8000, height: 8000 }, [], deflateSync(new Uint8Array(10)), dice),
  '2^31 x 2^31': (dice) =>
    pngOf({ ...GREY, width: 2 ** 31 - 1, height: 2 ** 31 - 1 }, [], deflateSync(new Uint8Array(10)), dice),
  'no width': (dice) => pngOf({ ...GREY, width: 0, height: 5 }, [], deflateSync(new Uint8Array(5)), dice),
  'an unknown depth': (dice) =>
    pngOf({ ...GREY, depth: 3, width: 2, height: 2 }, [], deflateSync(new Uint8Array(6)), dice),
  'an unknown colour type': (dice) =>
    pngOf({ ...GREY, colour: 5, width: 2, height: 2 }, [], deflateSync(new Uint8Array(6)), dice),
  'an unknown filter': (dice) =>
    pngOf({ ...GREY, width: 1, height: 1 }, [], deflateSync(Uint8Array.of(9, 0)), dice),
  'a palette without colours': (dice) =>
    pngOf({ ...GREY, colour: 3, width: 1, height: 1 }, [], deflateSync(new Uint8Array(2)), dice),
};

/** What a browser reads all the same, or does not: only cost and sense are judged. */
const ODDITIES: Readonly<Record<string, (dice: Dice) => Uint8Array>> = {
  'a pixel beyond its palette': (dice) =>
    pngOf(
      { ...GREY, colour: 3, width: 1, height: 1 },
      [chunk('PLTE', new Uint8Array(3))],
      deflateSync(Uint8Array.of(0, 7)),
      dice,
    ),
  '1 GB of pixels for 8 x 8': (dice) =>
    pngOf({ ...GREY, width: 8, height: 8 }, [], zlibOf(deflatedZeros(1024)), dice),
  '3 GB of pixels for 8 x 8, interlaced': (dice) =>
    pngOf({ ...GREY, width: 8, height: 8, interlaced: true }, [], zlibOf(deflatedZeros(3072)), dice),
};

function generate(dice: Dice): Trial<Uint8Array, RgbaImage> {
  const trial = (
    kind: string,
    input: Uint8Array,
    rest: Pick<Trial<Uint8Array, RgbaImage>, 'expected' | 'check'>,
  ) => ({
    kind,
    input,
    files: { 'input.png': input },
    ...rest,
  });
  const picture = anyPicture(dice);
  const rows = rawRows(picture, dice);
  const before = chunksBefore(picture, dice);
  const file = pngOf(picture, before, compressed(rows, dice), dice);
  if (dice.chance(0.45)) {
    return trial(`valid, colour type ${picture.colour}, ${picture.depth} bits`, file, {
      expected: 'accepted',
      check: (found) => differenceOf(found, picture),
    });
  }
  if (dice.chance(0.15)) {
    const kind = dice.pick(Object.keys(BOMBS));
    return trial(kind, (BOMBS[kind] as (typeof BOMBS)[string])(dice), {
      expected: 'refused',
      check: nonsenseIn,
    });
  }
  if (dice.chance(0.01)) {
    const kind = dice.pick(Object.keys(ODDITIES));
    return trial(kind, (ODDITIES[kind] as (typeof ODDITIES)[string])(dice), {
      expected: 'either',
      check: nonsenseIn,
    });
  }
  if (dice.chance(0.3)) {
    // Checksums that fit, so that what is behind them is reached.
    const pixels = dice.chance(0.5) ? damaged(compressed(rows, dice), dice) : damaged(rows, dice);
    const isWhole = pixels.value.length === rows.length || dice.chance(0.5);
    const data = isWhole ? compressed(pixels.value, dice) : pixels.value;
    return trial(`pixels damaged: ${pixels.how}`, pngOf(picture, before, data, dice), {
      expected: 'either',
      check: nonsenseIn,
    });
  }
  const broken = damaged(file, dice);
  return trial(`damaged: ${broken.how}`, broken.value, {
    expected: 'either',
    // Every chunk has its CRC, so that what is still accepted is what it was; a damaged tRNS is ignored, as in browsers.
    check: (found) => {
      const why = differenceOf(found, picture);
      return why === null ? null : differenceOf(found, { ...picture, transparent: null });
    },
  });
}

/** The command line's decoder of PNG files. */
export const png: Reader<Uint8Array, RgbaImage> = {
  id: 'png',
  share: 9,
  floors: { accepted: 0.3, refused: 0.2, codes: ['undecodable'] },
  generate,
  read: decodePng,
};
