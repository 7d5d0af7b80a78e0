import { deflateSync } from 'node:zlib';
import { adam7, chunk, damagedChunk, exif, type PngParts, pngOfChunks, scanlines } from './png';

/** PNG files at the edges of the format; `turn`: the orientation that a browser gives it, null where it refuses the file. */
export interface PngEdge {
  readonly what: string;
  readonly bytes: Buffer;
  readonly turn: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | null;
}

const [WIDTH, HEIGHT] = [4, 2];
const header: Omit<PngParts, 'rows'> = { width: WIDTH, height: HEIGHT, depth: 8, colour: 'rgb' };

/** Every pixel differs. */
const edgePixel = (x: number, y: number): [number, number, number] => [
  30 * (WIDTH * y + x),
  30 * (WIDTH * y + x) + 5,
  30 * (WIDTH * y + x) + 10,
];
export const EDGE_SIZE = [WIDTH, HEIGHT] as const;

const rows = scanlines(WIDTH, HEIGHT, 8, edgePixel);
const packed = deflateSync(rows);
const data = chunk('IDAT', packed);
const end = chunk('IEND', Buffer.alloc(0));
const words = chunk('tEXt', Buffer.from('a\0b'));
const pixels = (stream: Buffer): Buffer => chunk('IDAT', stream);
const turning = (
  orientation: number,
  ...rest: Parameters<typeof exif> extends [number, ...infer R] ? R : never
) => chunk('eXIf', exif(orientation, ...rest));
const edge = (what: string, turn: PngEdge['turn'], ...chunks: readonly Buffer[]): PngEdge => ({
  what,
  turn,
  bytes: pngOfChunks(header, chunks),
});

/** Exif data whose first directory points to that of Exif's own tags, which holds the orientation. */
function nested(orientation: number): Buffer {
  const outer = exif(0, { tag: 0x8769, type: 4 });
  outer.writeUInt32BE(outer.length, 18);
  return Buffer.concat([outer, exif(orientation).subarray(8)]);
}

/** As Chromium 156 took them; `png-decoder.spec.ts` compares with the browser at hand. */
export const PNG_EDGES: readonly PngEdge[] = [
  edge('plain', 1, data, end),
  ...([1, 2, 3, 4, 5, 6, 7, 8] as const).map((o) => edge(`orientation ${o}`, o, turning(o), data, end)),
  edge('orientation 0', 1, turning(0), data, end),
  edge('orientation 9', 1, turning(9), data, end),
  edge('little-endian Exif', 6, turning(6, { isLittle: true }), data, end),
  edge('Exif behind the pixels', 1, data, turning(6), end),
  edge('damaged Exif', 1, damagedChunk('eXIf', exif(6)), data, end),
  edge('damaged Exif before a good one', 3, damagedChunk('eXIf', exif(6)), turning(3), data, end),
  edge('Exif twice', 6, turning(6), turning(3), data, end),
  edge('Exif that is none, before some', 1, chunk('eXIf', Buffer.from('hello')), turning(3), data, end),
  edge('Exif cut off within its entry', 1, chunk('eXIf', exif(6).subarray(0, 20)), data, end),
  edge('Exif cut off behind its entry', 6, chunk('eXIf', exif(6).subarray(0, 22)), data, end),
  edge('an orientation of 32 bits', 1, turning(6, { type: 4 }), data, end),
  edge('two orientations in an entry', 1, turning(6, { count: 2 }), data, end),
  edge('an orientation in the inner directory', 6, chunk('eXIf', nested(6)), data, end),
  edge('no pixels', null, end),
  edge('an empty stream of pixels', null, pixels(Buffer.alloc(0)), end),
  edge('one row of two', null, pixels(deflateSync(rows.subarray(0, rows.length / 2))), end),
  edge('a byte too few', null, pixels(deflateSync(rows.subarray(0, -1))), end),
  edge('bytes too many', 1, pixels(deflateSync(Buffer.concat([rows, rows]))), end),
  edge('a stream cut off', null, pixels(packed.subarray(0, -8)), end),
  edge('a stream without its checksum', 1, pixels(packed.subarray(0, -4)), end),
  edge('something behind the stream', 1, pixels(Buffer.concat([packed, Buffer.from('xxxx')])), end),
  edge('a stream in two chunks', 1, pixels(packed.subarray(0, 5)), pixels(packed.subarray(5)), end),
  edge(
    'words within the stream',
    null,
    pixels(packed.subarray(0, 5)),
    words,
    pixels(packed.subarray(5)),
    end,
  ),
  edge(
    'an unknown filter',
    null,
    pixels(deflateSync(Buffer.from(rows.map((byte, i) => (i === 0 ? 9 : byte))))),
    end,
  ),
  edge('damaged pixels', null, damagedChunk('IDAT', packed), end),
  edge('damaged words', 1, damagedChunk('tEXt', Buffer.from('a\0b')), data, end),
  edge('a damaged end', 1, data, damagedChunk('IEND', Buffer.alloc(0))),
  edge('no end', null, data),
  edge('something behind the end', 1, data, end, Buffer.from('hello')),
  edge('an unknown chunk that matters', null, chunk('ABCD', Buffer.from('x')), data, end),
  edge('a second header', null, pngOfChunks(header, []).subarray(8), data, end),
  {
    what: 'an interlaced picture whose stream goes on for a thousand pictures',
    turn: 1,
    bytes: pngOfChunks({ ...header, interlaced: true }, [
      pixels(deflateSync(Buffer.concat([adam7(WIDTH, HEIGHT, edgePixel), Buffer.alloc(1000 * rows.length)]))),
      end,
    ]),
  },
  {
    what: 'an interlaced picture whose passes are missing',
    turn: null,
    bytes: pngOfChunks({ ...header, interlaced: true }, [pixels(deflateSync(rows.subarray(0, 9))), end]),
  },
];

