import * as tf from '@tensorflow/tfjs';
import { RECTIFIER_GRADIENT } from '../kernels/elementwise';

/** dy where y > 0, else 0; `repeats` consecutive rows of dy share a row of y. */
export function rectifierGradient(dy: tf.Tensor, y: tf.Tensor, repeats: number): tf.Tensor {
  if (tf.getKernel(RECTIFIER_GRADIENT, tf.getBackend()) !== undefined) {
    return tf.engine().runKernel(RECTIFIER_GRADIENT, { dy, y }, { repeats });
  }
  const rows = y.shape[0] as number;
  const gate = tf.reshape(tf.step(y), [rows, 1, -1]);
  return tf.reshape(tf.mul(tf.reshape(dy, [rows, repeats, -1]), gate), dy.shape);
}
