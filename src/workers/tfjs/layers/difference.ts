import * as tf from '@tensorflow/tfjs';
import { OwnLayer, type Shape } from './own-layer';

/** The first of two inputs less the second, broadcast: Keras's Subtract. */
export class DifferenceLayer extends OwnLayer {
  static className = 'ProbustDifference';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [a, b] = inputShape as [Shape, Shape];
    if (a.length !== b.length) throw new RangeError(`“${this.name}” subtracts inputs of unlike dimensions.`);
    return a.map((size, i) => (size === 1 ? (b[i] ?? null) : size));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [a, b] = inputs as [tf.Tensor, tf.Tensor];
    return tf.sub(a, b);
  }
}
