import { inflated } from '../archives';
import type { PngParts } from './png-parts';

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** First column and row of each pass of an interlaced picture, then the steps across and down. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Bytes of a picture's rows, each after the number of its filter. */
export function rowBytes({ width, height, depth, colour, isInterlaced }: PngParts): number {
  const bits = depth * (SAMPLES[colour] as number);
  const passes = isInterlaced ? PASSES : ([[0, 0, 1, 1]] as const);
  let total = 0;
  for (const [left, top, right, down] of passes) {
    const columns = Math.ceil((width - left) / right);
    const rows = Math.ceil((height - top) / down);
    if (columns > 0 && rows > 0) total += rows * (1 + Math.ceil((columns * bits) / 8));
  }
  return total;
}

/** Inflates a picture's rows and not a byte more, whatever else its stream holds. Null if there are fewer, or it is damaged. */
export function pngRows(parts: PngParts): Uint8Array | null {
  const { packed } = parts;
  if (!isZlib(packed)) return null;
  const wanted = rowBytes(parts);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (const { chunk } of inflated(packed.subarray(2))) {
      chunks.push(chunk.subarray(0, wanted - length));
      length += chunk.length;
      if (length >= wanted) return Buffer.concat(chunks, wanted);
    }
  } catch {
    // Cut off, or no Deflate stream.
  }
  return null;
}

/** The header of a zlib stream without a dictionary (RFC 1950). */
function isZlib(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 15) === 8 && method >> 4 <= 7 && (256 * method + flags) % 31 === 0 && (flags & 32) === 0;
}
