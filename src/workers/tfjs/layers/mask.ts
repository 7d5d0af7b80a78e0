import * as tf from '@tensorflow/tfjs';
import { type Config, OwnLayer, only, type Shape } from './own-layer';

/** Zero for every step whose values are all the mask value. The mask itself goes no further: no layer here reads one. */
export class MaskingLayer extends OwnLayer {
  static className = 'ProbustMasking';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { maskValue } = this.settings as Config & { maskValue: number };
    return tf.tidy(() => {
      const x = only(inputs);
      // Steps have a gradient on tfjs's tape, which is 0; comparisons have none.
      return tf.mul(x, tf.step(tf.sum(tf.abs(tf.sub(x, maskValue)), -1, true)));
    });
  }
}
