/** Formats of data sets by their first bytes, as people call them. A gz may hold any of them. */
const DATA_FORMATS: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['NumPy array', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ['archive of files or NumPy arrays (zip, npz)', [0x50, 0x4b, 3, 4]],
  ['file packed with gzip', [0x1f, 0x8b]],
  ['Parquet table', [0x50, 0x41, 0x52, 0x31]],
  ['HDF5 file', [0x89, 0x48, 0x44, 0x46]],
];

/** Types of an IDX file's values, by its third byte. */
const IDX_TYPES = new Set([8, 9, 11, 12, 13, 14]);
const MOST_IDX_DIMENSIONS = 4;

/** What a file is in which data sets are stored, by its first bytes; null for any other file. */
export function dataFormat(bytes: Uint8Array): string | null {
  const [first, second, type = 0, dimensions = 0] = bytes;
  const isCount = dimensions >= 1 && dimensions <= MOST_IDX_DIMENSIONS;
  if (first === 0 && second === 0 && IDX_TYPES.has(type) && isCount) return 'IDX file';
  return DATA_FORMATS.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))?.[0] ?? null;
}
