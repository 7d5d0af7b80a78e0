import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { LabelledImages } from '../data';

/** SHA-256 over the shape and count (uint32, little-endian), the pixels and the labels, in hexadecimal digits. */
export function dataHash({ shape, count, pixels, labels }: LabelledImages): string {
  const sizes = new DataView(new ArrayBuffer(16));
  for (const [i, size] of [...shape, count].entries()) sizes.setUint32(4 * i, size, true);
  const hash = sha256.create();
  for (const part of [new Uint8Array(sizes.buffer), pixels, labels]) hash.update(part);
  return bytesToHex(hash.digest());
}
