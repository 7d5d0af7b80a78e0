import type * as tf from '@tensorflow/tfjs';
import { type Float64Forward, float64Forward } from '../float64/forward';
import { type Cotangents, ReverseSweep } from './backward/reverse';

/** A network as the classifier runs it, [n, H, W, C] to n x K. All of it synchronous, on the running backend. */
export interface Network {
  /** Logits n x K; the caller disposes of them. */
  forward(inputs: tf.Tensor): tf.Tensor2D;
  /**
   * Outputs of n inputs, and for each input the input gradients of sum_k c_k f_k for its m cotangents c.
   * @returns n x K and n m x H x W x C; the caller disposes of both
   */
  backward(
    inputs: tf.Tensor,
    cotangents: Cotangents,
  ): { readonly logits: tf.Tensor2D; readonly gradients: tf.Tensor };
  /** The same outputs for one input, in float64 with the same weights; null where there is no such form. */
  float64(): Promise<Float64Forward | null>;
  /** Everything that it keeps between passes. */
  weights(): readonly tf.Tensor[];
  dispose(): void;
}

export const isNetwork = (model: tf.LayersModel | Network): model is Network => 'backward' in model;

/** A Layers model of one input and one output. */
export function layersNetwork(model: tf.LayersModel): Network {
  const reverse = new ReverseSweep(model);
  return {
    forward: (inputs) => model.apply(inputs) as tf.Tensor2D,
    backward: (inputs, cotangents) => reverse.run(inputs, cotangents),
    float64: () => float64Forward(model),
    weights: () => model.weights.map((weight) => weight.read()),
    dispose: () => {
      model.dispose();
    },
  };
}
