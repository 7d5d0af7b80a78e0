import * as tf from '@tensorflow/tfjs';
import { inputGradients } from './rules';

type SymbolicTensor = tf.LayersModel['inputs'][number];

/** n m x K, or how they follow from the n x K outputs. */
export type Cotangents = tf.Tensor2D | ((outputs: tf.Tensor2D) => tf.Tensor2D);

/** One call of a layer. */
export interface Step {
  readonly layer: tf.LayersModel['layers'][number];
  readonly inputs: readonly SymbolicTensor[];
  readonly output: SymbolicTensor;
}

/**
 * A Layers model laid out for reverse differentiation with respect to its input. tfjs's own tape gives up fused
 * convolutions, computes the gradients of biases that nobody asks for, and runs the forward pass once for every row that
 * comes back; here one forward pass serves any number of cotangents.
 */
export class ReverseSweep {
  readonly #steps: readonly Step[];
  readonly #input: SymbolicTensor;
  readonly #output: SymbolicTensor;

  /** @param model with one input and one output */
  constructor(model: tf.LayersModel) {
    this.#input = model.inputs[0] as SymbolicTensor;
    this.#output = model.outputs[0] as SymbolicTensor;
    this.#steps = stepsTo(this.#output, this.#input);
  }

  /**
   * Logits of n inputs, and for each input the input gradients of sum_k c_k f_k for its m cotangents c.
   * @param inputs n x H x W x C @param given cotangents n m x K, those of one input together
   * @returns logits n x K, gradients n m x H x W x C; the caller disposes of both
   */
  run(inputs: tf.Tensor, given: Cotangents): { logits: tf.Tensor2D; gradients: tf.Tensor } {
    return tf.tidy(() => {
      const values = new Map<number, tf.Tensor>([[this.#input.id, inputs]]);
      const valueAt = ({ id }: SymbolicTensor) => values.get(id) as tf.Tensor;
      for (const { layer, inputs: given, output } of this.#steps) {
        const tensors = given.map(valueAt);
        const value = layer.apply(tensors.length === 1 ? (tensors[0] as tf.Tensor) : tensors) as tf.Tensor;
        values.set(output.id, value);
      }
      const logits = valueAt(this.#output) as tf.Tensor2D;

      const cotangents = typeof given === 'function' ? given(logits) : given;
      const repeats = cotangents.shape[0] / (inputs.shape[0] as number);
      const gradients = new Map<number, tf.Tensor>([[this.#output.id, cotangents]]);
      for (const { layer, inputs: given, output } of [...this.#steps].reverse()) {
        const dy = gradients.get(output.id);
        if (dy === undefined) continue;
        const call = { layer, inputs: given.map(valueAt), output: valueAt(output), repeats };
        for (const [i, gradient] of inputGradients(call, dy).entries()) {
          const { id } = given[i] as SymbolicTensor;
          const known = gradients.get(id);
          gradients.set(id, known === undefined ? gradient : tf.add(known, gradient));
        }
      }
      return { logits, gradients: gradients.get(this.#input.id) as tf.Tensor };
    });
  }
}

/** The layer calls that lead to a tensor, in the order in which they run. */
export function stepsTo(target: SymbolicTensor, input: SymbolicTensor): Step[] {
  const steps: Step[] = [];
  const done = new Set<number>([input.id]);
  const visit = (output: SymbolicTensor): void => {
    if (done.has(output.id)) return;
    done.add(output.id);
    const layer = output.sourceLayer as Step['layer'];
    const inputs = layer.inboundNodes[output.nodeIndex]?.inputTensors ?? [];
    for (const each of inputs) visit(each);
    steps.push({ layer, inputs, output });
  };
  visit(target);
  return steps;
}
