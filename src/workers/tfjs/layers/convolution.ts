import * as tf from '@tensorflow/tfjs';
import { type Config, OwnLayer, only, onlyShape, type Shape, sizeAlong } from './own-layer';

type Weight = ReturnType<OwnLayer['addWeight']>;
type Pair = readonly [number, number];

interface Settings {
  /** Null where every channel has `multiplier` filters of its own. */
  readonly filters: number | null;
  readonly multiplier: number;
  readonly kernelSize: Pair;
  readonly strides: Pair;
  readonly padding: 'same' | 'valid';
  readonly dilationRate: Pair;
  readonly groups: number;
  readonly useBias: boolean;
  /** Channels before height and width. */
  readonly first: boolean;
}

/**
 * Convolutions that tfjs's layers do not do: by groups of channels, dilated by channel, and dilated with gradients.
 * Keras's Conv2D and DepthwiseConv2D.
 */
export class ConvolutionLayer extends OwnLayer {
  static className = 'ProbustConvolution';
  #kernel: Weight | null = null;
  #bias: Weight | null = null;
  readonly #activation: ReturnType<typeof tf.layers.activation>;

  constructor(config: Config) {
    super(config);
    this.#activation = tf.layers.activation({ activation: config.activation as 'linear' });
  }

  get #given(): Settings {
    return this.settings as unknown as Settings;
  }

  #filters(channels: number): number {
    const { filters, multiplier } = this.#given;
    return filters ?? channels * multiplier;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { filters, multiplier, kernelSize, groups, useBias, first } = this.#given;
    const channels = sizeAlong(onlyShape(inputShape), first ? 1 : 3);
    if (channels % groups !== 0 || this.#filters(channels) % groups !== 0) {
      throw new RangeError(`The ${channels} channels or the filters do not divide into ${groups} groups.`);
    }
    this.#kernel =
      filters === null
        ? this.own('depthwise_kernel', [...kernelSize, channels, multiplier])
        : this.own('kernel', [...kernelSize, channels / groups, filters]);
    if (useBias) this.#bias = this.own('bias', [this.#filters(channels)]);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = onlyShape(inputShape);
    const { kernelSize, strides, padding, dilationRate, first } = this.#given;
    const length = (axis: 0 | 1): number | null => {
      const size = shape[axis + (first ? 2 : 1)] ?? null;
      if (size === null) return null;
      const reach = padding === 'same' ? 0 : (kernelSize[axis] - 1) * dilationRate[axis];
      return Math.ceil((size - reach) / strides[axis]);
    };
    const filters = this.#filters(sizeAlong(shape, first ? 1 : 3));
    const sizes = [length(0), length(1)];
    return first ? [shape[0] ?? null, filters, ...sizes] : [shape[0] ?? null, ...sizes, filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { first } = this.#given;
    return tf.tidy(() => {
      const x = first ? tf.transpose(only(inputs), [0, 2, 3, 1]) : only(inputs);
      const convolved = this.#convolved(x as tf.Tensor4D, (this.#kernel as Weight).read() as tf.Tensor4D);
      const moved = this.#bias === null ? convolved : tf.add(convolved, this.#bias.read());
      const activated = this.#activation.apply(moved) as tf.Tensor;
      return first ? tf.transpose(activated, [0, 3, 1, 2]) : activated;
    });
  }

  #convolved(x: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor {
    const { filters, groups } = this.#given;
    if (filters === null) return convolve(x, kernel, this.#given, 'depthwise');
    if (groups === 1) return convolve(x, kernel, this.#given, 'full');
    const [height, width, channels] = kernel.shape;
    if (channels === 1) {
      // Filters of one channel each: what depthwise kernels are for.
      const perChannel: tf.Tensor = tf.reshape(kernel, [height, width, groups, filters / groups]);
      return convolve(x, perChannel as tf.Tensor4D, this.#given, 'depthwise');
    }
    const parts = tf.split(x as tf.Tensor, groups, 3);
    const kernels = tf.split(kernel as tf.Tensor, groups, 3);
    const each = parts.map((part, i) =>
      convolve(part as tf.Tensor4D, kernels[i] as tf.Tensor4D, this.#given, 'full'),
    );
    return tf.concat(each, 3);
  }
}

/** With a gradient for the input alone, which tfjs has for convolutions that are not dilated. */
function convolve(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { strides: [down, across], padding, dilationRate: [a, b] }: Settings,
  kind: 'full' | 'depthwise',
): tf.Tensor {
  const strides: [number, number] = [down, across];
  const forward = kind === 'full' ? tf.conv2d : tf.depthwiseConv2d;
  const { shape } = x;
  const run = tf.customGrad((input, keep) => {
    // The kernel may be a part, gone by the time that gradients come back.
    (keep as tf.GradSaveFunc)([kernel]);
    return {
      value: forward(input as tf.Tensor4D, kernel, strides, padding, 'NHWC', [a, b]),
      gradFunc: (dy: tf.Tensor, [kept]: tf.Tensor[]) => {
        const filter = inflated(kept as tf.Tensor4D, [a, b]);
        if (kind === 'full') return tf.conv2dTranspose(dy as tf.Tensor4D, filter, shape, strides, padding);
        const attrs = { strides, pad: padding, dilations: [1, 1], inputShape: shape };
        const kernelName = tf.DepthwiseConv2dNativeBackpropInput;
        return tf
          .engine()
          .runKernel(kernelName, { dy, filter }, attrs as unknown as tf.NamedAttrMap) as tf.Tensor;
      },
    };
  });
  return run(x);
}

/** The plain kernel of a dilated one: zeros between its rows and between its columns. */
function inflated(kernel: tf.Tensor4D, [a, b]: Pair): tf.Tensor4D {
  if (a === 1 && b === 1) return kernel;
  const [height, width, channels, filters] = kernel.shape;
  const spread = tf.pad(tf.reshape(kernel, [height, 1, width, 1, channels * filters]), [
    [0, 0],
    [0, a - 1],
    [0, 0],
    [0, b - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(spread, [height * a, width * b, channels, filters]);
  return tf.slice(
    whole,
    [0, 0, 0, 0],
    [(height - 1) * a + 1, (width - 1) * b + 1, channels, filters],
  ) as tf.Tensor4D;
}
