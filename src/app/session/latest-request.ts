import { report } from './problem';
import { cancelJob, nextJobId } from './run-job';

/**
 * One kind of request to the engine, of which only the newest key is wanted: another key cancels what was asked for the
 * one before, and is asked for once it has rested.
 */
export class LatestRequest {
  #key: string | null = null;
  #id = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly restMs: number) {}

  get key(): string | null {
    return this.#key;
  }

  /** @param key all that the answer depends on; null if nothing is wanted. @param ask runs under the id it is given. */
  want(key: string | null, ask: (id: number, isWanted: () => boolean) => Promise<void>): void {
    if (key === this.#key) return;
    this.#key = key;
    clearTimeout(this.#timer);
    if (this.#id !== 0) cancelJob(this.#id);
    this.#id = 0;
    if (key === null) return;
    const isWanted = (): boolean => this.#key === key;
    this.#timer = setTimeout(() => {
      this.#id = nextJobId();
      ask(this.#id, isWanted).catch((error: unknown) => isWanted() && report(error));
    }, this.restMs);
  }
}
