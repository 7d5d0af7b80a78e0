import { expose } from 'comlink';
import type { PulsePort } from '../../src/workers/pulse';

/** A worker on this thread that offers `api`, answers the page's pulse once, and ends when it is told to. */
export class FakeWorker extends EventTarget {
  isEnded = false;
  #pulse: MessagePort | undefined;
  readonly #channel = new MessageChannel();

  constructor(api: object) {
    super();
    expose(api, this.#channel.port1);
    this.#channel.port2.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }));
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (typeof message === 'object' && message !== null && 'pulse' in message) {
      this.#pulse = (message as PulsePort).pulse;
      this.say(0);
      return;
    }
    this.#channel.port2.postMessage(message, transfer);
  }

  say(busyFor: number): void {
    this.#pulse?.postMessage(busyFor);
  }

  terminate(): void {
    this.isEnded = true;
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}
