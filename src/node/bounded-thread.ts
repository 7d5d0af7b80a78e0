import { Worker } from 'node:worker_threads';

export interface ThreadLimits {
  /** Of the processor's time, from when the program says that it is ready: a busy machine takes longer by the clock. */
  readonly seconds: number;
  /** Of JavaScript's heap. */
  readonly megabytes: number;
}

/** A thread took too long or too much memory. */
export class ThreadLimitError extends Error {
  override readonly name = 'ThreadLimitError';
}

/** By the clock: starting a thread, and waiting for a processor, may take long where others use the machine. */
const START_SECONDS = 60;
const WAITING = 20;
const LOOK_MS = 100;

/** Calls back once this process has computed for so many seconds, or `WAITING` times as many have passed. */
function afterComputing(seconds: number, call: () => void): NodeJS.Timeout {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  return setInterval(() => {
    const { user, system } = process.cpuUsage(cpu);
    const isOver = user + system > 1e6 * seconds || performance.now() - start > 1000 * WAITING * seconds;
    if (isOver) call();
  }, LOOK_MS);
}

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
      clearInterval(timer);
      void worker.terminate();
    };
    const tooLong = (): void => {
      end();
      reject(new ThreadLimitError(`took more than ${seconds} s`));
    };
    let timer = setInterval(tooLong, 1000 * START_SECONDS);
    worker.on('message', (message: T | null) => {
      clearInterval(timer);
      if (message === null) {
        timer = afterComputing(seconds, tooLong);
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
