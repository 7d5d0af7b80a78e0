import { NormalSource } from './gaussian';

/**
 * Standard normals of runs of samples, kept so that all radii share them: the noise of sample i does not depend on sigma.
 * The least recently used go first once `capacity` numbers are held.
 */
export class NoiseCache {
  readonly #entries = new Map<string, Float32Array>();
  #held = 0;

  constructor(readonly capacity = 16_000_000) {}

  /** count x length normals, row-major; row i is sample firstSample + i. Not to be written to. */
  get(seed: number, stream: number, firstSample: number, count: number, length: number): Float32Array {
    const key = [seed, stream, firstSample, count, length].join();
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const source = new NormalSource(seed, stream);
    const normals = new Float32Array(count * length);
    for (let i = 0; i < count; i++) source.fill(firstSample + i, normals, i * length, length);
    this.#entries.set(key, normals);
    this.#held += normals.length;
    for (const [oldest, values] of this.#entries) {
      if (this.#held <= this.capacity || oldest === key) break;
      this.#entries.delete(oldest);
      this.#held -= values.length;
    }
    return normals;
  }
}
