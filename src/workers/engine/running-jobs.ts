/** Jobs and requests that run, by the numbers under which they are cancelled. */
export class RunningJobs {
  readonly #controllers = new Map<number, AbortController>();

  async run<T>(id: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#controllers.delete(id);
    }
  }

  cancel(id: number): void {
    this.#controllers.get(id)?.abort();
  }
}
