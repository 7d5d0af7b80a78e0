import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../errors';
import type { WasmBackend } from './wasm-backend';

/** Bytes that a tensor may have, and all tensors together; the heap ends at 4 GiB. */
const LARGEST_TENSOR_BYTES = 1e9;
const ALL_TENSOR_BYTES = 3.5e9;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function tooLarge(bytes: number): EngineError {
  return new EngineError(
    'model_too_large',
    `The network needs more memory than there is: ${megabytes(bytes)} for one of its values, with ${megabytes(tf.memory().numBytes)} in use.`,
  );
}

/**
 * Makes the wasm backend refuse tensors that do not fit, by an EngineError model_too_large. The backend itself asks for
 * the bytes as a 32-bit number and takes the address 0, which it gets where there is no room, for a place like others:
 * a tensor there overwrites whatever the heap holds.
 */
export function limitWasmHeap({ wasm }: WasmBackend): void {
  // Emscripten's first call puts the function itself in the place of one that looks it up.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    if (bytes > LARGEST_TENSOR_BYTES || tf.memory().numBytes + bytes > ALL_TENSOR_BYTES)
      throw tooLarge(bytes);
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw tooLarge(bytes);
    return address;
  };
}
