import * as tf from '@tensorflow/tfjs';
import type { Float64Forward } from '../float64/forward';
import type { Values } from '../float64/values';
import { repeatRows } from './backward/repeat';
import type { Network } from './network';

/** Networks around networks: what lies between pixels and what a network takes, and between what it gives and logits. */

/** How inputs [n, H, W, C] of pixels become what the network takes. */
export interface InputForm {
  /** By channel; pixel * scale + offset. */
  readonly scale: readonly number[];
  readonly offset: readonly number[];
  /** Channels before height and width. */
  readonly channelsFirst: boolean;
  /** The shape of one input, without the batch; of as many values as H W C. */
  readonly shape: readonly number[];
}

/** Pixels go through an affine map and into the network's shape; gradients come back through the same, exactly. */
export function withInputForm(network: Network, form: InputForm): Network {
  const { channelsFirst, shape } = form;
  const scale = tf.keep(tf.tensor1d([...form.scale]));
  const offset = tf.keep(tf.tensor1d([...form.offset]));
  const isAffine = form.scale.some((value) => value !== 1) || form.offset.some((value) => value !== 0);
  const into = (pixels: tf.Tensor): tf.Tensor => {
    const values = isAffine ? tf.add(tf.mul(pixels, scale), offset) : pixels;
    const ordered = channelsFirst ? tf.transpose(values, [0, 3, 1, 2]) : values;
    return tf.reshape(ordered, [pixels.shape[0] as number, ...shape]);
  };
  const back = (gradients: tf.Tensor, [, H, W, C]: readonly number[]): tf.Tensor => {
    const rows = gradients.shape[0] as number;
    const [h, w, c] = [H, W, C] as [number, number, number];
    const ordered = channelsFirst
      ? tf.transpose(tf.reshape(gradients, [rows, c, h, w]), [0, 2, 3, 1])
      : tf.reshape(gradients, [rows, h, w, c]);
    return isAffine ? tf.mul(ordered, scale) : ordered;
  };
  return {
    forward: (pixels) => tf.tidy(() => network.forward(into(pixels))),
    backward: (pixels, cotangents) =>
      tf.tidy(() => {
        const { logits, gradients } = network.backward(into(pixels), cotangents);
        return { logits, gradients: back(gradients, pixels.shape) };
      }),
    float64: async () => {
      const inner = await network.float64();
      return inner && ((pixels) => inner(formed(pixels, form)));
    },
    weights: () => [...network.weights(), scale, offset],
    dispose: () => {
      tf.dispose([scale, offset]);
      network.dispose();
    },
  };
}

/** Pixels [H, W, C] in float64, as the network takes them. */
function formed({ data, shape: [, , channels = 1] }: Values, form: InputForm): Values {
  const pixels = data.length / channels;
  const result = new Float64Array(data.length);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < channels; c++) {
      const value = (data[pixel * channels + c] as number) * at(form.scale, c) + at(form.offset, c);
      result[form.channelsFirst ? c * pixels + pixel : pixel * channels + c] = value;
    }
  }
  return { shape: form.shape, data: result };
}

/** A value by channel; one value is for all. */
const at = (values: readonly number[], channel: number): number =>
  Math.fround(values[values.length === 1 ? 0 : channel] as number);

/** A network's float64 form with something done to its outputs. */
async function float64With(
  network: Network,
  change: (outputs: Float64Array) => Float64Array,
): Promise<Float64Forward | null> {
  const inner = await network.float64();
  return (
    inner &&
    (async (input) => {
      const data = change((await inner(input)).data);
      return { shape: [data.length], data };
    })
  );
}

/** A network that gives [n, 1, 1, K], as those do that end in a pooled convolution, by rows. */
export function asRows(network: Network): Network {
  const rows = (outputs: tf.Tensor): tf.Tensor2D => tf.reshape(outputs, [outputs.shape[0] as number, -1]);
  return {
    ...network,
    forward: (inputs) => tf.tidy(() => rows(network.forward(inputs))),
    float64: () => float64With(network, (outputs) => outputs),
    backward: (inputs, cotangents) =>
      tf.tidy(() => {
        const { logits, gradients } = network.backward(inputs, (outputs) => {
          const given = typeof cotangents === 'function' ? cotangents(rows(outputs)) : cotangents;
          const shaped: tf.Tensor = tf.reshape(given, outputs.shape.with(0, given.shape[0]));
          return shaped as tf.Tensor2D;
        });
        return { logits: rows(logits), gradients };
      }),
  };
}

/** A network that gives one logit z, as two classes with the logits 0 and z. */
export function asTwoClasses(network: Network): Network {
  const both = (z: tf.Tensor2D): tf.Tensor2D => tf.concat([tf.zerosLike(z), z], 1);
  const ofSecond = (cotangents: tf.Tensor2D): tf.Tensor2D => tf.slice(cotangents, [0, 1], [-1, 1]);
  return {
    ...network,
    forward: (inputs) => tf.tidy(() => both(network.forward(inputs))),
    float64: () => float64With(network, (outputs) => Float64Array.of(0, outputs[0] as number)),
    backward: (inputs, cotangents) =>
      tf.tidy(() => {
        const { logits: z, gradients } = network.backward(inputs, (z) =>
          ofSecond(typeof cotangents === 'function' ? cotangents(both(z)) : cotangents),
        );
        return { logits: both(z), gradients };
      }),
  };
}

/** Below this a probability's logarithm is no longer told apart; float32 is normal down to 1.2e-38. */
const SMALLEST = 1e-37;

/** A network that gives probabilities, by their logarithms: logits up to a constant that no margin sees. */
export function asLogits(network: Network): Network {
  const bounded = (p: tf.Tensor2D): tf.Tensor2D => tf.maximum(p, SMALLEST);
  return {
    ...network,
    forward: (inputs) => tf.tidy(() => tf.log(bounded(network.forward(inputs)))),
    float64: () => float64With(network, (p) => p.map((value) => Math.log(Math.max(value, SMALLEST)))),
    backward: (inputs, cotangents) =>
      tf.tidy(() => {
        const { logits: p, gradients } = network.backward(inputs, (p) => {
          const given = typeof cotangents === 'function' ? cotangents(tf.log(bounded(p))) : cotangents;
          return tf.div(given, repeatRows(bounded(p), given.shape[0] / p.shape[0]));
        });
        return { logits: tf.log(bounded(p)), gradients };
      }),
  };
}
