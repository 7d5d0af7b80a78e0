import { Gunzip } from 'fflate';
import type { Budget } from './budget';
import { collect, type Inflation } from './collect';
import { crc32 } from './crc32';
import { ArchiveError, damaged, unsupported } from './errors';
import { type Inflated, STEP } from './inflate';
import type { PackedFile } from './packed-file';

/** CRC-32 and length modulo 2^32, after each member. */
const TRAILER = 8;
const SHORTEST = 10 + 2 + TRAILER;
const DEFLATE = 8;
const RESERVED_FLAGS = 0b1110_0000;

export const isGzip = ({ bytes }: PackedFile): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Reads a gzip file, all its members one after the other (RFC 1952), and checks length and CRC of each.
 * @param counted see `collect`
 * @throws ArchiveError
 */
export function readGzip(file: PackedFile, budget: Budget, counted: boolean): PackedFile {
  const { name, bytes } = file;
  if (bytes.length < SHORTEST) throw damaged(name);
  if (bytes[2] !== DEFLATE || ((bytes[3] as number) & RESERVED_FLAGS) !== 0) {
    throw unsupported(name, 'is packed by an unknown kind of gzip', 'unpack it and give what was in it');
  }
  const content = collect(name, members(file), budget, counted, () => {});
  return { name: name.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar'), bytes: content };
}

function members({ name, bytes }: PackedFile): Inflation {
  return function* () {
    let [length, crc, read] = [0, 0, 0];
    let ready: Inflated[] = [];
    const check = (end: number): void => {
      const trailer = new DataView(bytes.buffer, bytes.byteOffset + end - TRAILER, TRAILER);
      if (trailer.getUint32(0, true) !== crc || trailer.getUint32(4, true) !== length % 2 ** 32) {
        throw damaged(name);
      }
      [length, crc] = [0, 0];
    };
    const gunzip = new Gunzip((chunk) => {
      length += chunk.length;
      crc = crc32(chunk, crc);
      ready.push({ chunk, read });
    });
    gunzip.onmember = check;
    try {
      for (let at = 0; at < bytes.length; at += STEP) {
        read = Math.min(at + STEP, bytes.length);
        gunzip.push(bytes.subarray(at, read), read === bytes.length);
        yield* ready;
        ready = [];
      }
      check(bytes.length);
    } catch (cause) {
      throw cause instanceof ArchiveError ? cause : damaged(name, cause);
    }
  };
}
