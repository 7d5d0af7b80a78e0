import { Worker } from 'node:worker_threads';

export interface ThreadLimits {
  /** From when the program says that it is ready. */
  readonly seconds: number;
  /** Of JavaScript's heap. */
  readonly megabytes: number;
}

/** A thread took too long or too much memory. */
export class ThreadLimitError extends Error {
  override readonly name = 'ThreadLimitError';
}

/** Starting a thread and loading what it needs may take long where others use the machine. */
const START_SECONDS = 60;

/**
 * Runs a CommonJS program in a thread that is ended at its limits. It posts null once it is ready to work, and then its
 * result, which this resolves with. Rejects with a ThreadLimitError, or with what the program throws.
 */
export function runBounded<T>(
  program: string,
  data: unknown,
  { seconds, megabytes }: ThreadLimits,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      eval: true,
      // Without this process's own options, which may be about modules or loaders.
      execArgv: [],
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    const end = (): void => {
      clearTimeout(timer);
      void worker.terminate();
    };
    const within = (limit: number): NodeJS.Timeout =>
      setTimeout(() => {
        end();
        reject(new ThreadLimitError(`took more than ${limit} s`));
      }, 1000 * limit);
    let timer = within(START_SECONDS);
    worker.on('message', (message: T | null) => {
      clearTimeout(timer);
      if (message === null) {
        timer = within(seconds);
        return;
      }
      end();
      resolve(message);
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      end();
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(isFull ? new ThreadLimitError(`took more than ${megabytes} MB`) : error);
    });
    worker.once('exit', () => reject(new Error('the thread ended without a word')));
  });
}
