import type { Json } from '../json';
import { parametersOf, pointwise } from './activations';
import { EITHER } from './convolutions';
import { become, each, isBoolean, isNumber, type LayerForm, numberIn } from './form';

const integers = each(Number.isInteger);
const NONE: LayerForm = { settings: {} };

const relu: LayerForm = {
  settings: { max_value: isNumber, negative_slope: isNumber, threshold: isNumber },
  rewrite(config, layer, context) {
    const isPlain = ['negative_slope', 'threshold'].every((key) => numberIn(config, context)(key, 0) === 0);
    if (!isPlain) become(layer, 'ProbustPointwise', parametersOf('ReLU', config, context) as Json);
  },
};

const leakyReLU: LayerForm = {
  settings: { alpha: isNumber, negative_slope: isNumber },
  rewrite(config, _layer, context) {
    const number = numberIn(config, context);
    config.alpha = number('negative_slope', number('alpha', 0.3));
    delete config.negative_slope;
  },
};

const elu: LayerForm = {
  settings: { alpha: isNumber },
  rewrite(config, layer, context) {
    if (numberIn(config, context)('alpha', 1) === 1) return;
    become(layer, 'ProbustPointwise', parametersOf('ELU', config, context) as Json);
  },
};

const softmax: LayerForm = {
  settings: { axis: integers },
  rewrite(config, layer, context) {
    const axes = [config.axis ?? -1].flat();
    if (axes.length !== 1) context.refuse('axis', config.axis);
    const [axis] = axes;
    config.axis = axis;
    if (axis !== -1) become(layer, 'ProbustPointwise', pointwise('softmaxAlong', { axis }));
  },
};

const masking: LayerForm = {
  settings: { mask_value: isNumber },
  rewrite(config, layer, context) {
    // tfjs's own marks steps for them, but has no gradients.
    if (context.readsMasks) return;
    become(layer, 'ProbustMasking', { mask_value: numberIn(config, context)('mask_value', 0) });
  },
};

const batchNormalization: LayerForm = {
  settings: {
    axis: integers,
    momentum: 'any',
    epsilon: isNumber,
    center: isBoolean,
    scale: isBoolean,
    fused: 'any',
    synchronized: 'any',
    renorm: [false],
    renorm_clipping: 'any',
    renorm_momentum: 'any',
  },
  rewrite(config, layer, context) {
    const axes = [config.axis ?? -1].flat();
    if (axes.length !== 1) context.refuse('axis', config.axis);
    const [axis] = axes;
    const { center = true, scale = true } = config;
    const epsilon = numberIn(config, context)('epsilon', 1e-3);
    config.axis = axis;
    if (axis === -1 && center === true && scale === true) return;
    become(layer, 'ProbustBatchNormalization', { axis, center, scale, epsilon });
  },
};

const moments = (settings: Json): Json => ({ groups: null, scale: false, center: false, ...settings });

const layerNormalization: LayerForm = {
  settings: {
    axis: integers,
    epsilon: isNumber,
    center: isBoolean,
    scale: isBoolean,
    rms_scaling: [false],
  },
  rewrite(config, layer, context) {
    const { center = true, scale = true } = config;
    if (center === true && scale === true) return;
    const axis = [config.axis ?? -1].flat();
    const epsilon = numberIn(config, context)('epsilon', 1e-3);
    become(layer, 'ProbustMoments', moments({ by: 'deviation', axis, epsilon, center, scale }));
  },
};

const groupNormalization: LayerForm = {
  settings: {
    groups: Number.isInteger,
    axis: Number.isInteger,
    epsilon: isNumber,
    center: isBoolean,
    scale: isBoolean,
  },
  rewrite(config, layer, context) {
    const { center = true, scale = true } = config;
    const number = numberIn(config, context);
    const groups = number('groups', 32);
    const axis = [number('axis', -1)];
    const epsilon = number('epsilon', 1e-3);
    become(layer, 'ProbustMoments', { by: 'deviation', axis, groups, epsilon, center, scale });
  },
};

const rmsNormalization: LayerForm = {
  settings: { axis: integers, epsilon: isNumber },
  rewrite(config, layer, context) {
    const axis = [config.axis ?? -1].flat();
    const epsilon = numberIn(config, context)('epsilon', 1e-6);
    become(layer, 'ProbustMoments', moments({ by: 'root', axis, epsilon, scale: true }));
  },
};

const unitNormalization: LayerForm = {
  settings: { axis: integers },
  rewrite(config, layer) {
    const axis = [config.axis ?? -1].flat();
    become(layer, 'ProbustMoments', moments({ by: 'norm', axis, epsilon: 0 }));
  },
};

const subtract: LayerForm = {
  settings: {},
  rewrite(_config, layer) {
    become(layer, 'ProbustDifference', {});
  },
};

/** Layers that look at single values, or at all of them. */
export const CORE: Readonly<Record<string, LayerForm>> = {
  InputLayer: { settings: { sparse: [false], ragged: [false], optional: 'any' } },
  Activation: { settings: { activation: 'any' } },
  ReLU: relu,
  LeakyReLU: leakyReLU,
  PReLU: { settings: { shared_axes: integers } },
  ELU: elu,
  ThresholdedReLU: { settings: { theta: isNumber } },
  Softmax: softmax,
  Dense: { settings: { units: 'any', activation: 'any', use_bias: 'any', input_dim: 'any' } },
  Embedding: { settings: { input_dim: 'any', output_dim: 'any', input_length: 'any', mask_zero: [false] } },
  CategoryEncoding: { settings: { num_tokens: 'any', output_mode: 'any', sparse: [false] } },
  Flatten: { settings: { data_format: EITHER } },
  RepeatVector: { settings: { n: 'any' } },
  Reshape: { settings: { target_shape: 'any' } },
  Permute: { settings: { dims: 'any' } },
  Masking: masking,
  Add: NONE,
  Average: NONE,
  Maximum: NONE,
  Minimum: NONE,
  Multiply: NONE,
  Subtract: subtract,
  Concatenate: { settings: { axis: Number.isInteger } },
  Dot: { settings: { axes: integers, normalize: isBoolean } },
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: groupNormalization,
  RMSNormalization: rmsNormalization,
  UnitNormalization: unitNormalization,
};
