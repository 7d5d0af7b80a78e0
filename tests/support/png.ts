import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 } as const;

export interface PngParts {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly colour: keyof typeof COLOURS;
  /** Scanlines, each after a zero for “no filter”. */
  readonly rows: Buffer;
  /** The rows come in the seven passes of `adam7`. */
  readonly interlaced?: boolean;
  /** Between header and pixels, see `chunk`. */
  readonly chunks?: readonly Buffer[];
}

/** A PNG file put together by hand, for the kinds that encoders do not write. */
export function pngOf(parts: PngParts): Buffer {
  const { rows, chunks = [] } = parts;
  return pngOfChunks(parts, [...chunks, chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** Exif data of one directory with an entry; big-endian, as cameras write it. */
export function exif(
  orientation: number,
  { tag = 0x112, type = 3, count = 1, isLittle = false } = {},
): Buffer {
  const data = Buffer.alloc(26);
  const u16 = (value: number, at: number) =>
    isLittle ? data.writeUInt16LE(value, at) : data.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    isLittle ? data.writeUInt32LE(value, at) : data.writeUInt32BE(value, at);
  data.write(isLittle ? 'II' : 'MM', 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(tag, 10);
  u16(type, 12);
  u32(count, 14);
  u16(orientation, 18);
  return data;
}

/** A chunk whose checksum is wrong. */
export function damagedChunk(type: string, data: Buffer): Buffer {
  const whole = chunk(type, data);
  whole[whole.length - 1] = (whole.at(-1) as number) ^ 1;
  return whole;
}

/** A PNG file of these chunks, the header first; see `chunk`. */
export function pngOfChunks(header: Omit<PngParts, 'rows' | 'chunks'>, chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, headerChunk(header), ...chunks]);
}

function headerChunk({ width, height, depth, colour, interlaced = false }: Omit<PngParts, 'rows'>): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, COLOURS[colour], 0, 0, Number(interlaced)], 8);
  return chunk('IHDR', header);
}

export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Scanlines of 8 or 16 bits a sample; `pixel` gives a pixel's samples. */
export function scanlines(
  width: number,
  height: number,
  depth: 8 | 16,
  pixel: (x: number, y: number) => readonly number[],
): Buffer {
  const lines: number[] = [];
  for (let y = 0; y < height; y++) {
    lines.push(0);
    for (let x = 0; x < width; x++) {
      for (const value of pixel(x, y))
        lines.push(...(depth === 16 ? [value >> 8, value & 255] : [value & 255]));
    }
  }
  return Buffer.from(lines);
}

/** First column and row of each pass, then the steps across and down. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The scanlines of 8-bit samples as an interlaced file has them. */
export function adam7(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly number[],
): Buffer {
  return Buffer.concat(
    ADAM7.map(([left, top, right, down]) => {
      const columns = Math.ceil((width - left) / right);
      const lines = Math.ceil((height - top) / down);
      // A pass without pixels has no rows either.
      if (columns <= 0) return Buffer.alloc(0);
      return scanlines(columns, lines, 8, (x, y) => pixel(left + right * x, top + down * y));
    }),
  );
}
