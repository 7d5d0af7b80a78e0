import * as tf from '@tensorflow/tfjs';
import { rectifierGradient } from './rectifier';
import { repeatRows } from './repeat';

type Layer = tf.LayersModel['layers'][number];

/** One layer at work: n rows went in and came out; dy has n * repeats rows, `repeats` for each. */
export interface LayerCall {
  readonly layer: Layer;
  readonly inputs: readonly tf.Tensor[];
  readonly output: tf.Tensor;
  readonly repeats: number;
}

/** The gradient for each input from that for the output; null where the rule does not cover the layer's settings. */
type Rule = (call: LayerCall, dy: tf.Tensor) => readonly tf.Tensor[] | null;

/** Through the layer's own activation, null for one that is not known by its output alone. */
function throughActivation({ layer, output, repeats }: LayerCall, dy: tf.Tensor): tf.Tensor | null {
  const { activation = 'linear' } = layer.getConfig();
  if (activation === 'linear') return dy;
  return activation === 'relu' ? rectifierGradient(dy, output, repeats) : null;
}

function shapeBefore({ inputs: [input] }: LayerCall, dy: tf.Tensor): number[] {
  return [dy.shape[0] as number, ...(input as tf.Tensor).shape.slice(1)];
}

const reshape: Rule = (call, dy) => [tf.reshape(dy, shapeBefore(call, dy))];

const pass: Rule = ({ inputs }, dy) => inputs.map(() => dy);

const activation: Rule = (call, dy) => {
  const dz = throughActivation(call, dy);
  return dz && [dz];
};

const convolution: Rule = (call, dy) => {
  const { strides, padding, dataFormat, dilationRate } = call.layer.getConfig() as {
    strides: [number, number];
    padding: string;
    dataFormat: string;
    dilationRate: number | number[];
  };
  const isPlain = [dilationRate].flat().every((rate) => rate === 1) && dataFormat !== 'channelsFirst';
  const dz = throughActivation(call, dy);
  if (dz === null || !isPlain || (padding !== 'same' && padding !== 'valid')) return null;
  const filter = call.layer.weights[0]?.read() as tf.Tensor4D;
  const shape = shapeBefore(call, dy) as [number, number, number, number];
  return [tf.conv2dTranspose(dz as tf.Tensor4D, filter, shape, strides, padding)];
};

const dense: Rule = (call, dy) => {
  const dz = throughActivation(call, dy);
  if (dz === null || dz.rank !== 2) return null;
  return [tf.matMul(dz as tf.Tensor2D, call.layer.weights[0]?.read() as tf.Tensor2D, false, true)];
};

const globalAverage: Rule = (call, dy) => {
  const shape = shapeBefore(call, dy);
  const [rows, height, width, channels] = shape as [number, number, number, number];
  if (call.layer.getConfig().dataFormat === 'channelsFirst') return null;
  const share = tf.reshape(tf.div(dy, height * width), [rows, 1, 1, channels]);
  // A product, because tfjs tiles element by element.
  return [tf.mul(share, tf.ones([1, height, width, 1]))];
};

/** Each value is scaled and moved by what was learnt for its channel. */
const batchNormalization: Rule = ({ layer, output }, dy) => {
  const { axis, epsilon, scale } = layer.getConfig() as { axis: number; epsilon: number; scale: boolean };
  // In this order, those that there are: gamma, beta, mean, variance.
  const weights = layer.weights.map((weight) => weight.read());
  const variance = weights.at(-1) as tf.Tensor;
  const perStandard = tf.rsqrt(tf.add(variance, epsilon));
  const slope = scale ? tf.mul(perStandard, weights[0] as tf.Tensor) : perStandard;
  const shape = output.shape.map((_, i) => (i === (axis + output.rank) % output.rank ? slope.size : 1));
  return [tf.mul(dy, tf.reshape(slope, shape))];
};

/** By class name of the layer. */
const RULES: Readonly<Record<string, Rule>> = {
  Activation: activation,
  Add: pass,
  BatchNormalization: batchNormalization,
  Conv2D: convolution,
  Dense: dense,
  Dropout: reshape,
  Flatten: reshape,
  GlobalAveragePooling2D: globalAverage,
  ProbustBatchNormalization: batchNormalization,
  Reshape: reshape,
};

/** Any other layer is differentiated by tfjs's tape, alone. */
const byTape: Rule = ({ layer, inputs, repeats }, dy) => {
  const repeated = inputs.map((input) => repeatRows(input, repeats));
  const apply = (...given: tf.Tensor[]) =>
    layer.apply(given.length === 1 ? (given[0] as tf.Tensor) : given) as tf.Tensor;
  return tf.grads(apply)(repeated, dy);
};

/** The gradients for the inputs of a layer, n * repeats rows each, from the gradient for its output. */
export function inputGradients(call: LayerCall, dy: tf.Tensor): readonly tf.Tensor[] {
  return RULES[call.layer.getClassName()]?.(call, dy) ?? byTape(call, dy) ?? [];
}
