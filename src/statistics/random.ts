import { philoxBlock, philoxKeySchedule } from '../estimators/noise/philox';

const TWO_POW_MINUS_32 = 2 ** -32;

/** Seeded uniform numbers: the same sequence on every machine. */
export class UniformSource {
  readonly #schedule: Uint32Array;
  readonly #words = new Uint32Array(4);
  #block = 0;
  #used = 4;

  /** @param seed an integer in [0, 2^32) */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new RangeError(`a seed is an integer from 0 to 2^32 - 1, not ${seed}`);
    }
    this.#schedule = philoxKeySchedule(seed, 0);
  }

  /** In [0, 1). */
  next(): number {
    if (this.#used === 4) {
      philoxBlock(this.#schedule, this.#block++, 0, 0, 0, this.#words);
      this.#used = 0;
    }
    return (this.#words[this.#used++] as number) * TWO_POW_MINUS_32;
  }

  /** An integer in [0, n); its bias is below n/2^32. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** Fisher-Yates, in place. */
  shuffle<Values extends Uint32Array | Float64Array>(values: Values): Values {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const value = values[i] as number;
      values[i] = values[j] as number;
      values[j] = value;
    }
    return values;
  }
}
