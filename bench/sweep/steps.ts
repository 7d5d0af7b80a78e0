import type { TimedEvent } from '../support/side';
import type { Step } from './reached';

/** What a sweep of one estimator told, in order of time, and what it cost: forward passes, a gradient counted for two. */
export function engineSteps(events: readonly TimedEvent[]): { steps: Step[]; passes: number } {
  const steps: Step[] = [];
  const cost = new Map<number, number>();
  for (const { ms, event } of events) {
    if (event.type !== 'partial') continue;
    for (const { sigmaIndex, estimate } of event.updates) {
      steps.push({ ms, radius: sigmaIndex, p: estimate.p });
      cost.set(sigmaIndex, estimate.evaluations + 2 * estimate.gradients);
    }
  }
  return { steps, passes: [...cost.values()].reduce((sum, each) => sum + each, 0) };
}
