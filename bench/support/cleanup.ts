/** What has to be ended however the command ends: the last begun goes first. */
export class Cleanup {
  readonly #steps: (() => void | Promise<void>)[] = [];

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error(`while cleaning up: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
}

/** Runs a command's `main` and what it leaves to clean up, on Ctrl-C as well. An error is one line and status 1. */
export async function runCommand(main: (cleanup: Cleanup) => Promise<void>): Promise<void> {
  const cleanup = new Cleanup();
  let interrupted = false;
  for (const [signal, status] of [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    // The signal comes twice where a runner like tsx passes on what the terminal sends to all.
    process.on(signal, () => {
      if (interrupted) return;
      interrupted = true;
      void cleanup.run().finally(() => process.exit(status));
    });
  }
  try {
    await main(cleanup);
  } catch (error) {
    if (interrupted) return;
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    await cleanup.run();
  }
}
