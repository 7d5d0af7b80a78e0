import type { EngineMemory } from '../protocol';
import * as tf from './tf';

/** Tensors alive on the running backend, and the size of wasm's memory where that is the backend. */
export function heldMemory(): EngineMemory {
  const { numTensors, numBytes } = tf.memory();
  const { wasm } = tf.backend() as unknown as { wasm?: { HEAPU8: Uint8Array } };
  return { tensors: numTensors, tensorBytes: numBytes, wasmHeap: wasm?.HEAPU8.byteLength ?? null };
}
