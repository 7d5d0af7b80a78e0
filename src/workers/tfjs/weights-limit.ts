import * as tf from '@tensorflow/tfjs';

/** As tfjs has it, where only subclasses may call it. */
interface Weighted {
  addWeight(this: tf.layers.Layer, name: string, shape: (number | null)[], ...rest: unknown[]): unknown;
}

const prototype = tf.layers.Layer.prototype as unknown as Weighted;
const { addWeight } = prototype;

const VALUE_BYTES = 4;
/** Besides the weights themselves: what other models, and initialisers on their way, may take. */
const SPARE_BYTES = 64e6;

interface Limit {
  readonly values: number;
  readonly bytes: number;
  refuse(layer: string, weights: number): Error;
}

let limit: Limit | null = null;

/** tfjs makes all weights anew before it reads those of the files: here it asks first. */
prototype.addWeight = function (name, shape, ...rest) {
  const count = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
  if (limit !== null && !(count <= limit.values && tf.memory().numBytes <= limit.bytes)) {
    throw limit.refuse(this.name, count);
  }
  return addWeight.call(this, name, shape, ...rest);
};

/**
 * Loads a Layers model of which no layer may have more weights than there are in its files.
 * @param refuse makes the error that it rejects with otherwise
 */
export async function loadWithin(
  handler: tf.io.IOHandler,
  values: number,
  refuse: Limit['refuse'],
): Promise<tf.LayersModel> {
  // Built once, and once more for a model within the model.
  const bytes = tf.memory().numBytes + 3 * VALUE_BYTES * values + SPARE_BYTES;
  limit = { values, bytes, refuse };
  try {
    return await tf.loadLayersModel(handler);
  } finally {
    limit = null;
  }
}
