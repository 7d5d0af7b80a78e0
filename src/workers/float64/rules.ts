import { activationOf } from './activations';
import { imageShape, sizeOf, type Values, type Weights } from './values';
import { eachPosition, type Windows, windowsAlong } from './windows';

/** One layer: its settings as tfjs Layers gives them, its weights in tfjs's order, and the shape of one output. */
export interface LayerForm {
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly Weights[];
  readonly outputShape: readonly number[];
}

/** The output for the inputs; null where the rule does not know a setting. */
type Rule = (layer: LayerForm, inputs: readonly Values[]) => Values | null;

const first = (inputs: readonly Values[]): Values => inputs[0] as Values;

const pair = (value: unknown): readonly [number, number] => {
  const [a = 1, b = a] = [value ?? 1].flat() as number[];
  return [a, b];
};

/** Windows of a layer along height and width; null where a setting is not known. */
function windowsOf(
  { config }: LayerForm,
  [height, width]: readonly number[],
  size: unknown,
): readonly [Windows, Windows] | null {
  if ((config.dataFormat ?? 'channelsLast') !== 'channelsLast') return null;
  const [sizes, strides, dilations] = [pair(size), pair(config.strides ?? size), pair(config.dilationRate)];
  const along = (length: number | undefined, axis: 0 | 1): Windows | null =>
    windowsAlong(length ?? 0, sizes[axis], strides[axis], dilations[axis], config.padding);
  const [rows, columns] = [along(height, 0), along(width, 1)];
  return rows && columns && [rows, columns];
}

/** Adds the bias, if there is one, and applies the layer's own activation. */
function finished({ config }: LayerForm, bias: Weights | undefined, output: Values): Values | null {
  const activate = activationOf(config.activation ?? 'linear');
  if (activate === undefined) return null;
  const { data, shape } = output;
  const channels = shape.at(-1) as number;
  if (bias !== undefined) {
    for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) + (bias.data[i % channels] as number);
  }
  activate(data, channels);
  return output;
}

const dense: Rule = (layer, inputs) => {
  const { shape, data } = first(inputs);
  const [kernel, bias] = layer.weights as [Weights, Weights | undefined];
  const [from, to] = kernel.shape as [number, number];
  const rows = data.length / from;
  const result = new Float64Array(rows * to);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < from; i++) {
      const value = data[row * from + i] as number;
      if (value === 0) continue;
      for (let k = 0; k < to; k++) {
        const at = row * to + k;
        result[at] = (result[at] as number) + value * (kernel.data[i * to + k] as number);
      }
    }
  }
  return finished(layer, bias, { shape: shape.with(-1, to), data: result });
};

/** A window of every output pixel: `weigh` adds what one tap, for one pixel of the input, gives to the output's row. */
function convolved(
  layer: LayerForm,
  input: Values,
  kernel: Weights,
  channels: number,
  weigh: (pixel: Float64Array, tap: number, output: Float64Array) => void,
): Values | null {
  const shape = imageShape(input);
  const windows =
    shape &&
    windowsOf({ ...layer, config: { strides: 1, ...layer.config } }, shape, kernel.shape.slice(0, 2));
  if (shape === null || windows === null) return null;
  const [height, width, depth] = shape;
  const [rows, columns] = windows;
  const data = new Float64Array(rows.count * columns.count * channels);
  for (let row = 0; row < rows.count; row++) {
    for (let column = 0; column < columns.count; column++) {
      const at = (row * columns.count + column) * channels;
      const output = data.subarray(at, at + channels);
      eachPosition(windows, [height, width], row, column, (pixel, tap) =>
        weigh(input.data.subarray(pixel * depth, (pixel + 1) * depth), tap, output),
      );
    }
  }
  return { shape: [rows.count, columns.count, channels], data };
}

const convolution: Rule = (layer, inputs) => {
  const [kernel, bias] = layer.weights as [Weights, Weights | undefined];
  const [depth, filters] = kernel.shape.slice(2) as [number, number];
  if (depth !== first(inputs).shape.at(-1)) return null;
  const output = convolved(layer, first(inputs), kernel, filters, (pixel, tap, row) => {
    for (let c = 0; c < depth; c++) {
      const value = pixel[c] as number;
      if (value === 0) continue;
      const from = (tap * depth + c) * filters;
      for (let k = 0; k < filters; k++) {
        row[k] = (row[k] as number) + value * (kernel.data[from + k] as number);
      }
    }
  });
  return output && finished(layer, bias, output);
};

const depthwise: Rule = (layer, inputs) => {
  const [kernel, bias] = layer.weights as [Weights, Weights | undefined];
  const [depth, multiplier] = kernel.shape.slice(2) as [number, number];
  if (depth !== first(inputs).shape.at(-1)) return null;
  const channels = depth * multiplier;
  const output = convolved(layer, first(inputs), kernel, channels, (pixel, tap, row) => {
    for (let k = 0; k < channels; k++) {
      const value = pixel[Math.floor(k / multiplier)] as number;
      row[k] = (row[k] as number) + value * (kernel.data[tap * channels + k] as number);
    }
  });
  return output && finished(layer, bias, output);
};

const batchNormalization: Rule = ({ config, weights }, inputs) => {
  const { shape, data } = first(inputs);
  const axis = config.axis as number;
  if (axis !== -1 && axis !== shape.length) return null;
  const channels = shape.at(-1) as number;
  const left = [...weights];
  const gamma = config.scale === false ? undefined : left.shift();
  const beta = config.center === false ? undefined : left.shift();
  const [mean, variance] = left as [Weights, Weights];
  const epsilon = config.epsilon as number;
  const result = data.map((value, i) => {
    const c = i % channels;
    const normal = (value - (mean.data[c] as number)) / Math.sqrt((variance.data[c] as number) + epsilon);
    return normal * (gamma?.data[c] ?? 1) + (beta?.data[c] ?? 0);
  });
  return { shape, data: result };
};

