/** The reversed polynomial of the CRC-32 of zip, gzip and PNG (ISO 3309). */
const POLYNOMIAL = 0xedb88320;
/** Bytes that are taken at once. */
const SLICES = 8;

/** Table k gives what a byte with k zero bytes after it does to the remainder. */
const TABLES = makeTables();

function makeTables(): Int32Array[] {
  const tables = Array.from({ length: SLICES }, () => new Int32Array(256));
  const [first] = tables as [Int32Array];
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
    }
    first[byte] = remainder;
  }
  for (let k = 1; k < SLICES; k++) {
    const [before, table] = [tables[k - 1] as Int32Array, tables[k] as Int32Array];
    for (let byte = 0; byte < 256; byte++) {
      const remainder = before[byte] as number;
      table[byte] = (remainder >>> 8) ^ (first[remainder & 255] as number);
    }
  }
  return tables;
}

/**
 * Computes a CRC-32, an unsigned integer, eight bytes at a time (Kounavis and Berry, “slicing-by-8”, 2008).
 * @param before the CRC of the bytes that came before, to continue it
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  let crc = ~before;
  let i = 0;
  for (; i + SLICES <= bytes.length; i += SLICES) {
    crc ^=
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    crc =
      (t7[crc & 255] as number) ^
      (t6[(crc >>> 8) & 255] as number) ^
      (t5[(crc >>> 16) & 255] as number) ^
      (t4[crc >>> 24] as number) ^
      (t3[bytes[i + 4] as number] as number) ^
      (t2[bytes[i + 5] as number] as number) ^
      (t1[bytes[i + 6] as number] as number) ^
      (t0[bytes[i + 7] as number] as number);
  }
  for (; i < bytes.length; i++) crc = (t0[(crc ^ (bytes[i] as number)) & 255] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}
