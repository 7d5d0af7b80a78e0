import { UniformSource } from '../../src/statistics';

const TWO_POW_32 = 2 ** 32;

/** Where arithmetic, sizes and types go wrong: zero, signs, the ends of integers and floats, what JSON cannot hold. */
const EXTREMES: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.5,
  -0.5,
  255,
  256,
  257,
  32_767,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 40,
  2 ** 53 - 1,
  2 ** 53,
  1e15,
  1e21,
  1e300,
  1.7e308,
  -1.7e308,
  5e-324,
  1e-7,
];

/** Seeded choices: the same sequence on every machine. */
export class Dice {
  readonly #source: UniformSource;

  /** @param seed an integer in [0, 2^53) */
  constructor(seed: number) {
    this.#source = new UniformSource((seed ^ Math.floor(seed / TWO_POW_32)) >>> 0);
  }

  chance(probability: number): boolean {
    return this.#source.next() < probability;
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return this.#source.below(n);
  }

  /** An integer from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** In [min, max). */
  real(min = 0, max = 1): number {
    return min + (max - min) * this.#source.next();
  }

  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('there is nothing to pick from');
    return values[this.below(values.length)] as T;
  }

  shuffled<T>(values: readonly T[]): T[] {
    const order = this.#source.shuffle(Uint32Array.from(values.keys()));
    return Array.from(order, (i) => values[i] as T);
  }

  /** A part of the values, in their order. */
  some<T>(values: readonly T[], share = 0.5): T[] {
    return values.filter(() => this.chance(share));
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  list<T>(length: number, make: (i: number) => T): T[] {
    return Array.from({ length }, (_, i) => make(i));
  }

  /** A name of lower-case letters. */
  word(length = this.between(1, 8)): string {
    return String.fromCharCode(...this.list(length, () => 97 + this.below(26)));
  }

  extreme(): number {
    return this.pick(EXTREMES);
  }
}
