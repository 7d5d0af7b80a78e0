import { NoiseCache } from '../../estimators/noise/cache';
import { STREAMS } from '../../estimators/noise/gaussian';
import type { NoisyCopies } from '../state/store';

const cache = new NoiseCache();

/** The standard normals of exactly these copies, one row a copy. */
export function normalsOf({ seed, classes, x }: NoisyCopies): Float32Array {
  return cache.get(seed, STREAMS.mc, 0, classes.length, x.length);
}
