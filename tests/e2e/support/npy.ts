import { createHash } from 'node:crypto';

export interface NpyFile {
  readonly shape: string;
  readonly values: Float32Array;
  /** Of the raw bytes after the header. */
  readonly sha256: string;
}

/** Reads a NumPy file of little-endian float32 in C order, version 1.0. */
export function readNpy(file: Buffer): NpyFile {
  const start = 10 + file.readUInt16LE(8);
  const header = file.toString('latin1', 10, start);
  if (file.toString('latin1', 1, 6) !== 'NUMPY' || !/'<f4'.*'fortran_order': False/.test(header)) {
    throw new Error(`not a float32 .npy file: ${header}`);
  }
  const data = file.subarray(start);
  const values = Float32Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(4 * i));
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '';
  return { shape, values, sha256: createHash('sha256').update(data).digest('hex') };
}
