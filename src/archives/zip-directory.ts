import { strFromU8 } from 'fflate';
import { damaged, unsupported } from './errors';
import type { PackedFile } from './packed-file';

/** A file in a zip, as the central directory has it. */
export interface ZipEntry {
  /** With “/” between folders, neither absolute nor with “..”. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly isEncrypted: boolean;
  /** Number of the packing method: 0 stored, 8 Deflate. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins, in bytes. */
  readonly start: number;
}

const END = { signature: 0x06054b50, length: 22, mostComment: 65_535 } as const;
const END_64_LOCATOR = { signature: 0x07064b50, length: 20 } as const;
const END_64 = { signature: 0x06064b50, length: 56 } as const;
const HEADER = { signature: 0x02014b50, length: 46 } as const;
/** Says in a 16- or 32-bit field that the value stands in a Zip64 record. */
const [IN_ZIP64_SHORT, IN_ZIP64] = [0xffff, 0xffffffff];
const ZIP64_FIELD = 0x0001;
const FLAGS = { encrypted: 0x1, utf8: 0x800, hiddenNames: 0x2000 } as const;

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/**
 * Reads the central directory of a zip, Zip64 included (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16).
 * Nothing is unpacked.
 * @param admit is told how many entries there are before any is read; may throw
 * @throws ArchiveError `damaged` or `unsupported`
 */
export function zipEntries(file: PackedFile, admit: (count: number) => void): ZipEntry[] {
  const { name, bytes } = file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, end, count } = findDirectory(name, view);
  if (count * HEADER.length > end - start) throw damaged(name);
  admit(count);
  const entries: ZipEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + HEADER.length > end || view.getUint32(at, true) !== HEADER.signature) throw damaged(name);
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const [nameLength, extraLength, commentLength] = lengths as [number, number, number];
    const next = at + HEADER.length + nameLength + extraLength + commentLength;
    if (next > end) throw damaged(name);
    entries.push(readEntry(name, bytes, view, at, nameLength, extraLength));
    at = next;
  }
  return entries;
}

function findDirectory(name: string, view: DataView): Directory {
  const at = findEnd(view);
  if (at === null) throw damaged(name);
  const parts = [4, 6].map((offset) => view.getUint16(at + offset, true));
  const plain = {
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    start: view.getUint32(at + 16, true),
  };
  const isLarge = plain.count === IN_ZIP64_SHORT || plain.length === IN_ZIP64 || plain.start === IN_ZIP64;
  const large = isLarge ? findLargeEnd(name, view, at) : null;
  if (large === null && parts.some((part) => part !== 0 && part !== IN_ZIP64_SHORT)) throw oneOfSeveral(name);
  const { count, length, start, before } = large ?? { ...plain, before: at };
  if (start + length > before) throw damaged(name);
  return { start, end: start + length, count };
}

const oneOfSeveral = (name: string) =>
  unsupported(name, 'is one of several parts of a zip', 'join them, or pack it anew as one file');

/** The last end record whose comment reaches the end of the file; else the last. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - END.length;
  const first = Math.max(0, last - END.mostComment);
  let found: number | null = null;
  for (let at = last; at >= first; at--) {
    if (view.getUint32(at, true) !== END.signature) continue;
    if (at + END.length + view.getUint16(at + 20, true) === view.byteLength) return at;
    found ??= at;
  }
  return found;
}

/** The Zip64 end record; null where there is none, as in a plain zip of exactly 65 535 files. */
function findLargeEnd(name: string, view: DataView, end: number) {
  const locator = end - END_64_LOCATOR.length;
  if (locator < 0 || view.getUint32(locator, true) !== END_64_LOCATOR.signature) return null;
  if (view.getUint32(locator + 4, true) !== 0 || view.getUint32(locator + 16, true) > 1) {
    throw oneOfSeveral(name);
  }
  const at = Number(view.getBigUint64(locator + 8, true));
  if (at + END_64.length > locator || view.getUint32(at, true) !== END_64.signature) throw damaged(name);
  const [count, length, start] = [32, 40, 48].map((offset) => Number(view.getBigUint64(at + offset, true)));
  return { count: count as number, length: length as number, start: start as number, before: at };
}

function readEntry(
  zip: string,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameLength: number,
  extraLength: number,
): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  if ((flags & FLAGS.hiddenNames) !== 0) {
    throw unsupported(zip, 'is encrypted', 'unpack it with its password and give what was in it');
  }
  const nameEnd = at + HEADER.length + nameLength;
  const raw = readName(bytes.subarray(at + HEADER.length, nameEnd), (flags & FLAGS.utf8) !== 0);
  // In the order in which a Zip64 record has those that do not fit.
  const sizes = [24, 20, 42].map((offset) => view.getUint32(at + offset, true));
  const [size, packedSize, start] = inZip64(zip, view, sizes, nameEnd, nameEnd + extraLength);
  return {
    path: plainPath(raw),
    isFolder: /[/\\]$/.test(raw),
    isEncrypted: (flags & FLAGS.encrypted) !== 0,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    size: size as number,
    packedSize: packedSize as number,
    start: start as number,
  };
}

/** Replaces sizes that say so by those of the Zip64 record among an entry's extra fields (APPNOTE 4.5.3). */
function inZip64(zip: string, view: DataView, sizes: readonly number[], from: number, to: number): number[] {
  if (!sizes.includes(IN_ZIP64)) return [...sizes];
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== ZIP64_FIELD) continue;
    let value = at + 4;
    const end = Math.min(value + view.getUint16(at + 2, true), to);
    return sizes.map((size) => {
      if (size !== IN_ZIP64) return size;
      if (value + 8 > end) throw damaged(zip);
      value += 8;
      return Number(view.getBigUint64(value - 8, true));
    });
  }
  return [...sizes];
}

/** UTF-8 where it is said or can be nothing else, since macOS does not say it; else a byte a letter. */
function readName(bytes: Uint8Array, isUtf8: boolean): string {
  const name = strFromU8(bytes);
  return isUtf8 || !name.includes('\ufffd') ? name : strFromU8(bytes, true);
}

/** A path with “/” between its parts, without “.”, “..” and a drive: nothing is ever written there, but folders are classes. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replace(/^[a-z]:/i, '').split(/[/\\]/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
