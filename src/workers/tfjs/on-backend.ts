import * as tf from '@tensorflow/tfjs';
import type { BackendName } from '../backend-info';

/**
 * Runs something synchronous on a backend that is not the engine's, null for the engine's own. tfjs moves tensors to where
 * they are used. Only for cpu, or a backend that has been started: those tfjs changes to at once, without waiting.
 */
export function onBackend<T>(name: BackendName | null, run: () => T): T {
  const before = tf.getBackend();
  if (name === null || name === before) return run();
  void tf.setBackend(name);
  try {
    return run();
  } finally {
    void tf.setBackend(before);
  }
}
