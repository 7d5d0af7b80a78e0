/** Keeps values by key; the least recently used go first once their sizes together exceed `capacity`. */
export class LruCache<V> {
  readonly #entries = new Map<string, V>();
  #held = 0;

  /** @param sizeOf in the unit of `capacity`; without it every value counts as one. */
  constructor(
    readonly capacity: number,
    readonly sizeOf: (value: V) => number = () => 1,
  ) {}

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** The value just set stays, even where it alone exceeds the capacity. */
  set(key: string, value: V): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#held += this.sizeOf(value);
    for (const oldest of this.#entries.keys()) {
      if (this.#held <= this.capacity || oldest === key) break;
      this.delete(oldest);
    }
  }

  keys(): string[] {
    return [...this.#entries.keys()];
  }

  /** The value that was used last of those that match; that is no use. */
  find(matches: (value: V) => boolean): V | undefined {
    return [...this.#entries.values()].findLast(matches);
  }

  delete(key: string): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#held -= this.sizeOf(value);
  }
}
