/** Small networks computed in float64 from their model.json, as far as this understands it; independent of tfjs. */

type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A weight by name, row-major. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A batch of one: [H, W, C], or [n]. */
interface Tensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Whether two numbers, texts or lists of them are the same; nothing deeper is. */
const isSame = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((item, i) => item === b[i])
    : a === b;

/** What this does not understand. */
class Unknown extends Error {}

const ACTIVATIONS: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
  softsign: (x) => x / (1 + Math.abs(x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
};

export const ACTIVATION_NAMES: readonly string[] = Object.keys(ACTIVATIONS);

/** Reads the fields of a layer; what is not asked for, and not among those that mean nothing here, is not understood. */
class Fields {
  readonly #left: Map<string, unknown>;

  constructor(config: Json) {
    const inert = new Set([
      'name',
      'trainable',
      'dtype',
      'batch_input_shape',
      'kernel_initializer',
      'bias_initializer',
    ]);
    this.#left = new Map(Object.entries(config).filter(([key]) => !inert.has(key)));
  }

  take<T>(key: string, fallback: T, fits: (value: unknown) => boolean): T {
    if (!this.#left.has(key)) return fallback;
    const value = this.#left.get(key);
    this.#left.delete(key);
    if (!fits(value)) throw new Unknown(key);
    return value as T;
  }

  number(key: string, fallback: number): number {
    return this.take(key, fallback, (value) => typeof value === 'number' && Number.isFinite(value));
  }

  isTrue(key: string, fallback: boolean): boolean {
    return this.take(key, fallback, (value) => typeof value === 'boolean');
  }

  exactly(key: string, ...values: readonly unknown[]): void {
    const fits = (value: unknown): boolean => values.some((each) => isSame(each, value));
    this.take<unknown>(key, null, fits);
  }

  activation(): (x: number) => number {
    const name = this.take(
      'activation',
      'linear',
      (value) => typeof value === 'string' && Object.hasOwn(ACTIVATIONS, value),
    );
    return ACTIVATIONS[name] as (x: number) => number;
  }

  end(): void {
    for (const [key, value] of this.#left) {
      if (value !== null) throw new Unknown(key);
    }
  }
}

type Weights = (suffix: string) => Weight;
type Layer = (x: Tensor, fields: Fields, weights: Weights) => Tensor;

const map = ({ shape, values }: Tensor, f: (x: number) => number): Tensor => ({
  shape,
  values: values.map(f),
});

function dense({ values }: Tensor, kernel: Weight, bias: Weight | null): Tensor {
  const [inputs = 0, units = 0] = kernel.shape;
  if (values.length !== inputs) throw new Unknown('another size');
  const sums = Array.from({ length: units }, (_, u) => bias?.values[u] ?? 0);
  for (let i = 0; i < inputs; i++) {
    for (let u = 0; u < units; u++) {
      sums[u] = (sums[u] as number) + (values[i] as number) * (kernel.values[i * units + u] as number);
    }
  }
  return { shape: [units], values: sums };
}

/** Stride 1, over whole windows. */
function convolution({ shape, values }: Tensor, kernel: Weight, bias: Weight | null): Tensor {
  const [height = 0, width = 0, channels = 0] = shape;
  const [rows = 0, columns = 0, inputs = 0, filters = 0] = kernel.shape;
  if (shape.length !== 3 || inputs !== channels) throw new Unknown('another size');
  const [outHeight, outWidth] = [height - rows + 1, width - columns + 1];
  const out: number[] = [];
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      for (let f = 0; f < filters; f++) {
        let sum = bias?.values[f] ?? 0;
        for (let i = 0; i < rows * columns * channels; i++) {
          const [dy, dx, c] = [
            Math.floor(i / (columns * channels)),
            Math.floor(i / channels) % columns,
            i % channels,
          ];
          const value = values[((y + dy) * width + x + dx) * channels + c] as number;
          sum += value * (kernel.values[i * filters + f] as number);
        }
        out.push(sum);
      }
    }
  }
  return { shape: [outHeight, outWidth, filters], values: out };
}

function meanOverPixels({ shape, values }: Tensor): Tensor {
  const channels = shape[2] ?? 0;
  const pixels = values.length / channels;
  const means = Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let p = 0; p < pixels; p++) sum += values[p * channels + c] as number;
    return sum / pixels;
  });
  return { shape: [channels], values: means };
}

