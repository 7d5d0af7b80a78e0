import type { Json } from '../json';
import { become, each, isNumber, type LayerForm, numberIn, type Setting } from './form';

const LAST: Setting = ['channels_last', 'channelsLast'];
const EITHER: Setting = ['channels_last', 'channels_first', 'channelsLast', 'channelsFirst'];
const PADDING: Setting = ['valid', 'same'];
const NUMBERS: Setting = each(isNumber);
const ONES: Setting = each((value) => value === 1);

export const isFirst = (format: unknown): boolean =>
  format === 'channels_first' || format === 'channelsFirst';

const convolution = {
  filters: 'any',
  kernel_size: NUMBERS,
  strides: NUMBERS,
  padding: PADDING,
  data_format: EITHER,
  dilation_rate: NUMBERS,
  groups: [1],
  activation: 'any',
  use_bias: 'any',
} as const satisfies Readonly<Record<string, Setting>>;

/** A number, or two. */
const pair = (value: unknown, otherwise: number): unknown => {
  const given = value ?? otherwise;
  return Array.isArray(given) ? given : [given, given];
};

/** A convolution of our own, for what tfjs's layer passes over or cannot differentiate. */
const ownConvolution = (config: Json, rest: Json): Json => ({
  filters: null,
  multiplier: 1,
  groups: 1,
  kernel_size: pair(config.kernel_size, 1),
  strides: pair(config.strides, 1),
  padding: config.padding ?? 'valid',
  dilation_rate: pair(config.dilation_rate, 1),
  use_bias: config.use_bias ?? true,
  first: isFirst(config.data_format),
  activation: config.activation ?? 'linear',
  ...rest,
});

const isDilated = ({ dilation_rate: rate }: Json): boolean => [rate ?? 1].flat().some((each) => each !== 1);

const conv2D: LayerForm = {
  settings: { ...convolution, groups: isNumber },
  rewrite(config, layer, context) {
    const groups = numberIn(config, context)('groups', 1);
    if (groups === 1 && !isDilated(config)) return;
    if (!(Number.isInteger(groups) && groups > 0)) context.refuse('groups', groups);
    become(layer, 'ProbustConvolution', ownConvolution(config, { filters: config.filters, groups }));
  },
};

const depthwiseConv2D: LayerForm = {
  settings: { ...convolution, depth_multiplier: isNumber },
  rewrite(config, layer, context) {
    context.rename('kernel', 'depthwise_kernel');
    if (!isDilated(config)) return;
    const multiplier = numberIn(config, context)('depth_multiplier', 1);
    become(layer, 'ProbustConvolution', ownConvolution(config, { multiplier }));
  },
};

const separableConv2D: LayerForm = {
  settings: { ...convolution, depth_multiplier: isNumber },
  rewrite({ data_format: format, use_bias: useBias }, _layer, context) {
    // tfjs adds the bias along the wrong axis.
    if (isFirst(format) && useBias !== false) context.refuse('data_format', format);
  },
};

const transposed: LayerForm = {
  // tfjs reads neither.
  settings: { ...convolution, dilation_rate: ONES, output_padding: [] },
};

const pooled = { pool_size: NUMBERS, strides: NUMBERS, padding: PADDING, data_format: EITHER } as const;
const pooling: LayerForm = { settings: pooled };
/** tfjs reads no format of lines. */
const pooling1D: LayerForm = { settings: { ...pooled, data_format: LAST } };

const globalPooling = (kind: 'mean' | 'max', isKnown: (first: boolean) => boolean): LayerForm => ({
  settings: { data_format: EITHER, keepdims: [true, false] },
  rewrite({ data_format, keepdims = false }, layer) {
    const first = isFirst(data_format);
    if (keepdims !== true && isKnown(first)) return;
    become(layer, 'ProbustGlobalPooling', { kind, keepdims: keepdims === true, first });
  },
});

const INTERPOLATED = ['bilinear', 'bicubic', 'lanczos3', 'lanczos5'];

const upSampling2D: LayerForm = {
  settings: { size: NUMBERS, data_format: EITHER, interpolation: ['nearest', ...INTERPOLATED] },
  rewrite({ size, interpolation = 'nearest', data_format }, layer) {
    if (interpolation === 'nearest') return;
    const [height, width] = pair(size, 2) as unknown[];
    become(layer, 'ProbustResize', {
      fit: 'stretch',
      height,
      width,
      factors: true,
      interpolation,
      antialias: false,
      fill: 0,
      first: isFirst(data_format),
    });
  },
};

/** Layers that look at neighbours. */
export const CONVOLUTIONS: Readonly<Record<string, LayerForm>> = {
  Conv1D: { settings: { ...convolution, data_format: LAST } },
  Conv2D: conv2D,
  Conv3D: { settings: convolution },
  Conv2DTranspose: transposed,
  Conv3DTranspose: transposed,
  SeparableConv2D: separableConv2D,
  DepthwiseConv2D: depthwiseConv2D,
  ConvLSTM2D: {
    settings: {
      ...convolution,
      recurrent_activation: 'any',
      unit_forget_bias: 'any',
      dropout: 'any',
      recurrent_dropout: 'any',
      return_sequences: 'any',
      return_state: [false],
      go_backwards: [false],
      stateful: [false],
      unroll: 'any',
      zero_output_for_mask: [false],
      time_major: [false],
    },
  },
  AveragePooling1D: pooling1D,
  AveragePooling2D: pooling,
  AveragePooling3D: pooling,
  MaxPooling1D: pooling1D,
  MaxPooling2D: pooling,
  MaxPooling3D: pooling,
  GlobalAveragePooling1D: globalPooling('mean', (first) => !first),
  GlobalAveragePooling2D: globalPooling('mean', () => true),
  GlobalAveragePooling3D: globalPooling('mean', () => false),
  GlobalMaxPooling1D: globalPooling('max', (first) => !first),
  GlobalMaxPooling2D: globalPooling('max', () => true),
  GlobalMaxPooling3D: globalPooling('max', () => false),
  Cropping2D: { settings: { cropping: NUMBERS, data_format: EITHER } },
  ZeroPadding2D: { settings: { padding: NUMBERS, data_format: EITHER } },
  UpSampling2D: upSampling2D,
};

export { EITHER };
