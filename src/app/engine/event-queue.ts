/** Work that the engine does for one request; iterate it for what comes in, and cancel it when nobody waits any more. */
export interface EngineTask<Event> extends AsyncIterable<Event> {
  cancel(): void;
}

interface Reader<Event> {
  resolve(result: IteratorResult<Event, undefined>): void;
  reject(error: unknown): void;
}

/**
 * Events in the order they came in, for one reader; none is lost while it is busy with the one before. What comes after
 * the end is ignored. Leaving the loop cancels.
 */
export class EventQueue<Event> implements EngineTask<Event> {
  readonly #events: Event[] = [];
  readonly #readers: Reader<Event>[] = [];
  #failure: { readonly error: unknown } | null = null;
  #isOver = false;

  /** @param onCancel called once, if the reader cancels before the end */
  constructor(readonly onCancel: () => void = () => {}) {}

  push(event: Event): void {
    if (this.#isOver) return;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#events.push(event);
    else reader.resolve({ done: false, value: event });
  }

  /** Ends the iteration, after the events that are waiting. */
  end(): void {
    this.#isOver = true;
    for (const { resolve } of this.#readers.splice(0)) resolve({ done: true, value: undefined });
  }

  /** Ends the iteration with an error, after the events that are waiting. */
  fail(error: unknown): void {
    if (this.#isOver) return;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#failure = { error };
    else reader.reject(error);
    this.end();
  }

  /** Ends the iteration without an error; waiting events are dropped. */
  cancel(): void {
    const wasOver = this.#isOver;
    this.#events.length = 0;
    this.#failure = null;
    this.end();
    if (!wasOver) this.onCancel();
  }

  [Symbol.asyncIterator](): AsyncIterator<Event, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        this.cancel();
        return { done: true, value: undefined };
      },
    };
  }

  #next(): Promise<IteratorResult<Event, undefined>> {
    const [event] = this.#events;
    if (this.#events.length > 0) {
      this.#events.shift();
      return Promise.resolve({ done: false, value: event as Event });
    }
    if (!this.#isOver) return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
    const failure = this.#failure;
    this.#failure = null;
    return failure === null
      ? Promise.resolve({ done: true, value: undefined })
      : Promise.reject(failure.error);
  }
}
