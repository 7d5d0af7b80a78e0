import * as tf from '@tensorflow/tfjs';
import type { EngineMemory } from '../backend-info';

/** Tensors alive on the running backend, and what wasm or the graphics device holds where that is the backend. */
export function heldMemory(): EngineMemory {
  const { numTensors, numBytes, numBytesAllocatedInGPU } = tf.memory() as tf.MemoryInfo & {
    readonly numBytesAllocatedInGPU?: number;
  };
  const { wasm } = tf.backend() as unknown as { wasm?: { HEAPU8: Uint8Array } };
  return {
    tensors: numTensors,
    tensorBytes: numBytes,
    wasmHeap: wasm?.HEAPU8.byteLength ?? null,
    gpuBytes: numBytesAllocatedInGPU ?? null,
  };
}
