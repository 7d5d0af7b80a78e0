import { constants, crc32, deflateSync } from 'node:zlib';
import { joined } from './bytes';
import type { Dice } from './dice';

/** PNG files of every kind, with the pixels that they mean. */

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

type ColourType = 0 | 2 | 3 | 4 | 6;
const CHANNELS: Readonly<Record<ColourType, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<ColourType, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export function chunk(type: string, data: Uint8Array, crc?: number): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc ?? crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

export interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

function headerChunk({ width, height, depth, colour, interlaced }: Header): Uint8Array {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, colour, 0, 0, Number(interlaced)], 8);
  return chunk('IHDR', data);
}

/** First column and row of each pass, then the steps across and down. */
const PASSES: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

export interface Picture extends Header {
  /** Row-major, the channels of a pixel side by side; for a palette its numbers. */
  readonly samples: readonly number[];
  /** Three values a colour. */
  readonly palette: Uint8Array;
  /** A palette's opacities, or the one transparent grey or colour. */
  readonly transparent: readonly number[] | null;
}

export function anyPicture(dice: Dice): Picture {
  const colour = dice.pick<ColourType>([0, 2, 3, 4, 6]);
  const depth = dice.pick(DEPTHS[colour]);
  const [width, height] = [dice.between(1, 12), dice.between(1, 12)];
  const colours = colour === 3 ? dice.between(1, 2 ** depth) : 0;
  const most = colour === 3 ? colours : 2 ** depth;
  const length = width * height * CHANNELS[colour];
  const samples = dice.list(length, () => dice.below(most));
  const isTransparent = dice.chance(0.3);
  const pixel = dice.below(width * height);
  const transparent =
    !isTransparent || colour === 4 || colour === 6
      ? null
      : colour === 3
        ? dice.list(dice.between(1, colours), () => dice.pick([0, 255]))
        : samples.slice(pixel * CHANNELS[colour], (pixel + 1) * CHANNELS[colour]);
  if (colour === 4 || colour === 6) makeOpacitiesPlain(samples, CHANNELS[colour], most - 1, dice);
  const palette = dice.bytes(3 * colours);
  return { width, height, depth, colour, interlaced: dice.chance(0.3), samples, palette, transparent };
}

/** Nothing or all: between them a canvas rounds colours in a way of its own. */
function makeOpacitiesPlain(samples: number[], channels: number, most: number, dice: Dice): void {
  for (let i = channels - 1; i < samples.length; i += channels) samples[i] = dice.chance(0.2) ? 0 : most;
}

/** Scanlines of the pixels in these columns and rows, each with a filter byte. */
function scanlines(
  picture: Picture,
  columns: readonly number[],
  rows: readonly number[],
  dice: Dice,
): Uint8Array {
  const { width, depth, colour, samples } = picture;
  const channels = CHANNELS[colour as ColourType];
  const bits = depth * channels;
  const bytesPerPixel = Math.max(1, bits >> 3);
  const length = Math.ceil((columns.length * bits) / 8);
  const lines: Uint8Array[] = [];
  let above = new Uint8Array(length);
  for (const y of rows) {
    const line = new Uint8Array(length);
    let bit = 0;
    for (const x of columns) {
      for (let c = 0; c < channels; c++) {
        const value = samples[(y * width + x) * channels + c] as number;
        if (depth === 16) line.set([value >> 8, value & 255], bit >> 3);
        else line[bit >> 3] = (line[bit >> 3] as number) | (value << (8 - depth - (bit & 7)));
        bit += depth;
      }
    }
    const filter = dice.below(5);
    lines.push(Uint8Array.of(filter), filtered(line, above, filter, bytesPerPixel));
    above = line;
  }
  return joined(...lines);
}

/** A line less what its filter (PNG, section 9.2) predicts. */
function filtered(line: Uint8Array, above: Uint8Array, filter: number, step: number): Uint8Array {
  return line.map((value, i) => {
    const a = i >= step ? (line[i - step] as number) : 0;
    const b = above[i] as number;
    const c = i >= step ? (above[i - step] as number) : 0;
    return value - predicted(filter, a, b, c);
  });
}

