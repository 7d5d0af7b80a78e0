import { PNG } from 'pngjs';
import { assertPixelCount, ImageError, type RgbaImage } from '../image';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Where IHDR, always the first chunk, says width, height and bits a sample. */
const HEADER = { width: 16, height: 20, depth: 24, end: 33 } as const;

/** Whether the bytes begin as a PNG file does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * Decodes a PNG into the bytes that the page gets from the browser's canvas: colour profiles ignored, 16 bits cut to
 * 8, and colours under partial transparency rounded as the canvas rounds them.
 * @throws ImageError `undecodable`, `empty` or `too_large`.
 */
export function decodePng(bytes: Uint8Array): RgbaImage {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isPng(bytes) || bytes.length < HEADER.end) throw undecodable();
  // Before anything is unpacked: a small file may claim to be huge.
  assertPixelCount(file.readUInt32BE(HEADER.width), file.readUInt32BE(HEADER.height));
  const isDeep = file[HEADER.depth] === 16;
  let png: { width: number; height: number; data: ArrayLike<number> };
  try {
    png = PNG.sync.read(file, { skipRescale: isDeep });
  } catch {
    throw undecodable();
  }
  const data = new Uint8ClampedArray(png.data.length);
  if (isDeep) for (let i = 0; i < data.length; i++) data[i] = (png.data[i] as number) >> 8;
  else data.set(png.data);
  if (data.length !== 4 * png.width * png.height) throw undecodable();
  roundAsCanvas(data);
  return { width: png.width, height: png.height, data };
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
