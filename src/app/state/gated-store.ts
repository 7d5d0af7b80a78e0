/** What a component needs of a store: zustand's, or one that looks at it through a gate. */
export interface ReadableStore<State> {
  readonly getState: () => State;
  readonly getInitialState: () => State;
  readonly subscribe: (listener: (state: State, previous: State) => void) => () => void;
}

/** A store as it was when its gate was last open: while it is closed, its followers see nothing of what happens. */
export class GatedStore<State> implements ReadableStore<State> {
  readonly #listeners = new Set<(state: State, previous: State) => void>();
  #seen: State;
  #isOpen: boolean;
  #leave: (() => void) | undefined;

  /** @param missed called with each change that a closed gate keeps back */
  constructor(
    readonly source: ReadableStore<State>,
    isOpen: boolean,
    readonly missed: () => void,
  ) {
    this.#seen = source.getState();
    this.#isOpen = isOpen;
  }

  readonly getInitialState = (): State => this.source.getInitialState();

  readonly getState = (): State => (this.#isOpen ? this.source.getState() : this.#seen);

  readonly subscribe = (listener: (state: State, previous: State) => void): (() => void) => {
    this.#listeners.add(listener);
    this.#leave ??= this.source.subscribe((state, previous) => {
      if (!this.#isOpen) this.missed();
      else this.#show(state, previous);
    });
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#leave?.();
      this.#leave = undefined;
    };
  };

  open(): void {
    if (this.#isOpen) return;
    this.catchUp();
    this.#isOpen = true;
  }

  close(): void {
    this.#seen = this.source.getState();
    this.#isOpen = false;
  }

  /** Shows the followers of a closed gate what they missed. */
  catchUp(): void {
    const previous = this.#seen;
    const state = this.source.getState();
    if (this.#isOpen || state === previous) return;
    this.#seen = state;
    this.#show(state, previous);
  }

  #show(state: State, previous: State): void {
    for (const listener of this.#listeners) listener(state, previous);
  }
}
