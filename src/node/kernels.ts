import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { setKernelPlatform } from '../workers/tfjs/kernels/compiled/platform';
import { serve } from '../workers/tfjs/kernels/compiled/thread';

const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.postMessage('ready');
(${serve})(workerData);
`;

/** Lets the compiled kernels be read from files and their threads run in Node. */
export function installNodeKernels(projectFolder: string): void {
  // Node 20 knows the fused multiply-add of relaxed SIMD only behind this flag; later ones need none.
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  setKernelPlatform({
    read: async (name) => new Uint8Array(await readFile(join(projectFolder, 'assembly', 'build', name))),
    spawn: (start) =>
      new Promise((resolve, reject) => {
        // Without this process's own options, which may be about modules or loaders.
        const worker = new Worker(THREAD, { eval: true, execArgv: [], workerData: start });
        worker.once('error', reject);
        worker.once('message', () => {
          // It runs for ever, and does not keep the process alive.
          worker.unref();
          resolve();
        });
      }),
  });
}
