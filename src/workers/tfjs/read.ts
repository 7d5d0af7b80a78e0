import type * as tf from './tf';

/** The values of a tensor, which is disposed of. Never `dataSync`, which loses the device on WebGPU. */
export async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
