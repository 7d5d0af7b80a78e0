import { whenIdle } from './idle';

/** Work waits until nothing new has come for this long, in milliseconds, */
const DEBOUNCE_MS = 300;
/** but not longer than this. */
const MAX_WAIT_MS = 4000;

/** Work that many events ask for and that one run does for all of them: when they pause, and the page is idle. */
export class Debounced {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #takeBack: (() => void) | undefined;
  #firstAt = 0;
  #lastAt = 0;

  constructor(readonly work: () => void) {}

  ask(): void {
    this.#lastAt = performance.now();
    if (this.#timer !== undefined || this.#takeBack !== undefined) return;
    this.#firstAt = this.#lastAt;
    this.#wait(DEBOUNCE_MS);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#takeBack?.();
    this.#timer = this.#takeBack = undefined;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const left = Math.min(this.#lastAt + DEBOUNCE_MS, this.#firstAt + MAX_WAIT_MS) - performance.now();
      if (left > 0) this.#wait(left);
      else this.#takeBack = whenIdle(() => this.#run());
    }, ms);
  }

  #run(): void {
    this.#takeBack = undefined;
    this.work();
  }
}
