import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip that is put together by hand: what is not given is as a packer would have it. */
export interface ZipPart {
  readonly path: string | Buffer;
  readonly content?: Uint8Array;
  /** 0 stored, 8 Deflate. */
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  /** What the directory says. */
  readonly size?: number;
  /** The sizes stand in Zip64 records of the directory alone. */
  readonly isZip64?: boolean;
  /** The sizes follow the packed bytes, as where a zip is streamed. */
  readonly hasDescriptor?: boolean;
  /** Shares the packed bytes of the part of this number. */
  readonly over?: number;
}

const DESCRIPTOR = 0x8;

interface Fields {
  readonly part: ZipPart;
  readonly path: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: Uint8Array;
}

/** A zip with kinds of entries that packers do not write. `isZip64`: with the end records of a large one. */
export function zipOf(parts: readonly ZipPart[], { isZip64 = false } = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  const starts: number[] = [];
  let at = 0;
  for (const part of parts) {
    const fields = fieldsOf(part);
    if (part.over === undefined) {
      const local = Buffer.concat([localHeader(fields), fields.packed, descriptorOf(fields)]);
      locals.push(local);
      starts.push(at);
      at += local.length;
    } else starts.push(starts[part.over] as number);
    directory.push(directoryHeader(fields, starts.at(-1) as number));
  }
  const central = Buffer.concat(directory);
  const end = endRecords(parts.length, central.length, at, isZip64);
  return Buffer.concat([...locals, central, end]);
}

function fieldsOf(part: ZipPart): Fields {
  const content = part.content ?? new Uint8Array();
  const method = part.method ?? 8;
  return {
    part,
    path: Buffer.from(part.path),
    flags: (part.flags ?? 0) | (part.hasDescriptor === true ? DESCRIPTOR : 0),
    method,
    crc: part.crc ?? crc32(content),
    size: part.size ?? content.length,
    packed: method === 8 ? deflateRawSync(content) : content,
  };
}

/** Little-endian fields of so many bytes each. */
function record(...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(8);
      field.writeBigUInt64LE(BigInt(value));
      return field.subarray(0, bytes);
    }),
  );
}

function localHeader({ part, path, flags, method, crc, size, packed }: Fields): Buffer {
  const later = part.hasDescriptor === true;
  return Buffer.concat([
    record([4, 0x04034b50], [2, 45], [2, flags], [2, method], [4, 0]),
    record([4, later ? 0 : crc], [4, later ? 0 : packed.length], [4, later ? 0 : size]),
    record([2, path.length], [2, 0]),
    path,
  ]);
}

const descriptorOf = ({ part, crc, size, packed }: Fields): Buffer =>
  part.hasDescriptor === true
    ? record([4, 0x08074b50], [4, crc], [4, packed.length], [4, size])
    : Buffer.alloc(0);

function directoryHeader({ part, path, flags, method, crc, size, packed }: Fields, start: number): Buffer {
  const large = part.isZip64 === true;
  const extra = large ? record([2, 1], [2, 24], [8, size], [8, packed.length], [8, start]) : Buffer.alloc(0);
  const plain = (value: number): number => (large ? 0xffffffff : value);
  return Buffer.concat([
    record([4, 0x02014b50], [2, 45], [2, 45], [2, flags], [2, method], [4, 0], [4, crc]),
    record([4, plain(packed.length)], [4, plain(size)], [2, path.length], [2, extra.length]),
    record([2, 0], [2, 0], [2, 0], [4, 0], [4, plain(start)]),
    path,
    extra,
  ]);
}

function endRecords(count: number, length: number, start: number, isZip64: boolean): Buffer {
  const sizes = [
    [8, count],
    [8, count],
    [8, length],
    [8, start],
  ] as const;
  const large = [
    record([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], ...sizes),
    record([4, 0x07064b50], [4, 0], [8, start + length], [4, 1]),
  ];
  const [few, many] = isZip64 ? [0xffff, 0xffffffff] : [count, null];
  const end = record(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, few],
    [2, few],
    [4, many ?? length],
    [4, many ?? start],
    [2, 0],
  );
  return Buffer.concat([...(isZip64 ? large : []), end]);
}
