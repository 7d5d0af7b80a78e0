import { yieldToMessages } from '../pulse';
import type { JobSetting } from './job';

interface Driving<S> extends Pick<JobSetting, 'signal' | 'pace'> {
  readonly onStep?: ((step: S) => void) | undefined;
}

/** Runs steps to their end, letting messages in after each; null once `signal` aborts. Waits while `pace` says so. */
export async function drive<S, T>(
  steps: AsyncGenerator<S, T, undefined>,
  { signal, pace, onStep }: Driving<S>,
): Promise<T | null> {
  for (;;) {
    await pace.pausePoint();
    if (signal.aborted) return null;
    try {
      const step = await steps.next();
      if (step.done) return step.value;
      onStep?.(step.value);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
    await yieldToMessages();
  }
}