const INDICES = Buffer.from([0, 0, 1, 2, 3, 0, 0, 1, 2, 3]);
const indexed = (what: string, turn: 1 | null, ...chunks: readonly Buffer[]): PngEdge => ({
  what,
  turn,
  bytes: pngOfChunks({ ...header, colour: 'palette' }, [...chunks, pixels(deflateSync(INDICES)), end]),
});
const grey = (what: string, ...chunks: readonly Buffer[]): PngEdge => ({
  what,
  turn: 1,
  bytes: pngOfChunks({ ...header, colour: 'grey' }, [...chunks, pixels(deflateSync(INDICES)), end]),
});
const palette = chunk('PLTE', Buffer.from([10, 11, 12, 13, 14, 15, 16, 17, 18]));

/** Of palettes and opacity: which colours there are is for the browser to say. */
export const PNG_COLOUR_EDGES: readonly PngEdge[] = [
  indexed('a pixel beyond the palette', 1, palette),
  indexed('a pixel beyond a palette with opacity', 1, palette, chunk('tRNS', Buffer.from([255, 255, 128]))),
  indexed('more opacities than colours', 1, palette, chunk('tRNS', Buffer.alloc(5, 128))),
  indexed('opacities before the palette', 1, chunk('tRNS', Buffer.from([128])), palette),
  indexed('a palette that ends within a colour', 1, chunk('PLTE', Buffer.alloc(8, 9))),
  indexed('no palette', null),
  indexed('an empty palette', null, chunk('PLTE', Buffer.alloc(0))),
  indexed('two palettes', null, palette, palette),
  indexed('a damaged palette', null, damagedChunk('PLTE', Buffer.alloc(9, 9))),
  grey('a transparent grey', chunk('tRNS', Buffer.from([0, 1]))),
  grey('a transparent grey with more bits than there are', chunk('tRNS', Buffer.from([1, 1]))),
  grey('a transparent grey cut off', chunk('tRNS', Buffer.from([1]))),
  grey('a damaged transparent grey', damagedChunk('tRNS', Buffer.from([0, 1]))),
  grey('a palette of a grey picture', palette),
];
