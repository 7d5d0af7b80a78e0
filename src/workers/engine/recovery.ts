import type { DeviceTrouble } from '../tfjs/device';

/** Work that outlives the graphics device it runs on. */
export class Recovery {
  #life = new AbortController();
  readonly #working = new Set<Promise<unknown>>();
  #restored: Promise<void> = Promise.resolve();

  /** @param restore makes everything anew; called once nothing runs any more */
  constructor(readonly restore: (trouble: DeviceTrouble) => Promise<void>) {}

  /** Interrupts what runs, which starts again once all is restored. */
  lose(trouble: DeviceTrouble): void {
    const life = this.#life;
    if (life.signal.aborted) return;
    life.abort();
    this.#restored = Promise.allSettled(this.#working).then(async () => {
      await this.restore(trouble);
      this.#life = new AbortController();
    });
    // Whoever comes next is told.
    this.#restored.catch(() => {});
  }

  /**
   * Runs work, from the start again as often as the device is lost meanwhile. @param work is to end early once its signal
   * aborts @returns undefined if `signal` aborts while the device is lost
   */
  async run<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
    for (;;) {
      await this.#restored;
      if (signal?.aborted) return undefined;
      const { signal: lost } = this.#life;
      const attempt = work(signal === undefined ? lost : AbortSignal.any([signal, lost]));
      this.#working.add(attempt);
      try {
        const result = await attempt;
        if (!lost.aborted) return result;
      } catch (error) {
        if (!lost.aborted) throw error;
      } finally {
        this.#working.delete(attempt);
      }
      if (signal?.aborted) return undefined;
    }
  }

  /** The same without a way to stop it. */
  async finish<T>(work: () => Promise<T>): Promise<T> {
    return (await this.run(work)) as T;
  }
}
