import type { Pace } from './pause';

/** Lets messages in (cancel, the cursor's requests) between batches; a timer would wait 4 ms each time. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Runs steps to their end, letting messages in after each; null once `signal` aborts. Waits while `pace` says so. */
export async function drive<S, T>(
  steps: AsyncGenerator<S, T, undefined>,
  signal: AbortSignal,
  pace: Pace,
  onStep?: (step: S) => void,
): Promise<T | null> {
  for (;;) {
    await pace.pausePoint();
    if (signal.aborted) return null;
    const step = await steps.next();
    if (step.done) return step.value;
    onStep?.(step.value);
    await yieldToMessages();
  }
}
