/**
 * Philox 4x32 with 10 rounds, a counter-based generator: any block of the stream is computed from its number alone.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;
const TWO_POW_MINUS_32 = 2 ** -32;

/** High 32 bits of a*b: the exact product less its low word is a multiple of 2^32, which rounding recovers. */
function multiplyHigh(a: number, b: number, low: number): number {
  return Math.floor((a * b - low) * TWO_POW_MINUS_32 + 0.5);
}

/** The 2 x 10 round keys of a 64-bit key given as two uint32. */
export function philoxKeySchedule(key0: number, key1: number): Uint32Array {
  const schedule = new Uint32Array(2 * ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    schedule[2 * round] = key0 + round * WEYL_0;
    schedule[2 * round + 1] = key1 + round * WEYL_1;
  }
  return schedule;
}

/** Writes the four uint32 words of counter (c0, c1, c2, c3) into `out`. */
export function philoxBlock(
  schedule: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array,
): void {
  let x0 = c0 >>> 0;
  let x1 = c1 >>> 0;
  let x2 = c2 >>> 0;
  let x3 = c3 >>> 0;
  for (let i = 0; i < 2 * ROUNDS; i += 2) {
    const low0 = Math.imul(x0, MULTIPLIER_0) >>> 0;
    const high0 = multiplyHigh(x0, MULTIPLIER_0, low0);
    const low1 = Math.imul(x2, MULTIPLIER_1) >>> 0;
    const high1 = multiplyHigh(x2, MULTIPLIER_1, low1);
    x0 = (high1 ^ x1 ^ (schedule[i] as number)) >>> 0;
    x1 = low1;
    x2 = (high0 ^ x3 ^ (schedule[i + 1] as number)) >>> 0;
    x3 = low0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}
