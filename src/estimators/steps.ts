/**
 * Work in steps, between which whoever runs it may turn to something else. A step takes some tens of milliseconds; before
 * one that may take longer, the milliseconds that it takes at most on a slow machine are yielded.
 */
export type Steps<T> = Generator<number | undefined, T, undefined>;

/**
 * Called between steps with what they yield. Undefined where it is too early to turn to something else; may reject to end
 * the work.
 */
export type Pause = (longest?: number) => Promise<void> | undefined;

/** A single step, for what takes no time. */
export function* atOnce<T>(value: T): Steps<T> {
  yield;
  return value;
}

/** Runs steps to their end at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Runs steps to their end, with a pause between them. Rejects with what the pause rejects with. */
export async function inTurns<T>(steps: Steps<T>, pause: Pause | undefined): Promise<T> {
  if (pause === undefined) return finish(steps);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const pausing = pause(step.value);
    if (pausing !== undefined) await pausing;
  }
}
