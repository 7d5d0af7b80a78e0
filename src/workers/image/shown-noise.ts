import { transfer } from 'comlink';
import { NoiseCache } from '../../estimators/noise/cache';
import { STREAMS } from '../../estimators/noise/gaussian';

/** Standard normals of samples 0 ... count-1 of the Monte Carlo stream, row-major, one row of `length` a sample. */
export function normals(seed: number, count: number, length: number): Float32Array {
  // Kept by who asked: what is handed over is gone from here.
  const rows = new NoiseCache().get(seed, STREAMS.plain, 0, count, length);
  return transfer(rows, [rows.buffer]);
}
