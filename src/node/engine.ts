import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { installNodeKernels } from './kernels';
import { projectFolder } from './project';
import { installNodeThreads } from './threads';

/** The engine's modules run in Node as they do in the worker; these give them files instead of addresses. */

export { folderReader, modelsFolder, readBundledIds } from './bundled-models';
export { projectFolder } from './project';

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
setWasmPaths(`${wasmFolder}/`);
installNodeThreads();
installNodeKernels(projectFolder);
