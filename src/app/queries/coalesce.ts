/** Work is done no more often than this, in milliseconds. */
const MIN_INTERVAL_MS = 90;
/** Times as long as the last run and its drawing took that the page is left to everything else. */
const IDLE_FACTOR = 2;

/**
 * Coalesces calls that come faster than a slow machine can draw what they change: the first runs at once, those that
 * follow in one run together, when the page has had time for everything else.
 */
export class Coalesced {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWanted = false;
  #isDrawing = false;
  #freeAt = 0;

  /** @param work what it changes is drawn before the next task */
  constructor(readonly work: () => void) {}

  call(): void {
    this.#isWanted = true;
    this.#schedule();
  }

  /** Runs at once if a run is due. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isWanted) return;
    this.#isWanted = false;
    const start = performance.now();
    this.#isDrawing = true;
    this.work();
    setTimeout(() => {
      const end = performance.now();
      this.#freeAt = Math.max(start + MIN_INTERVAL_MS, end + IDLE_FACTOR * (end - start));
      this.#isDrawing = false;
      if (this.#isWanted) this.#schedule();
    });
  }

  #schedule(): void {
    // How long the last run took is not known before its changes are drawn.
    if (this.#isDrawing) return;
    const wait = this.#freeAt - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }
}
