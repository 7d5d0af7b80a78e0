import { type Pulse, sendPulseTo } from '../workers/pulse';

/** While a person's model is loaded, the command gives signs of life, without which it is ended. */

/** What a step may take that was not announced. */
const PATIENCE_MS = 10_000;
const SIGN_EVERY_MS = 500;

/** Tells for how many milliseconds there may be no further sign; 0 once nothing is waited for any more. */
let tell: (longest: number) => void = () => {};

/** Has signs of life go to whoever can end this thread. */
export function tellSignsTo(receiver: typeof tell): void {
  tell = receiver;
}

/** Runs something that may hang for good. */
export async function watched<T>(run: () => Promise<T>): Promise<T> {
  let current: Pulse = 0;
  const sign = (): void => tell(Math.max(PATIENCE_MS, current));
  sendPulseTo((pulse) => {
    current = pulse;
    sign();
  });
  const signs = setInterval(sign, SIGN_EVERY_MS);
  try {
    return await run();
  } finally {
    clearInterval(signs);
    sendPulseTo(() => {});
    tell(0);
  }
}
