/** What a kernel thread is started with; plain data that a worker can be sent. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the words below in that memory. */
  readonly control: number;
  /** 1, 2, ...; the engine's own thread is number 0. */
  readonly thread: number;
}

export const KERNELS = ['add', 'convolve', 'mask', 'winograd'] as const;
export type KernelName = (typeof KERNELS)[number];

/** Places of the int32 words that the threads share: a task is written, then `generation` raised. */
export const WORD = {
  generation: 0,
  running: 1,
  kernel: 2,
  counter: 3,
  scratch: 4,
  scratchStride: 5,
  args: 6,
};
export const MOST_ARGS = 24;
export const WORDS = WORD.args + 1 + MOST_ARGS;

/** Looks for the next task this often before going to sleep, which costs tens of microseconds to wake from. */
const SPINS = 3000;

export type KernelFunction = (counter: number, scratch: number, ...args: readonly number[]) => void;

/** The life of a kernel thread: waits for tasks and takes its part in them. Never returns. */
export function serve({ module, memory, control, thread }: ThreadStart): never {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = KERNELS.map((name) => exports[name] as KernelFunction);
  const words = new Int32Array(memory.buffer, control, WORDS);
  let seen = 0;
  for (;;) {
    for (let spin = 0; spin < SPINS && Atomics.load(words, WORD.generation) === seen; spin++);
    while (Atomics.load(words, WORD.generation) === seen) Atomics.wait(words, WORD.generation, seen);
    seen = Atomics.load(words, WORD.generation);
    const scratch = (words[WORD.scratch] as number) + thread * (words[WORD.scratchStride] as number);
    const first = WORD.args + 1;
    const args = words.subarray(first, first + (words[WORD.args] as number));
    kernels[words[WORD.kernel] as number]?.(control + 4 * WORD.counter, scratch, ...args);
    if (Atomics.sub(words, WORD.running, 1) === 1) Atomics.notify(words, WORD.running);
  }
}
