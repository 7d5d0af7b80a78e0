import { crc32, deflateRawSync } from 'node:zlib';
import { allJoined, joined, utf8 } from './bytes';
import type { Dice } from './dice';

/** Zips as archivers write them, and as no archiver does; independent of the product's library. */

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** 0 stores; null deflates at zlib's default. */
  readonly level: number | null;
  /** CRC and sizes follow the data. */
  readonly described: boolean;
  readonly extra: Uint8Array;
  readonly comment: string;
  /** Sizes that are claimed in place of the true ones. */
  readonly claimed?: { readonly size?: number; readonly packed?: number; readonly crc?: number };
  /** Deflated bytes in place of one's own. */
  readonly raw?: Uint8Array;
}

export const plainEntry = (name: string, bytes: Uint8Array): ZipEntry => ({
  name,
  bytes,
  level: null,
  described: false,
  extra: new Uint8Array(),
  comment: '',
});

/** An entry written in one of the ways that archivers have. */
export const anyEntry = (dice: Dice, name: string, bytes: Uint8Array): ZipEntry => ({
  ...plainEntry(name, bytes),
  level: dice.pick([0, 0, 1, 6, 9, null]),
  described: dice.chance(0.3),
  extra: dice.chance(0.3) ? joined(Uint8Array.of(0x55, 0x54, 5, 0), dice.bytes(5)) : new Uint8Array(),
  comment: dice.chance(0.1) ? dice.word() : '',
});

/** Little-endian fields, each with its size in bytes. */
function fields(...values: readonly (readonly [number, 2 | 4])[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((length, [, size]) => length + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DESCRIPTOR = 0x08074b50;
/** Names in UTF-8. */
const UTF8 = 0x0800;
const DESCRIBED = 0x0008;
const VERSION = 20;
/** 1980-01-01 */
const DATE = 0x21;

interface Written {
  readonly local: Uint8Array;
  readonly central: (offset: number) => Uint8Array;
}

function written(entry: ZipEntry): Written {
  const { bytes, level, described, extra, claimed = {}, raw } = entry;
  const name = utf8(entry.name);
  const comment = utf8(entry.comment);
  const isStored = level === 0 && raw === undefined;
  const data =
    raw ?? (isStored ? bytes : Uint8Array.from(deflateRawSync(bytes, level === null ? {} : { level })));
  const { crc = crc32(bytes), packed = data.length, size = bytes.length } = claimed;
  const flags = UTF8 | (described ? DESCRIBED : 0);
  const method = isStored ? 0 : 8;
  const sizes = [
    [crc, 4],
    [packed, 4],
    [size, 4],
  ] as const;
  const none = sizes.map(([, width]) => [0, width] as const);
  const head = [
    [VERSION, 2],
    [flags, 2],
    [method, 2],
    [0, 2],
    [DATE, 2],
  ] as const;
  const lengths = [
    [name.length, 2],
    [extra.length, 2],
  ] as const;
  const local = joined(
    fields([LOCAL, 4], ...head, ...(described ? none : sizes), ...lengths),
    name,
    extra,
    data,
    described ? fields([DESCRIPTOR, 4], ...sizes) : new Uint8Array(),
  );
  const central = (offset: number): Uint8Array =>
    joined(
      fields([CENTRAL, 4], [VERSION, 2], ...head, ...sizes, ...lengths, [comment.length, 2]),
      fields([0, 2], [0, 2], [0, 4], [offset, 4]),
      name,
      extra,
      comment,
    );
  return { local, central };
}

/** A zip of the entries in their order. @param overlapping all entries point to the first one's data */
export function zipOf(entries: readonly ZipEntry[], comment = '', overlapping = false): Uint8Array {
  const all = entries.map(written);
  const locals = overlapping ? all.slice(0, 1) : all;
  let offset = 0;
  const directory = all.map(({ local, central }) => {
    const at = central(offset);
    if (!overlapping) offset += local.length;
    return at;
  });
  const start = locals.reduce((length, { local }) => length + local.length, 0);
  const size = directory.reduce((length, part) => length + part.length, 0);
  const end = fields(
    [END, 4],
    [0, 2],
    [0, 2],
    [all.length, 2],
    [all.length, 2],
    [size, 4],
    [start, 4],
    [comment.length, 2],
  );
  const parts = [...locals.map(({ local }) => local), ...directory, end, utf8(comment)];
  return allJoined(parts);
}
