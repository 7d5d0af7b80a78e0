import { crc32, deflateRawSync } from 'node:zlib';
import { joined, utf8 } from './bytes';
import type { Dice } from './dice';

const TEXT = 1;
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

const little = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value, true);
  return bytes;
};

/** A gzip member (RFC 1952) with some of the optional fields of its header. */
export function gzipMember(
  bytes: Uint8Array,
  dice: Dice,
  raw: Uint8Array = Uint8Array.from(deflateRawSync(bytes, { level: dice.below(10) })),
  crc = crc32(bytes),
): Uint8Array {
  const flags = dice.some([TEXT, EXTRA, NAME, COMMENT, HEADER_CRC], 0.2).reduce((sum, flag) => sum | flag, 0);
  const parts: Uint8Array[] = [Uint8Array.of(0x1f, 0x8b, 8, flags, ...dice.bytes(4), 0, 255)];
  if (flags & EXTRA) parts.push(Uint8Array.of(6, 0, 65, 66, 2, 0, 1, 2));
  if (flags & NAME) parts.push(utf8(`${dice.word()}\0`));
  if (flags & COMMENT) parts.push(utf8(`${dice.word()}\0`));
  const header = joined(...parts);
  const check = flags & HEADER_CRC ? little(crc32(header)).subarray(0, 2) : new Uint8Array();
  return joined(header, check, raw, little(crc, bytes.length));
}
