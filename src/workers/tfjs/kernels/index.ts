import * as tf from '@tensorflow/tfjs';
import { Convolver } from './compiled/convolver';
import { KernelPool } from './compiled/pool';
import { installConv2D } from './conv2d';
import { installConv2DBackpropInput } from './conv2d-backprop-input';
import { installDepthwiseBackpropInput } from './depthwise-backprop-input';
import { installElementwise } from './elementwise';
import { installUnusedFilterGradients } from './filter-gradients';
import { isOurs } from './groups';
import { limitWasmHeap } from './heap-limit';
import { installIdentity } from './identity';
import { installMatMul } from './mat-mul';
import { installMaxPoolGrad } from './max-pool-grad';
import type { WasmBackend } from './wasm-backend';

/** The groups whose kernels are compiled from assembly/ and need its threads. */
const COMPILED = ['convolution', 'convolution-input-gradient', 'dense', 'elementwise'] as const;

let installed = false;

/**
 * Limits the heap of the wasm backend, and makes its convolutions, dense layers and input gradients right and fast. To
 * be called once that backend runs; later calls change nothing. Without SIMD tfjs's own convolutions stay.
 * @returns the number of threads that the compiled kernels use
 */
export async function installWasmKernels(threads: number): Promise<number> {
  if (installed) return pool?.size ?? 1;
  installed = true;
  const backend = tf.backend() as unknown as WasmBackend;
  limitWasmHeap(backend);
  if (isOurs('identity')) installIdentity();
  installDepthwiseBackpropInput();
  installUnusedFilterGradients();
  if (isOurs('max-pool-gradient')) installMaxPoolGrad();
  if (!COMPILED.some(isOurs) || !(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) return 1;
  pool = await KernelPool.start(backend, threads);
  if (pool === undefined) return 1;
  const convolver = new Convolver(pool, backend);
  if (isOurs('convolution')) installConv2D(convolver);
  if (isOurs('convolution-input-gradient')) installConv2DBackpropInput(convolver);
  if (isOurs('dense')) installMatMul(convolver);
  if (isOurs('elementwise')) installElementwise(pool);
  return pool.size;
}

let pool: KernelPool | undefined;
