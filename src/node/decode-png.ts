import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { assertPixelCount, exifOrientation, ImageError, type RgbaImage, turned } from '../image';
import { isPng, type PngParts, pngParts } from './png-parts';
import { pngRows } from './png-rows';

export { isPng };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Decodes a PNG into the bytes that the page gets from the browser's canvas: turned as its Exif data say, colour profiles
 * ignored, 16 bits cut to 8, and colours under partial transparency rounded as the canvas rounds them. What the browser
 * refuses is refused.
 * @throws ImageError `undecodable`, `empty` or `too_large`.
 */
export function decodePng(bytes: Uint8Array): RgbaImage {
  const parts = pngParts(bytes);
  if (parts === null) throw undecodable();
  // Before anything is unpacked: a small file may claim to be huge.
  assertPixelCount(parts.width, parts.height);
  const rows = pngRows(parts);
  if (rows === null) throw undecodable();
  const isDeep = parts.depth === 16;
  let png: { width: number; height: number; data: ArrayLike<number> };
  try {
    png = PNG.sync.read(plainPng(parts, rows), { skipRescale: isDeep, checkCRC: false });
  } catch {
    throw undecodable();
  }
  const data = new Uint8ClampedArray(png.data.length);
  if (isDeep) for (let i = 0; i < data.length; i++) data[i] = (png.data[i] as number) >> 8;
  else data.set(png.data);
  if (data.length !== 4 * png.width * png.height) throw undecodable();
  roundAsCanvas(data);
  const image = { width: png.width, height: png.height, data };
  return parts.exif === null ? image : turned(image, exifOrientation(parts.exif));
}

/** A file of what decides the pixels alone, their rows stored as they are: nothing in it is left for the decoder to judge. */
function plainPng(parts: PngParts, rows: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(parts.width, 0);
  header.writeUInt32BE(parts.height, 4);
  header.set([parts.depth, parts.colour, 0, 0, Number(parts.isInterlaced)], 8);
  return Buffer.concat([
    SIGNATURE,
    ...chunk('IHDR', header),
    ...(parts.palette.length > 0 ? chunk('PLTE', parts.palette) : []),
    ...(parts.transparency === null ? [] : chunk('tRNS', parts.transparency)),
    ...chunk('IDAT', deflateSync(rows, { level: 0 })),
    ...chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A chunk without its checksum, which is not looked at. */
function chunk(type: string, data: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  return [head, data, Buffer.alloc(4)];
}

function undecodable(): ImageError {
  return new ImageError('undecodable', 'This PNG file is damaged or cut off; save the picture anew.');
}

/**
 * A canvas keeps colours multiplied by their opacity, in 8 bits, and divides them on reading, which loses digits. The
 * order of operations, in float32 with ties to even, is that of Skia, which Chromium draws with: all 65 536 pairs of
 * grey and opacity were compared.
 */
function roundAsCanvas(data: Uint8ClampedArray): void {
  const { fround } = Math;
  const unit = fround(1 / 255);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    if (alpha === 255) continue;
    const divisor = alpha === 0 ? 0 : fround(1 / fround(alpha * unit));
    for (let k = i; k < i + 3; k++) {
      const premultiplied = Math.floor(((data[k] as number) * alpha + 127) / 255);
      const value = Math.min(fround(fround(premultiplied * unit) * divisor), 1);
      // A clamped array rounds ties to even.
      data[k] = fround(value * 255);
    }
  }
}
