/** Bunches come no faster than this. */
const LEAST_MS = 90;
/** Times as long as it took to show a bunch that the page is left to everything else. */
const REST = 2;

/**
 * Hands on what comes in faster than a slow machine can draw it, in bunches and in order: the first item at once, the
 * others when the page has had time for whatever else it has to do. Nothing is left out.
 */
export class Paced<Item> {
  #waiting: Item[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #freeAt = 0;
  #drawing = false;

  /** @param show takes the items of a bunch; what it changes is drawn before the next task */
  constructor(readonly show: (items: readonly Item[]) => void) {}

  push(item: Item): void {
    this.#waiting.push(item);
    this.#schedule();
  }

  /** Hands on what waits, now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const items = this.#waiting;
    if (items.length === 0) return;
    this.#waiting = [];
    const start = performance.now();
    this.#drawing = true;
    this.show(items);
    setTimeout(() => {
      const end = performance.now();
      this.#freeAt = Math.max(start + LEAST_MS, end + REST * (end - start));
      this.#drawing = false;
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #schedule(): void {
    // How long the last bunch took is not known before it is drawn.
    if (this.#drawing) return;
    const wait = this.#freeAt - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }
}
