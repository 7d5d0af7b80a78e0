import { philoxBlock, philoxKeySchedule } from '../noise/philox';

const TWO_POW_MINUS_32 = 2 ** -32;

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((p) => p * p > candidate || candidate % p !== 0)) primes.push(candidate);
  }
  return primes;
}

/** Generators of the Kronecker (Richtmyer) sequence: fractional parts of the square roots of the primes. */
export function richtmyerGenerators(dimension: number): Float64Array {
  return Float64Array.from(firstPrimes(dimension), (p) => Math.sqrt(p) % 1);
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
 * Writes point `index` of the shifted sequence, folded by the tent map, which makes a smooth integrand periodic
 * and so raises the order of convergence (Hickernell 2002).
 */
export function latticePoint(
  index: number,
  generators: Float64Array,
  shift: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < generators.length; i++) {
    const x = ((index + 1) * (generators[i] as number) + (shift[i] as number)) % 1;
    const folded = Math.abs(2 * x - 1);
    out[i] = Math.min(Math.max(folded, 1e-16), 1 - 1e-16);
  }
}