function predicted(filter: number, a: number, b: number, c: number): number {
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return (a + b) >> 1;
  if (filter !== 4) return 0;
  const estimate = a + b - c;
  const [pa, pb, pc] = [a, b, c].map((value) => Math.abs(estimate - value)) as [number, number, number];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

const steps = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / by)) }, (_, i) => from + i * by);

/** The scanlines of a picture before they are compressed. */
export function rawRows(picture: Picture, dice: Dice): Uint8Array {
  const { width, height, interlaced } = picture;
  if (!interlaced) return scanlines(picture, steps(0, width, 1), steps(0, height, 1), dice);
  const passes = PASSES.map(
    ([left, top, right, down]) => [steps(left, width, right), steps(top, height, down)] as const,
  );
  const filled = passes.filter(([columns, rows]) => columns.length > 0 && rows.length > 0);
  return joined(...filled.map(([columns, rows]) => scanlines(picture, columns, rows, dice)));
}

export const compressed = (rows: Uint8Array, dice: Dice): Uint8Array =>
  Uint8Array.from(
    deflateSync(rows, {
      level: dice.below(10),
      strategy: dice.pick([constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY]),
    }),
  );

/** Chunks that say nothing about pixels. */
const remarks = (dice: Dice): Uint8Array[] =>
  dice
    .some(
      [
        () => chunk('tEXt', Uint8Array.of(65, 0, 66)),
        () => chunk('pHYs', Uint8Array.of(0, 0, 11, 19, 0, 0, 11, 19, 1)),
        () => chunk('tIME', Uint8Array.of(7, 230, 1, 1, 0, 0, 0)),
        () => chunk('prVt', dice.bytes(5)),
      ],
      0.2,
    )
    .map((make) => make());

/** Opacities, or the transparent colour in two bytes a channel. */
function transparencyChunk({ colour, transparent }: Picture): Uint8Array[] {
  if (transparent === null) return [];
  const data = colour === 3 ? transparent : transparent.flatMap((value) => [value >> 8, value & 255]);
  return [chunk('tRNS', Uint8Array.from(data))];
}

/** The chunks between header and pixels. */
export const chunksBefore = (picture: Picture, dice: Dice): Uint8Array[] => [
  ...remarks(dice),
  ...(picture.colour === 3 ? [chunk('PLTE', picture.palette)] : []),
  ...transparencyChunk(picture),
];

/** A file of the chunks, its pixels in one IDAT or in several. */
export function pngOf(
  header: Header,
  before: readonly Uint8Array[],
  pixels: Uint8Array,
  dice: Dice,
): Uint8Array {
  const cuts = dice.chance(0.3) ? dice.list(dice.between(1, 3), () => dice.below(pixels.length)) : [];
  const places = [0, ...cuts.sort((a, b) => a - b), pixels.length];
  const parts = places.slice(1).map((end, i) => chunk('IDAT', pixels.subarray(places[i], end)));
  return joined(
    SIGNATURE,
    headerChunk(header),
    ...before,
    ...parts,
    ...remarks(dice),
    chunk('IEND', new Uint8Array()),
  );
}

/** The pixels as RGBA bytes: 16 bits cut to 8, fewer stretched to 8, what is transparent black. */
export function rgbaOf(picture: Picture): Uint8Array {
  const { width, height, depth, colour, samples, palette, transparent } = picture;
  const channels = CHANNELS[colour as ColourType];
  const byte = (value: number): number =>
    depth === 16 ? value >> 8 : Math.round((255 * value) / (2 ** depth - 1));
  const rgba = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const pixel = samples.slice(i * channels, (i + 1) * channels);
    const isTransparent = colour !== 3 && transparent !== null && transparent.join() === pixel.join();
    const number = pixel[0] as number;
    const colours =
      colour === 3
        ? [...palette.subarray(3 * number, 3 * number + 3)]
        : (colour === 0 || colour === 4 ? [number, number, number] : pixel.slice(0, 3)).map(byte);
    const own = colour === 4 || colour === 6 ? byte(pixel.at(-1) as number) : 255;
    const opacity = colour === 3 ? (transparent?.[number] ?? 255) : isTransparent ? 0 : own;
    rgba.set(opacity === 0 ? [0, 0, 0, 0] : [...colours, opacity], 4 * i);
  }
  return rgba;
}
