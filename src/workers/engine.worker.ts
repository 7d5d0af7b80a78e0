import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { expose } from 'comlink';
import { get, set } from 'idb-keyval';
import kernelsUrl from '../../assembly/build/kernels.wasm?url';
import relaxedUrl from '../../assembly/build/kernels-relaxed.wasm?url';
import threadsUrl from '../../assembly/build/kernels-threads.wasm?url';
import relaxedThreadsUrl from '../../assembly/build/kernels-threads-relaxed.wasm?url';
import { createEngine } from './engine/engine';
import KernelThread from './kernel-thread.worker?worker';
import { browserStorage, readOnly } from './models/own/storage';
import { answerPulse } from './pulse';
import { setKernelPlatform } from './tfjs/kernels/compiled/platform';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plainUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
});

const kernelUrls = {
  'kernels.wasm': kernelsUrl,
  'kernels-relaxed.wasm': relaxedUrl,
  'kernels-threads.wasm': threadsUrl,
  'kernels-threads-relaxed.wasm': relaxedThreadsUrl,
};

setKernelPlatform({
  async read(name) {
    const response = await fetch(kernelUrls[name]);
    if (!response.ok) throw new Error(`${name} could not be fetched (status ${response.status})`);
    return new Uint8Array(await response.arrayBuffer());
  },
  spawn(start) {
    const worker = new KernelThread({ name: `kernel thread ${start.thread}` });
    return new Promise((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(start);
    });
  },
});

answerPulse();
/** A second engine tries what a person brings, and keeps nothing. */
const isTrial = name === 'trial';
expose(
  isTrial
    ? createEngine({ storage: readOnly(browserStorage()) })
    : createEngine({ storage: browserStorage(), memory: { get: (key) => get<number>(key), set } }),
);
