import * as tf from '@tensorflow/tfjs';
import { type Config, OwnLayer, only, onlyShape, positiveAxis, type Shape, sizeAlong } from './own-layer';

type Weight = ReturnType<OwnLayer['addWeight']>;

const same = (shape: Shape | Shape[]): Shape | Shape[] => shape;

/** Sizes of the given axes, and 1 along all others. */
const spread = (shape: Shape, axes: readonly number[]): number[] =>
  shape.map((_, i) => (axes.includes(i) ? sizeAlong(shape, i) : 1));

/** Nested lists of numbers, or one number. */
type Values = Parameters<typeof tf.tensor>[0];

/** x * scale + offset, each a number or values that are broadcast as in numpy: Keras's Rescaling. */
export class RescalingLayer extends OwnLayer {
  static className = 'ProbustRescaling';
  override computeOutputShape = same;

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { scale, offset } = this.settings as unknown as { scale: Values; offset: Values };
    return tf.tidy(() => tf.add(tf.mul(only(inputs), tf.tensor(scale)), tf.tensor(offset)));
  }
}

/** Least deviation that Keras divides by. */
const LEAST_DEVIATION = 1e-7;

/** (x - mean) / deviation along the kept axes, or its inverse: Keras's Normalization, from settings or weights. */
export class NormalizationLayer extends OwnLayer {
  static className = 'ProbustNormalization';
  override computeOutputShape = same;
  #axes: number[] = [];
  #mean: Weight | null = null;
  #variance: Weight | null = null;

  override build(inputShape: Shape | Shape[]): void {
    const shape = onlyShape(inputShape);
    const { axis, mean, count } = this.settings as { axis: number[]; mean: unknown; count: unknown };
    this.#axes = axis.map((each) => positiveAxis(each, shape.length)).sort((a, b) => a - b);
    if (mean === null || mean === undefined) {
      const kept = this.#axes.map((each) => sizeAlong(shape, each));
      this.#mean = this.own('mean', kept);
      this.#variance = this.own('variance', kept);
      if (typeof count === 'string') this.own('count', [], count as tf.DataType);
    }
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { invert, ...given } = this.settings as Config & { invert?: boolean };
    return tf.tidy(() => {
      const x = only(inputs);
      const mean = this.#aligned(x, this.#mean?.read() ?? tf.tensor(given.mean as Values));
      const variance = this.#aligned(x, this.#variance?.read() ?? tf.tensor(given.variance as Values));
      const deviation = tf.maximum(tf.sqrt(variance), LEAST_DEVIATION);
      return invert === true ? tf.add(tf.mul(x, deviation), mean) : tf.div(tf.sub(x, mean), deviation);
    });
  }

  /** A number as it is; else the last dimensions of the values on the last of the kept axes. */
  #aligned(x: tf.Tensor, values: tf.Tensor): tf.Tensor {
    if (values.size === 1) return tf.reshape(values, []);
    // Keras 2 may hold them spread over all axes already.
    if (values.rank === x.rank) return values;
    const shape = x.shape.map(() => 1);
    for (let i = 1; i <= values.rank; i++) {
      const axis = this.#axes.at(-i);
      if (axis === undefined) throw new RangeError('The mean has more dimensions than there are axes.');
      shape[axis] = values.shape.at(-i) as number;
    }
    return tf.reshape(values, shape);
  }
}

/** Batch normalisation along any axis, with or without scale and centre. tfjs's own knows the last axis alone. */
export class BatchNormalizationLayer extends OwnLayer {
  static className = 'ProbustBatchNormalization';
  override computeOutputShape = same;
  #spread: number[] = [];
  #gamma: Weight | null = null;
  #beta: Weight | null = null;
  #mean: Weight | null = null;
  #variance: Weight | null = null;

  override build(inputShape: Shape | Shape[]): void {
    const shape = onlyShape(inputShape);
    const { axis, scale, center } = this.settings as { axis: number; scale: boolean; center: boolean };
    const along = positiveAxis(axis, shape.length);
    const size = [sizeAlong(shape, along)];
    this.#spread = spread(shape, [along]);
    if (scale) this.#gamma = this.own('gamma', size);
    if (center) this.#beta = this.own('beta', size);
    this.#mean = this.own('moving_mean', size);
    this.#variance = this.own('moving_variance', size);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const read = (weight: Weight | null): tf.Tensor | null =>
        weight && tf.reshape(weight.read(), this.#spread);
      const variance = read(this.#variance) as tf.Tensor;
      const perDeviation = tf.rsqrt(tf.add(variance, this.settings.epsilon as number));
      const gamma = read(this.#gamma);
      const slope = gamma === null ? perDeviation : tf.mul(perDeviation, gamma);
      const centred = tf.mul(tf.sub(only(inputs), read(this.#mean) as tf.Tensor), slope);
      const beta = read(this.#beta);
      return beta === null ? centred : tf.add(centred, beta);
    });
  }
}
