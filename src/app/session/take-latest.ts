/**
 * Runs an asynchronous task with at most one in flight: calls made meanwhile are dropped but for the last.
 * For sliders: every position is asked for, only the newest is answered.
 */
export function takeLatest<A>(task: (argument: A) => Promise<void>): (argument: A) => void {
  let running = false;
  let waiting: { readonly argument: A } | null = null;
  const start = async (argument: A): Promise<void> => {
    running = true;
    try {
      await task(argument);
    } finally {
      running = false;
      if (waiting !== null) {
        const next = waiting;
        waiting = null;
        void start(next.argument);
      }
    }
  };
  return (argument) => {
    if (running) waiting = { argument };
    else void start(argument);
  };
}
