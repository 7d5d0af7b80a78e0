import { longStep } from '../pulse';

/** What a pass takes at most before any was seen, with the compilation of what it runs. */
const FIRST_MS = 60_000;
/** A machine that is busy with something else is slower by less than this. */
const SLACK = 20;

/** Announces passes by what those before them took, since nothing else runs on the thread meanwhile. */
export class PassBound {
  #most: { readonly rows: number; readonly ms: number } | null = null;
  /** The most that the first pass takes, in milliseconds. */
  first = FIRST_MS;

  /** Runs a pass over so many rows. */
  run<T>(rows: number, pass: () => T): T {
    const start = performance.now();
    const result = longStep(this.#longest(rows), pass);
    const ms = performance.now() - start;
    if (this.#most === null || rows > this.#most.rows) this.#most = { rows, ms };
    else if (rows === this.#most.rows && ms > this.#most.ms) this.#most = { rows, ms };
    return result;
  }

  #longest(rows: number): number {
    if (this.#most === null) return this.first;
    return SLACK * this.#most.ms * Math.max(1, rows / this.#most.rows);
  }
}
