import { philoxBlock, philoxKeySchedule } from './philox';

/** What a stream of noise is used for; streams of one seed are independent. */
export const STREAMS = {
  plain: 0,
  pilot: 1,
  proposal: 2,
  check: 3,
  pairs: 4,
  selection: 5,
  certification: 6,
} as const;

const TWO_POW_32 = 2 ** 32;
const TWO_POW_MINUS_24 = 2 ** -24;
const TWO_PI = 2 * Math.PI;

/** Seeds are integers in [0, 2^53). Throws a RangeError for anything else. */
export function assertSeed(seed: number): void {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`a seed is an integer from 0 to 2^53 - 1, not ${seed}`);
  }
}

/** A source of standard normals that are a pure function of (seed, stream, sample, position). */
export class NormalSource {
  readonly #schedule: Uint32Array;
  readonly #stream: number;
  readonly #words = new Uint32Array(4);

  constructor(seed: number, stream: number) {
    assertSeed(seed);
    this.#schedule = philoxKeySchedule(seed % TWO_POW_32, Math.floor(seed / TWO_POW_32));
    this.#stream = stream;
  }

  /**
   * Writes the first `length` normals of one sample into `out` from `offset`.
   * Number i is normal i mod 4 of block floor(i/4); Box-Muller on 24-bit uniforms u = ((word >>> 8) + 0.5) 2^-24.
   */
  fill(sample: number, out: Float32Array | Float64Array, offset = 0, length = out.length - offset): void {
    const words = this.#words;
    const low = sample % TWO_POW_32;
    const high = Math.floor(sample / TWO_POW_32);
    for (let i = 0; i < length; i += 4) {
      philoxBlock(this.#schedule, i >>> 2, low, high, this.#stream, words);
      for (let half = 0; half < 4 && i + half < length; half += 2) {
        const u0 = (((words[half] as number) >>> 8) + 0.5) * TWO_POW_MINUS_24;
        const u1 = (((words[half + 1] as number) >>> 8) + 0.5) * TWO_POW_MINUS_24;
        const radius = Math.sqrt(-2 * Math.log(u0));
        const angle = TWO_PI * u1;
        out[offset + i + half] = radius * Math.cos(angle);
        if (i + half + 1 < length) out[offset + i + half + 1] = radius * Math.sin(angle);
      }
    }
  }
}
