import { Worker } from 'node:worker_threads';

export interface ThreadLimits {
  /** Of the processor, from when the program says that it is ready: a busy machine makes no file longer. */
  readonly seconds: number;
  /** Of JavaScript's heap. */
  readonly megabytes: number;
}

/** A thread took too long or too much memory. */
export class ThreadLimitError extends Error {
  override readonly name = 'ThreadLimitError';
}

/** On the clock, for what waits or starts where others use the machine; more for a program that is given more. */
const CLOCK_SECONDS = { base: 60, perSecond: 20 };
const LOOK_MS = 50;

/** Threads that run now, which share what the process spends. */
let running = 0;

/** Seconds that the whole process has computed for. */
function processSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
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
    running++;
    const start = performance.now();
    const longest = CLOCK_SECONDS.base + CLOCK_SECONDS.perSecond * seconds;
    let [isReady, spent, before] = [false, 0, processSeconds()];
    const look = setInterval(() => {
      const now = processSeconds();
      if (isReady) spent += (now - before) / running;
      before = now;
      if (spent <= seconds && performance.now() - start <= 1000 * longest) return;
      end();
      reject(new ThreadLimitError(`took more than ${seconds} s`));
    }, LOOK_MS);
    const end = (): void => {
      clearInterval(look);
      void worker.terminate();
    };
    worker.on('message', (message: T | null) => {
      if (message === null) {
        isReady = true;
        before = processSeconds();
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
    worker.once('exit', () => {
      running--;
      end();
      reject(new Error('the thread ended without a word'));
    });
  });
}
