import type { Budget } from './budget';
import { collect, type Inflation } from './collect';
import { crc32 } from './crc32';
import { ArchiveError, damaged, unsupported } from './errors';
import { inflated } from './inflate';
import type { PackedFile } from './packed-file';
import { type ZipEntry, zipEntries } from './zip-directory';

const STORED = 0;
const DEFLATE = 8;
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES encryption',
};
/** A local header's fixed part, and where it says how long its name and extra fields are. */
const LOCAL = { signature: 0x04034b50, length: 30, nameLength: 26, extraLength: 28 } as const;
/** How zips begin: with a file, with the directory of none, or with the mark of one that was split. */
const STARTS = [0x04034b50, 0x06054b50, 0x08074b50, 0x30304b50];

export function isZip({ bytes }: PackedFile): boolean {
  if (bytes.length < 4) return false;
  return STARTS.includes(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true));
}

/**
 * Reads the files of a zip, in its order, each checked against its length and its CRC. Stored ones share its bytes.
 * @param isWanted says by its path whether a file is unpacked; the others may be anything
 * @param counted see `collect`
 * @throws ArchiveError
 */
export function readZip(
  file: PackedFile,
  budget: Budget,
  counted: boolean,
  isWanted: (path: string) => boolean = () => true,
): PackedFile[] {
  const { name } = file;
  const all = zipEntries(file, (count) => budget.enter(name, count));
  const wanted = withoutRepeats(
    name,
    all.filter(({ path, isFolder }) => !isFolder && path !== '' && isWanted(path)),
  );
  for (const entry of wanted) assertKnown(name, entry);
  budget.allow(
    name,
    wanted.reduce((sum, { size }) => sum + size, 0),
  );
  const spans = wanted.map((entry) => spanOf(file, entry));
  assertApart(name, spans);
  return wanted.map((entry, i) => ({
    name: entry.path,
    bytes: unpack(file, entry, spans[i] as Span, budget, counted),
  }));
}

/** The same file twice is one; two different files of one path are an error. */
function withoutRepeats(zip: string, entries: readonly ZipEntry[]): ZipEntry[] {
  const byPath = new Map<string, ZipEntry>();
  for (const entry of entries) {
    const before = byPath.get(entry.path);
    if (before === undefined) byPath.set(entry.path, entry);
    else if (before.crc !== entry.crc || before.size !== entry.size) {
      throw unsupported(zip, `holds two different files called ${entry.path}`, 'take one of them out');
    }
  }
  return [...byPath.values()];
}

function assertKnown(zip: string, { path, isEncrypted, method }: ZipEntry): void {
  if (isEncrypted) {
    throw unsupported(zip, `is encrypted (${path})`, 'unpack it with its password and give what was in it');
  }
  if (method === STORED || method === DEFLATE) return;
  const how = METHODS[method] ?? `an unknown method (${method})`;
  throw unsupported(zip, `packs ${path} by ${how}`, 'pack it anew by the usual method, Deflate');
}

/** Where the packed bytes of a file lie, its local header included. */
interface Span {
  readonly start: number;
  readonly data: number;
  readonly end: number;
}

function spanOf({ name, bytes }: PackedFile, { start, packedSize }: ZipEntry): Span {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + LOCAL.length > bytes.length || view.getUint32(start, true) !== LOCAL.signature) {
    throw damaged(name);
  }
  const data =
    start +
    LOCAL.length +
    view.getUint16(start + LOCAL.nameLength, true) +
    view.getUint16(start + LOCAL.extraLength, true);
  const end = data + packedSize;
  if (end > bytes.length) throw damaged(name);
  return { start, data, end };
}

/** Files that share their packed bytes are how a small zip becomes endless (Fifield 2019); no packer writes them. */
function assertApart(zip: string, spans: readonly Span[]): void {
  let end = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start < end) {
      throw unsupported(zip, 'holds files that lie over one another', 'pack it anew');
    }
    end = span.end;
  }
}

function unpack(
  { name, bytes }: PackedFile,
  { path, method, size, crc }: ZipEntry,
  { data, end }: Span,
  budget: Budget,
  counted: boolean,
): Uint8Array {
  const packed = bytes.subarray(data, end);
  const whole = `${path} in ${name}`;
  if (method === STORED) {
    if (counted) budget.given(packed.length);
    budget.spend(name, packed.length);
    if (packed.length !== size || crc32(packed) !== crc) throw damaged(whole);
    return packed;
  }
  const verify = (length: number, found: number): void => {
    if (length !== size || found !== crc) throw damaged(whole);
  };
  return collect(name, inflation(packed, size, whole), budget, counted, verify);
}

/** Ends with an error as soon as there is more than the directory says. */
function inflation(packed: Uint8Array, size: number, name: string): Inflation {
  return function* () {
    let length = 0;
    try {
      for (const part of inflated(packed)) {
        length += part.chunk.length;
        if (length > size) throw damaged(name);
        yield part;
      }
    } catch (cause) {
      throw cause instanceof ArchiveError ? cause : damaged(name, cause);
    }
  };
}
