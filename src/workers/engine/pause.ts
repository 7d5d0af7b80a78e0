import type { Pause } from '../../estimators/steps';
import { takeTurns } from '../pulse';

/** How a job keeps time and waits: its clock stands still while it is held. */
export interface Pace {
  /** Milliseconds, without those that the job was held. */
  now(): number;
  paused(): boolean;
  /** Resolves at once, or else when the pause is over or the job is aborted. */
  pausePoint(): Promise<void>;
}

/** Holds jobs between two batches while nobody looks. */
export class PauseGate {
  #paused = false;
  #waiting: (() => void)[] = [];

  setPaused(paused: boolean): void {
    this.#paused = paused;
    if (!paused) for (const resume of this.#waiting.splice(0)) resume();
  }

  /** The pace of one job. */
  pace(signal: AbortSignal): Pace {
    const paused = (): boolean => this.#paused && !signal.aborted;
    const goOn = (): Promise<void> =>
      new Promise((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    let heldMs = 0;
    return {
      now: () => performance.now() - heldMs,
      paused,
      pausePoint: async () => {
        if (!paused()) return;
        const start = performance.now();
        while (paused()) await goOn();
        heldMs += performance.now() - start;
      },
    };
  }
}

/** Lets messages in while an estimator computes, waits while `pace` says so, and ends it once `signal` aborts. */
export function pauseBetweenSteps(pace: Pace, signal: AbortSignal): Pause {
  const meanwhile = async (): Promise<void> => {
    await pace.pausePoint();
    signal.throwIfAborted();
  };
  return (longest) => takeTurns(longest, meanwhile);
}
