import { LruCache } from '../lru-cache';
import { NormalSource } from './gaussian';

/**
 * Standard normals of runs of samples, kept so that all radii share them: the noise of sample i does not depend on sigma.
 * The least recently used go first once `capacity` numbers are held.
 */
export class NoiseCache {
  readonly #runs: LruCache<Float32Array>;

  constructor(readonly capacity = 16_000_000) {
    this.#runs = new LruCache(capacity, ({ length }) => length);
  }

  /** count x length normals, row-major; row i is sample firstSample + i. Not to be written to. */
  get(seed: number, stream: number, firstSample: number, count: number, length: number): Float32Array {
    const key = [seed, stream, firstSample, count, length].join();
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    const source = new NormalSource(seed, stream);
    const normals = new Float32Array(count * length);
    for (let i = 0; i < count; i++) source.fill(firstSample + i, normals, i * length, length);
    this.#runs.set(key, normals);
    return normals;
  }
}
