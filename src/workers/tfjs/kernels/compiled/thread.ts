export const KERNELS = ['add', 'convolve', 'mask', 'winograd'] as const;
export type KernelName = (typeof KERNELS)[number];
export type KernelFunction = (counter: number, scratch: number, ...args: readonly number[]) => void;

/**
 * Places of the int32 words that the threads share. A task is written, then opened, then `generation` raised, which
 * wakes the threads. One that comes while it is open takes part; one that comes too late leaves again, and nobody waits.
 */
export const LAYOUT = {
  generation: 0,
  /** Threads that may be reading the task. */
  inside: 1,
  /** 1 while threads may join. */
  open: 31,
  kernel: 2,
  counter: 3,
  scratch: 4,
  scratchStride: 5,
  count: 6,
  args: 7,
  words: 33,
  /** A thread looks for the next task this often before it sleeps, which costs tens of microseconds to wake from. */
  spins: 20_000,
} as const;

/** What a kernel thread is started with; plain data that a worker can be sent. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the words in that memory. */
  readonly control: number;
  /** 1, 2, ...; the engine's own thread is number 0. */
  readonly thread: number;
  readonly kernels: readonly string[];
  readonly layout: typeof LAYOUT;
}

/**
 * The life of a kernel thread: waits for tasks and takes its part in them. Never returns. Uses nothing but its
 * argument, for Node starts it from its text.
 */
export function serve({ module, memory, control, thread, kernels, layout }: ThreadStart): never {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const words = new Int32Array(memory.buffer, control, layout.words);
  let seen = 0;
  for (;;) {
    for (let spin = 0; spin < layout.spins && Atomics.load(words, layout.generation) === seen; spin++);
    while (Atomics.load(words, layout.generation) === seen) Atomics.wait(words, layout.generation, seen);
    seen = Atomics.load(words, layout.generation);
    Atomics.add(words, layout.inside, 1);
    if (Atomics.load(words, layout.open) === 1) {
      const kernel = exports[kernels[words[layout.kernel] as number] as string] as KernelFunction;
      const scratch = (words[layout.scratch] as number) + thread * (words[layout.scratchStride] as number);
      const args = words.subarray(layout.args, layout.args + (words[layout.count] as number));
      kernel(control + 4 * layout.counter, scratch, ...args);
    }
    if (Atomics.sub(words, layout.inside, 1) === 1) Atomics.notify(words, layout.inside);
  }
}
