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
  const { width, height, depth, colour, rows, interlaced = false, chunks = [] } = parts;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, COLOURS[colour], 0, 0, Number(interlaced)], 8);
  const pixels = chunk('IDAT', deflateSync(rows));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), ...chunks, pixels, chunk('IEND', Buffer.alloc(0))]);
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
      return scanlines(columns, lines, 8, (x, y) => pixel(left + right * x, top + down * y));
    }),
  );
}
