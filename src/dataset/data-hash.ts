import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type LabelledImages, labelBytes } from '../data';

/**
 * SHA-256 over the shape and count (uint32, little-endian), the pixels and the labels, in hexadecimal digits. Labels
 * are a byte each, or two, little-endian, where one is above 255.
 */
export function dataHash({ shape, count, pixels, labels }: LabelledImages): string {
  const sizes = new DataView(new ArrayBuffer(16));
  for (const [i, size] of [...shape, count].entries()) sizes.setUint32(4 * i, size, true);
  const largest = labels.reduce((a, b) => Math.max(a, b), 0);
  const hash = sha256.create();
  for (const part of [new Uint8Array(sizes.buffer), pixels, labelBytes(labels, largest + 1)])
    hash.update(part);
  return bytesToHex(hash.digest());
}
