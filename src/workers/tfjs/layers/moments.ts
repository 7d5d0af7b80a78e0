import * as tf from '@tensorflow/tfjs';
import { OwnLayer, only, onlyShape, positiveAxis, type Shape, sizeAlong } from './own-layer';

type Weight = ReturnType<OwnLayer['addWeight']>;

interface Settings {
  /** What is divided by: the deviation from the mean, the root of the mean square, or the norm. */
  readonly by: 'deviation' | 'root' | 'norm';
  readonly axis: number[];
  /** Channels along the one axis are normalised in so many groups, each with all other axes; null for none. */
  readonly groups: number | null;
  readonly epsilon: number;
  readonly scale: boolean;
  readonly center: boolean;
}

/** Least squared norm that Keras divides by. */
const LEAST_SQUARE = 1e-12;

/**
 * Values divided by a moment of their own input: LayerNormalization (Ba, Kiros, Hinton, arXiv 1607.06450),
 * GroupNormalization (Wu, He, arXiv 1803.08494), RMSNormalization and UnitNormalization of Keras.
 */
export class MomentsLayer extends OwnLayer {
  static className = 'ProbustMoments';
  #axes: number[] = [];
  #spread: number[] = [];
  #gamma: Weight | null = null;
  #beta: Weight | null = null;

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  get #given(): Settings {
    return this.settings as unknown as Settings;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = onlyShape(inputShape);
    const { axis, groups, scale, center, by } = this.#given;
    this.#axes = axis.map((each) => positiveAxis(each, shape.length)).sort((a, b) => a - b);
    if (groups !== null && sizeAlong(shape, this.#axes[0] as number) % groups !== 0) {
      throw new RangeError(`The channels of “${this.name}” do not divide into ${groups} groups.`);
    }
    this.#spread = shape.map((_, i) => (this.#axes.includes(i) ? sizeAlong(shape, i) : 1));
    const size = this.#axes.map((each) => sizeAlong(shape, each));
    if (scale) this.#gamma = this.own(by === 'root' ? 'scale' : 'gamma', size);
    if (center) this.#beta = this.own('beta', size);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs);
      const normalised = tf.reshape(this.#normalised(x), x.shape);
      const scaled =
        this.#gamma === null ? normalised : tf.mul(normalised, tf.reshape(this.#gamma.read(), this.#spread));
      return this.#beta === null ? scaled : tf.add(scaled, tf.reshape(this.#beta.read(), this.#spread));
    });
  }

  #normalised(x: tf.Tensor): tf.Tensor {
    const { by, groups, epsilon } = this.#given;
    const [values, over] = groups === null ? [x, this.#axes] : this.#grouped(x, groups);
    const square = (each: tf.Tensor): tf.Tensor => tf.mul(each, each);
    if (by === 'norm') {
      return tf.mul(values, tf.rsqrt(tf.maximum(tf.sum(square(values), over, true), LEAST_SQUARE)));
    }
    const centred = by === 'root' ? values : tf.sub(values, tf.mean(values, over, true));
    const variance = tf.mean(square(centred), over, true);
    return tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  }

  /** The channels' axis split into groups and what is within one; all but batch and groups share a moment. */
  #grouped(x: tf.Tensor, groups: number): [tf.Tensor, number[]] {
    const axis = this.#axes[0] as number;
    const size = x.shape[axis] as number;
    const shape = [...x.shape.slice(0, axis), groups, size / groups, ...x.shape.slice(axis + 1)];
    const over = shape.flatMap((_, i) => (i === 0 || i === axis ? [] : [i]));
    return [tf.reshape(x, shape), over];
  }
}
