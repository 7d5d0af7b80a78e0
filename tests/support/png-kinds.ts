import { adam7, chunk, exif, type PngParts, pngOf, scanlines } from './png';

type Pixel = (x: number, y: number) => readonly number[];

/** A picture of 28 x 28, which the MNIST preparation keeps as it is: every pixel of it shows in the input. */
const SIZE = 28;

/** A seven: a bar and a slant, in 256 levels with soft edges. */
function level(x: number, y: number): number {
  const bar = y >= 5 && y <= 8 && x >= 6 && x <= 20 ? 255 : 0;
  const slant = Math.max(0, 255 - 90 * Math.abs(x - (20 - 0.55 * (y - 6))));
  return Math.round(Math.max(bar, y >= 6 && y <= 23 ? slant : 0));
}

/** Every opacity, in no order that follows the picture. */
const opacity = (x: number, y: number): number => (37 * (y * SIZE + x) + 11) % 256;
/** Upside down for 16 bits, so that no picture is that of the kind before. */
const turned =
  (pixel: Pixel): Pixel =>
  (x, y) =>
    pixel(SIZE - 1 - x, SIZE - 1 - y);
/** 16 bits whose low byte is not the high one. */
const deep = (value: number, x: number, y: number): number => 256 * value + ((91 * x + 53 * y) % 256);

function uint32(...values: number[]): Buffer {
  const data = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    data.writeUInt32BE(value, 4 * i);
  });
  return data;
}

const make = (
  depth: 8 | 16,
  colour: PngParts['colour'],
  pixel: Pixel,
  chunks: readonly Buffer[] = [],
): Buffer =>
  pngOf({ width: SIZE, height: SIZE, depth, colour, chunks, rows: scanlines(SIZE, SIZE, depth, pixel) });

function oneBit(): Buffer {
  const rows = Buffer.alloc((1 + 4) * SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const place = 5 * y + 1 + (x >> 3);
      if (level(x, y) > 127) rows[place] = (rows[place] as number) | (128 >> (x & 7));
    }
  }
  return pngOf({ width: SIZE, height: SIZE, depth: 1, colour: 'grey', rows });
}

const tinted: Pixel = (x, y) => [level(x, y), level(x, y) >> 1, 255 - level(x, y)];
const palette = Buffer.from(Array.from({ length: 256 }, (_, i) => [i, (i * 3) >> 2, i >> 1]).flat());

/** The same digit in every kind of PNG, with and without words on how its colours are meant. */
export const PNG_KINDS: Readonly<Record<string, Buffer>> = {
  'grey, 1 bit': oneBit(),
  'grey, 8 bits': make(8, 'grey', (x, y) => [level(x, y)]),
  'grey, 8 bits, one level transparent': make(8, 'grey', (x, y) => [level(x, y)], [
    chunk('tRNS', Buffer.from([0, 210])),
  ]),
  'grey, 16 bits': make(
    16,
    'grey',
    turned((x, y) => [deep(level(x, y), x, y)]),
  ),
  'grey with opacity, 8 bits': make(8, 'greyAlpha', (x, y) => [level(x, y), opacity(x, y)]),
  'grey with opacity, 16 bits': make(
    16,
    'greyAlpha',
    turned((x, y) => [deep(level(x, y), x, y), deep(opacity(x, y), y, x)]),
  ),
  'colour, 8 bits': make(8, 'rgb', tinted),
  'colour, 16 bits': make(
    16,
    'rgb',
    turned((x, y) => tinted(x, y).map((value) => deep(value, x, y))),
  ),
  'colour with opacity, 8 bits': make(8, 'rgba', (x, y) => [...tinted(x, y), opacity(x, y)]),
  'colour with opacity, 16 bits': make(
    16,
    'rgba',
    turned((x, y) => [...tinted(x, y), opacity(x, y)].map((value) => deep(value, x, y))),
  ),
  'interlaced colour': pngOf({
    width: SIZE,
    height: SIZE,
    depth: 8,
    colour: 'rgb',
    rows: adam7(SIZE, SIZE, tinted),
    interlaced: true,
  }),
  'palette with opacities': make(8, 'palette', (x, y) => [level(x, y)], [
    chunk('PLTE', palette),
    chunk('tRNS', Buffer.from(Array.from({ length: 200 }, (_, i) => 55 + i))),
  ]),
  'a gamma and primaries of its own': make(8, 'rgb', tinted, [
    chunk('gAMA', uint32(100_000)),
    chunk('cHRM', uint32(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)),
  ]),
  'on its side, by its Exif data': make(8, 'rgb', tinted, [chunk('eXIf', exif(6))]),
  'another colour space': make(8, 'rgb', (x, y) => [...tinted(x, y)].reverse(), [
    chunk('cICP', Buffer.from([9, 16, 0, 1])),
  ]),
};
