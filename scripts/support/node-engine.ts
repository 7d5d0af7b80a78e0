import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as v from 'valibot';
import { modelIndexSchema } from '../../src/workers/models/card';
import type { FileReader } from '../../src/workers/models/load';
import { installNodeKernels } from './node-kernels';
import { installNodeThreads } from './node-threads';

/** The engine's modules run in Node as they do in the worker; these give them files instead of addresses. */

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
export const modelsFolder = join(projectFolder, 'public', 'models');

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
setWasmPaths(`${wasmFolder}/`);
installNodeThreads();
installNodeKernels(projectFolder);

/** Reads the model folder <id>/ in `folder`, the shelf's unless another is given. */
export function folderReader(modelId: string, folder = modelsFolder): FileReader {
  return async (path) => {
    try {
      return new Uint8Array(await readFile(join(folder, modelId, path)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
}

/** The ids of the models on the shelf, in its order. */
export async function readShelf(): Promise<string[]> {
  const json: unknown = JSON.parse(await readFile(join(modelsFolder, 'index.json'), 'utf8'));
  return v.parse(modelIndexSchema, json).models.map(({ id }) => id);
}
