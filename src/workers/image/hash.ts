import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256, in hex, of a prepared input's float32 NHWC bytes, little-endian as all machines that run this are. */
export function hashInput({ buffer, byteOffset, byteLength }: Float32Array): string {
  return bytesToHex(sha256(new Uint8Array(buffer, byteOffset, byteLength)));
}
