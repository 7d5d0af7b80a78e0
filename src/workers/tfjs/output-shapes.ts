import type * as tf from '@tensorflow/tfjs';

type Layer = tf.LayersModel['layers'][number];
type Shape = (number | null)[];

const isContainer = (layer: Layer): layer is tf.LayersModel => 'layers' in layer;

function* withinOf(model: tf.LayersModel): Generator<Layer> {
  yield model;
  for (const layer of model.layers) {
    if (isContainer(layer)) yield* withinOf(layer);
    else yield layer;
  }
}

/**
 * Tells of every layer what it gives for a batch of one of this shape, by arithmetic alone. Of layers behind one that
 * tfjs can only run, nothing is told. Throws what `tell` throws.
 */
export function eachOutputShape(
  model: tf.LayersModel,
  input: readonly (number | null)[],
  tell: (layer: string, shape: readonly (number | null)[]) => void,
): void {
  const all = [...withinOf(model)];
  let refusal: { readonly error: unknown } | null = null;
  const told = (layer: Layer, shapes: Shape[]): void => {
    try {
      for (const shape of shapes) tell(layer.name, shape);
    } catch (error) {
      refusal ??= { error };
      throw error;
    }
  };
  for (const layer of all) {
    if (isContainer(layer)) {
      // tfjs does not do this arithmetic for a Sequential model.
      if (layer.getClassName() !== 'Sequential') continue;
      layer.computeOutputShape = (given: Shape | Shape[]) =>
        layer.layers.reduce((shape, each) => each.computeOutputShape(shape), given);
      continue;
    }
    const compute = layer.computeOutputShape.bind(layer);
    layer.computeOutputShape = (given: Shape | Shape[]) => {
      const found = compute(given);
      told(layer, (Array.isArray(found[0]) ? found : [found]) as Shape[]);
      return found;
    };
  }
  try {
    model.computeOutputShape([1, ...input]);
  } catch (error) {
    if (refusal !== null) throw error;
  } finally {
    // What was put on the layer hides the method of its class.
    for (const layer of all) Reflect.deleteProperty(layer, 'computeOutputShape');
  }
}
