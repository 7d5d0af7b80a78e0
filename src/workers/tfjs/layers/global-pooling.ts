import * as tf from '@tensorflow/tfjs';
import { OwnLayer, only, onlyShape, type Shape } from './own-layer';

interface Settings {
  readonly kind: 'mean' | 'max';
  readonly keepdims: boolean;
  /** Channels before all other axes. */
  readonly first: boolean;
}

/** The mean or the largest over all axes but batch and channels, of any number, which may stay with size 1. */
export class GlobalPoolingLayer extends OwnLayer {
  static className = 'ProbustGlobalPooling';

  get #given(): Settings {
    return this.settings as unknown as Settings;
  }

  #over(rank: number): number[] {
    const channels = this.#given.first ? 1 : rank - 1;
    return Array.from({ length: rank }, (_, i) => i).filter((i) => i !== 0 && i !== channels);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = onlyShape(inputShape);
    const over = this.#over(shape.length);
    const { keepdims } = this.#given;
    return shape.flatMap((size, i) => (over.includes(i) ? (keepdims ? [1] : []) : [size]));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { kind, keepdims } = this.#given;
    return tf.tidy(() => {
      const x = only(inputs);
      const over = this.#over(x.rank);
      return kind === 'mean' ? tf.mean(x, over, keepdims) : tf.max(x, over, keepdims);
    });
  }
}
