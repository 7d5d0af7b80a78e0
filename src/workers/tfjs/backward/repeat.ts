import * as tf from '@tensorflow/tfjs';

/** Each row `repeats` times, one after the other. */
export function repeatRows<T extends tf.Tensor>(tensor: T, repeats: number): T {
  if (repeats === 1) return tensor;
  const [rows, ...rest] = tensor.shape as [number, ...number[]];
  // A product, because tfjs tiles element by element.
  const repeated = tf.mul(tf.reshape(tensor, [rows, 1, -1]), tf.ones([1, repeats, 1]));
  return tf.reshape(repeated, [rows * repeats, ...rest]) as unknown as T;
}
