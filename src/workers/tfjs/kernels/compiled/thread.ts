export const KERNELS = ['add', 'convolve', 'mask', 'winograd'] as const;
export type KernelName = (typeof KERNELS)[number];
export type KernelFunction = (counter: number, scratch: number, ...args: readonly number[]) => void;

/** Places of the int32 words that the threads share: a task is written, then `generation` raised. */
export const LAYOUT = {
  generation: 0,
  running: 1,
  kernel: 2,
  counter: 3,
  scratch: 4,
  scratchStride: 5,
  count: 6,
  args: 7,
  words: 32,
  /** A thread looks for the next task this often before it sleeps, which costs tens of microseconds to wake from. */
  spins: 3000,
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
    const kernel = exports[kernels[words[layout.kernel] as number] as string] as KernelFunction;
    const scratch = (words[layout.scratch] as number) + thread * (words[layout.scratchStride] as number);
    const args = words.subarray(layout.args, layout.args + (words[layout.count] as number));
    kernel(control + 4 * layout.counter, scratch, ...args);
    if (Atomics.sub(words, layout.running, 1) === 1) Atomics.notify(words, layout.running);
  }
}
