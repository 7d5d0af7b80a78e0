import * as tf from '@tensorflow/tfjs';

export type Shape = (number | null)[];
export type Config = tf.serialization.ConfigDict;

/**
 * A layer that Keras has and tfjs lacks, or has otherwise. Its class name begins with “Probust”, which no reader lets
 * through from a file. Gradients come from tfjs's tape, but for those in `backward/rules`.
 */
export abstract class OwnLayer extends tf.layers.Layer {
  readonly settings: Config;

  constructor(config: Config) {
    super(config as ConstructorParameters<typeof tf.layers.Layer>[0]);
    this.settings = config;
  }

  override getConfig(): Config {
    return { ...this.settings, ...super.getConfig() };
  }

  /** A weight by the name that Keras gave it. */
  protected own(name: string, shape: number[], dtype: tf.DataType = 'float32') {
    return this.addWeight(name, shape, dtype, tf.initializers.zeros());
  }
}

/** The only tensor of a call. */
export const only = (inputs: tf.Tensor | tf.Tensor[]): tf.Tensor =>
  Array.isArray(inputs) ? (inputs[0] as tf.Tensor) : inputs;

/** The only shape of a build. */
export const onlyShape = (shape: Shape | Shape[]): Shape =>
  (Array.isArray(shape[0]) ? shape[0] : shape) as Shape;

/** An axis counted from the first. Throws RangeError where there is none such. */
export function positiveAxis(axis: number, rank: number): number {
  const found = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(found) && found > 0 && found < rank) return found;
  throw new RangeError(`There is no axis ${axis} but the batch's in ${rank} dimensions.`);
}

/** The size along an axis. Throws RangeError where it is not known. */
export function sizeAlong(shape: Shape, axis: number): number {
  const size = shape[axis];
  if (size === null || size === undefined) throw new RangeError(`The size along axis ${axis} is not known.`);
  return size;
}

const registered = new Set<unknown>();

/** Makes classes known to tfjs's reader, each once. */
export function register(
  classes: readonly tf.serialization.SerializableConstructor<tf.serialization.Serializable>[],
): void {
  for (const each of classes) {
    if (registered.has(each)) continue;
    registered.add(each);
    tf.serialization.registerClass(each);
  }
}
