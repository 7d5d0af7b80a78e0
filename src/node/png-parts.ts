import { crc32 } from '../archives';

/** What of a PNG file decides its pixels, as Chromium takes it. */
export interface PngParts {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  /** Number of the colour type: 0 grey, 2 RGB, 3 palette, 4 grey with opacity, 6 RGBA. */
  readonly colour: number;
  readonly isInterlaced: boolean;
  /** Red, green and blue of each colour; empty without a palette. */
  readonly palette: Uint8Array;
  /** The chunk tRNS; null if there is none that counts. */
  readonly transparency: Uint8Array | null;
  /** The chunk eXIf; null if there is none that counts. */
  readonly exif: Uint8Array | null;
  /** The zlib stream of the rows. */
  readonly packed: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_BYTES = 13;
const MOST_COLOURS = 256;
/** Depths that each colour type may have (PNG specification, section 11.2.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Whether the bytes begin as a PNG file does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  readonly isIntact: boolean;
}

/** The chunks in their order; the last has no data if the file ends within them. Null ends a file that ends within a name. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk | null> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; ; ) {
    if (at + 8 > bytes.length) {
      yield null;
      return;
    }
    const end = at + 8 + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const isWhole = end + 4 <= bytes.length;
    const body = isWhole ? bytes.subarray(at + 4, end) : new Uint8Array();
    yield { type, data: body.subarray(4), isIntact: isWhole && crc32(body) === view.getUint32(end) };
    if (!isWhole) return;
    at = end + 4;
  }
}

const isCritical = (type: string): boolean => /^[A-Z]/.test(type);

/**
 * Reads a PNG's chunks up to the end of its pixels. As in Chromium, damaged words about the picture are passed over, what
 * comes after the pixels counts for nothing, and damage to what decides them is an error.
 * @returns null if it is damaged
 */
export function pngParts(bytes: Uint8Array): PngParts | null {
  if (!isPng(bytes)) return null;
  const chunks = chunksOf(bytes);
  const first = chunks.next().value ?? null;
  const header = first?.type === 'IHDR' && first.isIntact ? readHeader(first.data) : null;
  if (header === null) return null;
  const found: { palette?: Uint8Array; transparency?: Uint8Array; exif?: Uint8Array } = {};
  const packed: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (chunk?.type !== 'IDAT' && packed.length > 0) {
      // Every byte of the pixels is there once the name of a next chunk is.
      return chunk === null ? null : assembled(header, found, packed);
    }
    if (chunk === null) return null;
    const { type, data, isIntact } = chunk;
    if (isCritical(type) && !isIntact) return null;
    if (type === 'IDAT') packed.push(data);
    else if (type === 'PLTE') {
      if (found.palette !== undefined) return null;
      found.palette = data;
    } else if (type === 'tRNS') {
      if (isIntact && isTransparency(header, data, found.palette)) found.transparency ??= data;
    } else if (type === 'eXIf') {
      if (isIntact) found.exif ??= data;
    } else if (isCritical(type)) return null;
  }
  return null;
}

type Header = Pick<PngParts, 'width' | 'height' | 'depth' | 'colour' | 'isInterlaced'>;

function readHeader(data: Uint8Array): Header | null {
  if (data.length !== HEADER_BYTES) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [depth, colour, compression, filter, interlace] = data.subarray(8) as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
  ];
  const isKnown = DEPTHS[colour]?.includes(depth) === true;
  if (!isKnown || compression !== 0 || filter !== 0 || interlace > 1) return null;
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth,
    colour,
    isInterlaced: interlace === 1,
  };
}

function isTransparency({ colour }: Header, data: Uint8Array, palette: Uint8Array | undefined): boolean {
  if (colour === 3) return palette !== undefined && data.length > 0 && data.length <= MOST_COLOURS;
  return data.length === { 0: 2, 2: 6 }[colour];
}

function assembled(
  header: Header,
  { palette, transparency, exif }: { palette?: Uint8Array; transparency?: Uint8Array; exif?: Uint8Array },
  packed: readonly Uint8Array[],
): PngParts | null {
  const parts = {
    ...header,
    palette: new Uint8Array(),
    transparency: transparency === undefined ? null : masked(header, transparency),
    exif: exif ?? null,
    packed: Buffer.concat(packed),
  };
  if (header.colour !== 3) return parts;
  const colours = Math.min(Math.floor((palette?.length ?? 0) / 3), 2 ** header.depth);
  if (palette === undefined || colours === 0) return null;
  return { ...parts, ...filledPalette(palette.subarray(0, 3 * colours), transparency ?? null) };
}

/** A sample that is said to be transparent counts in as many bits as there are. */
function masked({ depth, colour }: Header, transparency: Uint8Array): Uint8Array {
  if (colour === 3 || depth === 16) return transparency;
  return transparency.map((byte, i) => (i % 2 === 0 ? 0 : byte & (2 ** depth - 1)));
}

/** Pixels beyond the palette have its last colour, as Skia fills it. */
function filledPalette(given: Uint8Array, transparency: Uint8Array | null) {
  const count = given.length / 3;
  const place = (i: number): number => Math.min(i, count - 1);
  const palette = Uint8Array.from(
    { length: 3 * MOST_COLOURS },
    (_, i) => given[3 * place(Math.floor(i / 3)) + (i % 3)] as number,
  );
  const opacity =
    transparency && Uint8Array.from({ length: MOST_COLOURS }, (_, i) => transparency[place(i)] ?? 255);
  return { palette, transparency: opacity };
}
