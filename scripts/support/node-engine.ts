import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { FileReader } from '../../src/workers/models/load';
import { setKernelPlatform } from '../../src/workers/tfjs/kernels/compiled/platform';

/** The engine's modules run in Node as they do in the worker; these give them files instead of addresses. */

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
export const modelsFolder = join(projectFolder, 'public', 'models');

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
setWasmPaths(`${wasmFolder}/`);

// Node 20 knows the fused multiply-add of relaxed SIMD only behind a flag; later ones need none.
setFlagsFromString('--experimental-wasm-relaxed-simd');

setKernelPlatform({
  read: async (name) => new Uint8Array(await readFile(join(projectFolder, 'assembly', 'build', name))),
  spawn: async () => {
    throw new Error('kernel threads are not there in Node');
  },
});

/** Reads the model folder public/models/<id>/. */
export function folderReader(modelId: string): FileReader {
  return async (path) => {
    try {
      return new Uint8Array(await readFile(join(modelsFolder, modelId, path)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
}