function batchNorm(x: Tensor, fields: Fields, weights: Weights): Tensor {
  const epsilon = fields.number('epsilon', 1e-3);
  fields.number('momentum', 0.99);
  fields.exactly('axis', -1, [-1], x.shape.length, [x.shape.length]);
  const gamma = fields.isTrue('scale', true) ? weights('gamma').values : null;
  const beta = fields.isTrue('center', true) ? weights('beta').values : null;
  const { values: mean } = weights('moving_mean');
  const { values: variance } = weights('moving_variance');
  const channels = x.shape.at(-1) ?? 0;
  const values = x.values.map((value, i) => {
    const c = i % channels;
    const scaled =
      ((value - (mean[c] as number)) / Math.sqrt((variance[c] as number) + epsilon)) * (gamma?.[c] ?? 1);
    return scaled + (beta?.[c] ?? 0);
  });
  return { shape: x.shape, values };
}

const LAYERS: Readonly<Record<string, Layer>> = {
  Flatten: (x, fields) => {
    fields.exactly('data_format', 'channels_last');
    return { shape: [x.values.length], values: x.values };
  },
  Dense: (x, fields, weights) => {
    fields.exactly('units', weights('kernel').shape[1]);
    if (x.shape.length !== 1) throw new Unknown('rows of pictures');
    const bias = fields.isTrue('use_bias', true) ? weights('bias') : null;
    return map(dense(x, weights('kernel'), bias), fields.activation());
  },
  Conv2D: (x, fields, weights) => {
    const kernel = weights('kernel');
    fields.exactly('filters', kernel.shape[3]);
    fields.exactly('kernel_size', kernel.shape.slice(0, 2));
    for (const key of ['strides', 'dilation_rate']) fields.exactly(key, [1, 1], 1);
    fields.exactly('padding', 'valid');
    fields.exactly('data_format', 'channels_last');
    const bias = fields.isTrue('use_bias', true) ? weights('bias') : null;
    return map(convolution(x, kernel, bias), fields.activation());
  },
  GlobalAveragePooling2D: (x, fields) => {
    fields.exactly('data_format', 'channels_last');
    return meanOverPixels(x);
  },
  BatchNormalization: batchNorm,
  Activation: (x, fields) => map(x, fields.activation()),
  Dropout: (x, fields) => {
    for (const key of ['rate', 'seed', 'noise_shape'])
      fields.take(key, null, (value) => value === null || typeof value === 'number');
    return x;
  },
  ReLU: (x, fields) => {
    const most = fields.take<number | null>(
      'max_value',
      null,
      (value) => value === null || typeof value === 'number',
    );
    const slope = fields.number('negative_slope', 0);
    const threshold = fields.number('threshold', 0);
    return map(x, (value) => {
      if (value < threshold) return slope * (value - threshold);
      return most === null ? value : Math.min(most, value);
    });
  },
  LeakyReLU: (x, fields) => {
    const alpha = fields.number('alpha', 0.3);
    const slope = fields.number('negative_slope', alpha);
    return map(x, (value) => (value < 0 ? slope * value : value));
  },
  ELU: (x, fields) => {
    const alpha = fields.number('alpha', 1);
    return map(x, (value) => (value < 0 ? alpha * Math.expm1(value) : value));
  },
};

/**
 * Logits of a Sequential model for one input: a softmax at its end is left off. Null where something in its topology is not
 * understood.
 * @param input [H, W, C], row-major, as the network takes it
 */
export function sequentialLogits(
  topology: unknown,
  weights: readonly Weight[],
  input: Tensor,
): number[] | null {
  try {
    return layersOf(topology).reduce((x, layer) => applied(layer, x, weights), input).values as number[];
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

function layersOf(topology: unknown): Json[] {
  const config = isObject(topology) && topology.class_name === 'Sequential' ? topology.config : undefined;
  const layers = isObject(config) ? config.layers : undefined;
  if (!Array.isArray(layers) || layers.length === 0) throw new Unknown('no layers');
  return layers.map((layer, i) => {
    if (!isObject(layer) || !isObject(layer.config)) throw new Unknown('no layer');
    const isLast = i === layers.length - 1;
    const isHead = isLast && layer.class_name === 'Dense' && layer.config.activation === 'softmax';
    return isHead ? { ...layer, config: { ...layer.config, activation: 'linear' } } : layer;
  });
}

function applied({ class_name: kind, config }: Json, x: Tensor, weights: readonly Weight[]): Tensor {
  const apply = typeof kind === 'string' && Object.hasOwn(LAYERS, kind) ? LAYERS[kind] : undefined;
  if (apply === undefined || !isObject(config)) throw new Unknown('class_name');
  const fields = new Fields(config);
  const y = apply(x, fields, (suffix) => {
    const found = weights.find(({ name }) => name === `${config.name}/${suffix}`);
    if (found === undefined) throw new Unknown(suffix);
    return found;
  });
  fields.end();
  return y;
}
