import { transfer } from 'comlink';
import { NormalSource, STREAMS } from '../../estimators/noise/gaussian';

/** Standard normals of samples 0 ... count-1 of the Monte Carlo stream, row-major, one row of `length` a sample. */
export function normals(seed: number, count: number, length: number): Float32Array {
  const source = new NormalSource(seed, STREAMS.mc);
  const rows = new Float32Array(count * length);
  for (let i = 0; i < count; i++) source.fill(i, rows, i * length, length);
  return transfer(rows, [rows.buffer]);
}
