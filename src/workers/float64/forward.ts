import type * as tf from '@tensorflow/tfjs';
import { takeTurns } from '../pulse';
import { stepsTo } from '../tfjs/backward/reverse';
import { type LayerForm, RULES } from './rules';
import type { Values, Weights } from './values';

/** The outputs of one input in float64. */
export type Float64Forward = (input: Values) => Promise<Values>;

/** The most that one layer takes, in milliseconds, on a slow machine. */
const LONGEST_LAYER_MS = 60_000;

/**
 * A Layers model of one input and one output as a plain float64 computation of its own weights. Null where a layer has no
 * float64 rule; a setting that a rule does not know shows when the outputs are compared with float32 (`referenceOf`).
 */
export async function float64Forward(model: tf.LayersModel): Promise<Float64Forward | null> {
  const [input, output] = [model.inputs[0], model.outputs[0]];
  if (input === undefined || output === undefined) return null;
  const steps = stepsTo(output, input);
  if (steps.some(({ layer }) => RULES[layer.getClassName()] === undefined)) return null;
  const forms: LayerForm[] = [];
  for (const { layer, output } of steps) {
    const weights: Weights[] = [];
    for (const weight of layer.weights) {
      const tensor = weight.read();
      weights.push({ shape: tensor.shape, data: (await tensor.data()) as Float32Array });
    }
    const outputShape = output.shape.slice(1).map((size) => size ?? Number.NaN);
    forms.push({ config: layer.getConfig(), weights, outputShape });
  }
  return async (given) => {
    const values = new Map<number, Values>([[input.id, given]]);
    for (const [i, { layer, inputs, output }] of steps.entries()) {
      await takeTurns(LONGEST_LAYER_MS);
      const known = inputs.map(({ id }) => values.get(id) as Values);
      const result = RULES[layer.getClassName()]?.(forms[i] as LayerForm, known);
      if (result == null) throw new Float64Error(layer.name);
      values.set(output.id, result);
    }
    await takeTurns();
    return values.get(output.id) as Values;
  };
}

/** Thrown for a layer with settings that its float64 rule does not know. */
export class Float64Error extends Error {
  override readonly name = 'Float64Error';

  constructor(layer: string) {
    super(`The layer ${layer} has settings without a float64 form.`);
  }
}
