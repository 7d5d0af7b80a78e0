/** Numbers by which the engine knows requests, and those of requests that nobody waits for any more. */
export class RequestIds {
  #last = 0;
  readonly #cancelled = new Set<number>();

  next(): number {
    return ++this.#last;
  }

  cancel(id: number): void {
    this.#cancelled.add(id);
  }

  isCancelled(id: number): boolean {
    return this.#cancelled.has(id);
  }

  /** Lets go of a request that has its answer. */
  settle(id: number): void {
    this.#cancelled.delete(id);
  }
}
