import type { EngineTask } from '../engine/event-queue';

/** Iterates a task's events, and cancels it when the signal aborts. */
export async function* untilAborted<Event>(
  task: EngineTask<Event>,
  signal: AbortSignal,
): AsyncGenerator<Event, void, undefined> {
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel);
  try {
    yield* task;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
