import { philoxBlock, philoxKeySchedule } from '../noise/philox';
import { GENERATORS } from './generators';

const TWO_POW_MINUS_32 = 2 ** -32;
/** Points of the largest rule; the generators have this many values. */
export const MOST_POINTS = 2 ** 20;
/** Keeps a coordinate off 0 and 1, where the quantile is infinite. */
const MARGIN = 2 ** -53;

/**
 * Odd generators modulo MOST_POINTS, one a coordinate: the searched ones, and beyond them the fractional parts of
 * k times the golden ratio, for the steps that matter least.
 */
export function latticeGenerators(dimension: number): Int32Array {
  const golden = (Math.sqrt(5) - 1) / 2;
  return Int32Array.from(
    { length: dimension },
    (_, k) => GENERATORS[k] ?? 2 * Math.floor(((k * golden) % 1) * (MOST_POINTS / 2)) + 1,
  );
}

/** Uniform random shifts, reproducible from (seed, index of the shift). */
export function randomShift(dimension: number, seed: number, index: number): Float64Array {
  const schedule = philoxKeySchedule(seed, 0x6d766e);
  const words = new Uint32Array(4);
  const shift = new Float64Array(dimension);
  for (let i = 0; i < dimension; i++) {
    if (i % 4 === 0) philoxBlock(schedule, i >>> 2, index, 0, 0, words);
    shift[i] = ((words[i % 4] as number) + 0.5) * TWO_POW_MINUS_32;
  }
  return shift;
}

/**
 * One coordinate of points first, first + stride, ... of the shifted lattice of `points` (a power of two) points,
 * folded by the tent map, which makes a smooth integrand periodic and so raises the order of convergence (Hickernell
 * 2002).
 */
export function latticeCoordinates(
  generator: number,
  shift: number,
  points: number,
  first: number,
  stride: number,
  count: number,
  out: Float64Array,
): void {
  const mask = points - 1;
  const step = Math.imul(stride, generator) & mask;
  const scale = 1 / points;
  let position = Math.imul(first, generator) & mask;
  for (let p = 0; p < count; p++) {
    const x = position * scale + shift;
    const folded = Math.abs(2 * (x - Math.floor(x)) - 1);
    out[p] = folded * (1 - 2 * MARGIN) + MARGIN;
    position = (position + step) & mask;
  }
}
