import type * as tf from '@tensorflow/tfjs';
import { wordOfLoss } from './device';

/**
 * The values of a tensor, which is disposed of. Never `dataSync`, which loses the device on WebGPU. If it rejects because
 * the device is lost, that is known by then.
 */
export async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } catch (error) {
    await wordOfLoss();
    throw error;
  } finally {
    tensor.dispose();
  }
}
