import { BROKEN, type Pulse } from '../../workers/pulse';

/** A worker that is free answers at once; on a busy machine within this time. */
const PATIENCE_MS = 4000;
const ASK_EVERY_MS = 500;
/** If the page itself was held up for longer than this, as while its tab is hidden, nobody else is to blame. */
const HELD_UP_MS = 2000;

/** How a worker was lost: silent for too long, or ended by itself, which one does whose script cannot be loaded. */
export type Loss = 'silent' | 'ended';

/**
 * Asks a worker for signs of life and calls back once it has been silent for longer than it said it would be, or says
 * that it cannot go on. Begins with the first sign: until then its script may be on its way.
 */
export class Heartbeat {
  #deadline = Number.POSITIVE_INFINITY;
  #allowed = PATIENCE_MS;
  #last = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #port: MessagePort;

  /** @param patience milliseconds without a sign after which a worker that announced nothing is given up */
  constructor(
    port: MessagePort,
    readonly onLoss: (loss: Loss) => void,
    readonly patience = PATIENCE_MS,
  ) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Pulse>) => this.#hear(data);
    this.#timer = setInterval(() => this.#ask(), ASK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#port.close();
  }

  #hear(busyFor: Pulse): void {
    if (busyFor === BROKEN) {
      this.stop();
      this.onLoss('ended');
      return;
    }
    this.#allowed = Math.max(this.patience, busyFor);
    this.#deadline = performance.now() + this.#allowed;
  }

  #ask(): void {
    const now = performance.now();
    const heldUp = now - this.#last > HELD_UP_MS;
    this.#last = now;
    if (heldUp && Number.isFinite(this.#deadline)) this.#deadline = now + this.#allowed;
    this.#port.postMessage(null);
    if (now < this.#deadline) return;
    this.stop();
    this.onLoss('silent');
  }
}
