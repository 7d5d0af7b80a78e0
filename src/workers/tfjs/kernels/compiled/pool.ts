import { isOurs } from '../groups';
import type { WasmBackend } from '../wasm-backend';
import { type KernelBinary, kernelPlatform } from './platform';
import { KERNELS, type KernelFunction, type KernelName, LAYOUT, type ThreadStart } from './thread';

/** About 20 microseconds of one thread, which is what waking another takes. */
const WORTH_WAKING = 200_000;
/** A thread that has not answered by then is done without. */
const SPAWN_LIMIT_MS = 5000;

/**
 * The compiled kernels of assembly/, working in tfjs's own heap, on one or more threads. A call returns when all threads
 * are through; the calling thread takes its part.
 */
export class KernelPool {
  /** Threads, the caller's included. */
  size = 1;
  #scratchBytes = 0;
  readonly #kernels: readonly KernelFunction[];
  readonly #control: number;

  private constructor(
    readonly backend: WasmBackend,
    readonly module: WebAssembly.Module,
    readonly memory: WebAssembly.Memory,
  ) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    this.#kernels = KERNELS.map((name) => exports[name] as KernelFunction);
    this.#control = backend.wasm._malloc(4 * LAYOUT.words);
    this.#words().fill(0);
  }

  /** Undefined where there is no platform to load them from. @param threads wanted, the caller's included */
  static async start(backend: WasmBackend, threads: number): Promise<KernelPool | undefined> {
    const platform = kernelPlatform();
    if (platform === undefined) return undefined;
    const { wasm } = backend;
    const memory = wasm.wasmMemory ?? wasm.asm?.memory;
    if (memory === undefined) throw new Error('the heap of the wasm backend was not found');
    const isShared = !(memory.buffer instanceof ArrayBuffer);
    const base = isShared ? 'kernels-threads' : 'kernels';
    // The relaxed variant fuses multiplication and addition; engines that do not know it refuse the whole module.
    const relaxed = await platform.read(`${base}-relaxed.wasm` as KernelBinary);
    const bytes =
      isOurs('fused-multiply-add') && WebAssembly.validate(relaxed)
        ? relaxed
        : await platform.read(`${base}.wasm` as KernelBinary);
    const pool = new KernelPool(backend, await WebAssembly.compile(bytes), memory);
    for (let thread = 1; isShared && thread < threads; thread++) {
      const start: ThreadStart = {
        module: pool.module,
        memory,
        control: pool.#control,
        thread,
        kernels: KERNELS,
        layout: LAYOUT,
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const limit = new Promise<void>((_, reject) => {
        timer = setTimeout(() => reject(new Error('a kernel thread did not start')), SPAWN_LIMIT_MS);
      });
      // In Node a timer that is left would keep the process alive for as long.
      await Promise.race([platform.spawn(start), limit]).finally(() => clearTimeout(timer));
      pool.size++;
    }
    return pool;
  }

  /**
   * @param work multiplications or floats, roughly: for little of it threads are not worth waking
   * @param scratchBytes of each thread @param args after counter and scratch, int32
   */
  run(kernel: KernelName, work: number, scratchBytes: number, args: readonly number[]): void {
    if (LAYOUT.args + args.length > LAYOUT.open) throw new RangeError('too many arguments for a kernel');
    const scratch = this.#scratch(scratchBytes);
    const words = this.#words();
    const index = KERNELS.indexOf(kernel);
    words[LAYOUT.counter] = 0;
    const isShared = this.size > 1 && work > WORTH_WAKING;
    if (isShared) {
      words[LAYOUT.kernel] = index;
      words[LAYOUT.scratch] = scratch;
      words[LAYOUT.scratchStride] = this.#scratchBytes;
      words[LAYOUT.count] = args.length;
      words.set(args, LAYOUT.args);
      Atomics.store(words, LAYOUT.open, 1);
      Atomics.add(words, LAYOUT.generation, 1);
      Atomics.notify(words, LAYOUT.generation);
    }
    this.#kernels[index]?.(this.#control + 4 * LAYOUT.counter, scratch, ...args);
    if (isShared) {
      Atomics.store(words, LAYOUT.open, 0);
      waitForZero(words, LAYOUT.inside);
    }
  }

  #words(): Int32Array {
    return new Int32Array(this.memory.buffer, this.#control, LAYOUT.words);
  }

  /** One piece for each thread, kept for the next call. */
  #scratch(bytes: number): number {
    const { wasm } = this.backend;
    if (bytes > this.#scratchBytes) {
      if (this.#scratchBytes > 0) wasm._free(this.#scratchAt);
      // Whole pages, so that threads do not share lines of the cache.
      this.#scratchBytes = Math.ceil(bytes / 4096) * 4096;
      this.#scratchAt = wasm._malloc(this.size * this.#scratchBytes);
    }
    return this.#scratchAt;
  }
  #scratchAt = 0;
}

function waitForZero(words: Int32Array, place: number): void {
  for (let spin = 0; spin < LAYOUT.spins && Atomics.load(words, place) !== 0; spin++);
  for (let left = Atomics.load(words, place); left !== 0; left = Atomics.load(words, place)) {
    Atomics.wait(words, place, left);
  }
}