/** Pools by windows: the largest value, or the mean of those on the image. */
const pool =
  (kind: 'max' | 'average'): Rule =>
  (layer, inputs) => {
    const input = first(inputs);
    const shape = imageShape(input);
    const windows = shape && windowsOf(layer, shape, layer.config.poolSize);
    if (shape === null || windows === null) return null;
    const [height, width, depth] = shape;
    const [rows, columns] = windows;
    const data = new Float64Array(rows.count * columns.count * depth);
    for (let row = 0; row < rows.count; row++) {
      for (let column = 0; column < columns.count; column++) {
        for (let c = 0; c < depth; c++) {
          let [most, sum, count] = [Number.NEGATIVE_INFINITY, 0, 0];
          eachPosition(windows, [height, width], row, column, (pixel) => {
            const value = input.data[pixel * depth + c] as number;
            most = Math.max(most, value);
            sum += value;
            count++;
          });
          data[(row * columns.count + column) * depth + c] = kind === 'max' ? most : sum / count;
        }
      }
    }
    return { shape: [rows.count, columns.count, depth], data };
  };

/** Pools whole images, channel by channel. */
const globalPool =
  (kind: 'max' | 'average'): Rule =>
  ({ config, outputShape }, inputs) => {
    const { data, shape } = first(inputs);
    if (shape.length !== 3 || (config.dataFormat ?? 'channelsLast') !== 'channelsLast') return null;
    const depth = shape[2] as number;
    const pixels = data.length / depth;
    const result = new Float64Array(depth).fill(kind === 'max' ? Number.NEGATIVE_INFINITY : 0);
    for (let i = 0; i < data.length; i++) {
      const [c, value] = [i % depth, data[i] as number];
      result[c] =
        kind === 'max' ? Math.max(result[c] as number, value) : (result[c] as number) + value / pixels;
    }
    return sizeOf(outputShape) === depth ? { shape: outputShape, data: result } : null;
  };

const reshape: Rule = ({ outputShape }, inputs) => {
  const { data } = first(inputs);
  return sizeOf(outputShape) === data.length ? { shape: outputShape, data } : null;
};

const activation: Rule = (layer, inputs) => {
  const { shape, data } = first(inputs);
  return finished(layer, undefined, { shape, data: data.slice() });
};

const leakyRelu: Rule = ({ config }, inputs) => {
  const { shape, data } = first(inputs);
  const alpha = config.alpha as number;
  return { shape, data: data.map((value) => (value > 0 ? value : alpha * value)) };
};

const relu: Rule = ({ config }, inputs) => {
  const { shape, data } = first(inputs);
  const most = (config.maxValue as number | null | undefined) ?? Number.POSITIVE_INFINITY;
  return { shape, data: data.map((value) => Math.min(most, Math.max(0, value))) };
};

const zeroPadding: Rule = ({ config, outputShape }, inputs) => {
  const input = first(inputs);
  const shape = imageShape(input);
  const [top, left] = (config.padding as number[][]).map((each) => each[0] as number) as [number, number];
  if (shape === null || config.dataFormat !== 'channelsLast') return null;
  const [height, width, depth] = shape;
  const data = new Float64Array(sizeOf(outputShape));
  for (let y = 0; y < height; y++) {
    const row = input.data.subarray(y * width * depth, (y + 1) * width * depth);
    data.set(row, ((y + top) * (outputShape[1] as number) + left) * depth);
  }
  return { shape: outputShape, data };
};

const merge =
  (f: (a: number, b: number) => number): Rule =>
  (_, inputs) => {
    const { shape, data } = first(inputs);
    if (inputs.some((each) => each.shape.join() !== shape.join())) return null;
    const result = data.slice();
    for (const other of inputs.slice(1)) {
      for (let i = 0; i < result.length; i++) result[i] = f(result[i] as number, other.data[i] as number);
    }
    return { shape, data: result };
  };

const concatenate: Rule = ({ config, outputShape }, inputs) => {
  if (config.axis !== -1 && config.axis !== outputShape.length) return null;
  const channels = outputShape.at(-1) as number;
  const data = new Float64Array(sizeOf(outputShape));
  let from = 0;
  for (const input of inputs) {
    const depth = input.shape.at(-1) as number;
    for (let i = 0; i < input.data.length; i++) {
      data[Math.floor(i / depth) * channels + from + (i % depth)] = input.data[i] as number;
    }
    from += depth;
  }
  return { shape: outputShape, data };
};

/** By class name of the layer. A layer that is not here has no float64 form. */
export const RULES: Readonly<Record<string, Rule>> = {
  Activation: activation,
  Add: merge((a, b) => a + b),
  AveragePooling2D: pool('average'),
  BatchNormalization: batchNormalization,
  Concatenate: concatenate,
  Conv2D: convolution,
  Dense: dense,
  DepthwiseConv2D: depthwise,
  Dropout: reshape,
  Flatten: reshape,
  GlobalAveragePooling2D: globalPool('average'),
  GlobalMaxPooling2D: globalPool('max'),
  LeakyReLU: leakyRelu,
  MaxPooling2D: pool('max'),
  Multiply: merge((a, b) => a * b),
  ReLU: relu,
  Reshape: reshape,
  ZeroPadding2D: zeroPadding,
};
