import { createRequire } from 'node:module';
import type { WorkerOptions } from 'node:worker_threads';

/**
 * Lets tfjs's threaded wasm module start its threads in Node. It does so from Blob addresses, in two places: the
 * worker's script, which Node's Worker does not take, and the text of the wasm module's factory, which the worker
 * wants from `importScripts`. Here both come as one module with a data: address.
 */

const require = createRequire(import.meta.url);
const FOLDER = '@tensorflow/tfjs-backend-wasm/wasm-out/';

/** What a thread runs: tfjs's own worker script, with the factory's text at hand. */
function threadScript(): URL {
  const factory = require(`${FOLDER}tfjs-backend-wasm-threaded-simd.js`) as () => unknown;
  const { wasmWorkerContents } = require(`${FOLDER}tfjs-backend-wasm-threaded-simd.worker.js`) as {
    wasmWorkerContents: string;
  };
  const main = `var WasmBackendModuleThreadedSimd = ${factory}`;
  const code = [
    `import { createRequire } from 'node:module';`,
    `const __filename = ${JSON.stringify(import.meta.url)};`,
    `const require = createRequire(__filename);`,
    // Its line breaks stood for escapes in a string; tfjs mends them in the same way.
    wasmWorkerContents.replace(/\n/g, '\\n'),
    `URL.createObjectURL = () => '';`,
    `URL.revokeObjectURL = () => {};`,
    `globalThis.importScripts = () => (0, eval)(${JSON.stringify(main)});`,
  ];
  return new URL(`data:text/javascript,${encodeURIComponent(code.join('\n'))}`);
}

/** The most threads that tfjs starts. */
const POOL = 8;

/** tfjs takes at most half as many threads as there are cores. The next question for cores, which is its own, says enough. */
function claimCores(): void {
  const os = require('node:os') as { cpus: typeof import('node:os').cpus };
  const { cpus } = os;
  os.cpus = () => {
    os.cpus = cpus;
    return cpus()
      .slice(0, 1)
      .flatMap((core) => Array.from({ length: 2 * POOL }, () => core));
  };
}

let installed = false;

/** Once called, `new Worker` of a blob: address, which only tfjs asks for, starts a wasm thread. */
export function installNodeThreads(): void {
  if (installed) return;
  installed = true;
  const workerThreads = require('node:worker_threads') as {
    Worker: typeof import('node:worker_threads').Worker;
  };
  let script: URL | undefined;
  workerThreads.Worker = class extends workerThreads.Worker {
    readonly #isWasmThread: boolean;

    constructor(file: string | URL, options?: WorkerOptions) {
      const isWasmThread = typeof file === 'string' && file.startsWith('blob:');
      if (isWasmThread && script === undefined) {
        script = threadScript();
        claimCores();
      }
      super(isWasmThread ? (script as URL) : file, options);
      this.#isWasmThread = isWasmThread;
    }

    /** The threads of a pool run for ever; they do not keep the process alive. */
    override ref(): void {
      if (!this.#isWasmThread) super.ref();
    }
  };
}
