import type { Page } from '@playwright/test';

/** Holds back what the page asks of its workers, as an engine does that is slow. */
export interface HeldCalls {
  /** From now on, calls of this method wait. */
  hold(method: string): Promise<void>;
  /** Calls that wait. */
  waiting(method: string): Promise<number>;
  /** Sends what waits, and holds back no more of it. */
  release(method: string): Promise<void>;
}

/** To be called before the page is opened. */
export async function holdCalls(page: Page): Promise<HeldCalls> {
  await page.addInitScript(() => {
    const held = new Map<string, (() => void)[]>();
    Object.assign(window, { held });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
      const method = (message as { path?: string[] } | null)?.path?.join('.') ?? '';
      const send = (): void => void Reflect.apply(post, this, [message, ...rest]);
      const waiting = held.get(method);
      if (waiting === undefined) send();
      else waiting.push(send);
    };
  });
  return {
    hold: (method) => page.evaluate((name) => void Reflect.get(window, 'held').set(name, []), method),
    waiting: (method) => page.evaluate((name) => Reflect.get(window, 'held').get(name)?.length ?? 0, method),
    release: (method) =>
      page.evaluate((name) => {
        const held = Reflect.get(window, 'held') as Map<string, (() => void)[]>;
        const waiting = held.get(name) ?? [];
        held.delete(name);
        for (const send of waiting) send();
      }, method),
  };
}
