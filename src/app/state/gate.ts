import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';

type Subscribe = (listener: () => void) => () => void;

/** Subscribes to several stores at once. */
export function joined(...all: readonly Subscribe[]): Subscribe {
  return (listener) => {
    const leave = all.map((subscribe) => subscribe(listener));
    return () => {
      for (const each of leave) each();
    };
  };
}

/** Keeps changes back from a part of the page that nobody sees: while it is closed, its components are not told of any. */
export class Gate {
  readonly #listeners = new Set<() => void>();
  #isOpen: boolean;

  /** @param onMissed called with each change that is kept back */
  constructor(
    isOpen: boolean,
    readonly onMissed: () => void,
  ) {
    this.#isOpen = isOpen;
  }

  /** The same changes, as far as the gate lets them through. */
  through(subscribe: Subscribe): Subscribe {
    return (listener) => {
      this.#listeners.add(listener);
      const leave = subscribe(() => (this.#isOpen ? listener() : this.onMissed()));
      return () => {
        this.#listeners.delete(listener);
        leave();
      };
    };
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.catchUp();
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Has all components look again. */
  catchUp(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The gate around a component; null where there is none. */
export const GateContext = createContext<Gate | null>(null);

/** Reads what a store says, again whenever it tells of changes and the part of the page around is seen. */
export function useNotified<T>(subscribe: Subscribe, read: () => T): T {
  const gate = useContext(GateContext);
  const gated = useMemo(() => gate?.through(subscribe) ?? subscribe, [gate, subscribe]);
  return useSyncExternalStore(gated, read, read);
}
