import * as tf from '@tensorflow/tfjs';
import { installCastGradient } from './backward/cast';
import { repeatRows } from './backward/repeat';
import type { Network } from './network';

/** The same outputs, on a tape that leads to the inputs: where the network has no such path, gradients are 0, not missing. */
function tiedTo(inputs: tf.Tensor, outputs: tf.Tensor2D): tf.Tensor2D {
  const rows = inputs.shape[0] as number;
  const first = tf.slice(tf.reshape(inputs, [rows, -1]), [0, 0], [-1, 1]);
  const nothing = tf.reshape(tf.mul(first, 0), [rows, ...outputs.shape.slice(1).map(() => 1)]);
  const tied: tf.Tensor = tf.add(outputs, nothing);
  return tied as tf.Tensor2D;
}

/**
 * A Graph model of one input, asked for one of its nodes. Its ops are differentiated by tfjs's tape, which runs the
 * forward pass once for every cotangent.
 * @param oneByOne the graph takes one input at a time
 */
export function graphNetwork(model: tf.GraphModel, output: string, oneByOne: boolean): Network {
  installCastGradient();
  const execute = (inputs: tf.Tensor): tf.Tensor2D => model.execute(inputs, output) as tf.Tensor2D;
  const forward = (inputs: tf.Tensor): tf.Tensor2D => {
    const rows = inputs.shape[0] as number;
    if (!oneByOne || rows === 1) return execute(inputs);
    return tf.concat(tf.split(inputs, rows).map(execute), 0);
  };
  return {
    forward: (inputs) => tf.tidy(() => forward(inputs)),
    backward: (inputs, given) =>
      tf.tidy(() => {
        const count = inputs.shape[0] as number;
        const cotangents = typeof given === 'function' ? given(forward(inputs)) : given;
        const repeats = cotangents.shape[0] / count;
        const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => tiedTo(x, forward(x)))(
          repeatRows(inputs, repeats),
          cotangents,
        );
        const first = tf.slice(tf.reshape(value, [count, repeats, -1]), [0, 0, 0], [-1, 1, -1]);
        const logits: tf.Tensor = tf.reshape(first, value.shape.with(0, count));
        return { logits: logits as tf.Tensor2D, gradients: grad };
      }),
    float64: async () => null,
    weights: () => Object.values(model.weights).flat(),
    dispose: () => model.dispose(),
  };
}
