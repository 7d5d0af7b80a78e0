import { INTERPOLATIONS } from '../../../tfjs/layers/resampling';
import type { Json } from '../json';
import { EITHER, isFirst } from './convolutions';
import { become, each, isBoolean, isNumber, type LayerForm, numberIn, same } from './form';

/** Layers that act in training only; whatever they are set to, they hand on what they get. */
const TRAINING_ONLY = [
  'ActivityRegularization',
  'AlphaDropout',
  'AugMix',
  'CutMix',
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'Identity',
  'MixUp',
  'RandAugment',
  'RandomBrightness',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomContrast',
  'RandomElasticTransform',
  'RandomErasing',
  'RandomFlip',
  'RandomGaussianBlur',
  'RandomGrayscale',
  'RandomHeight',
  'RandomHue',
  'RandomInvert',
  'RandomPerspective',
  'RandomPosterization',
  'RandomRotation',
  'RandomSaturation',
  'RandomSharpness',
  'RandomShear',
  'RandomTranslation',
  'RandomWidth',
  'RandomZoom',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'SpatialDropout3D',
];

const identity: LayerForm = {
  settings: 'all',
  rewrite(_config, layer) {
    become(layer, 'Activation', { activation: 'linear' });
  },
};

const size = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;

const resize = (config: Json, rest: Json): Json => ({
  height: config.height,
  width: config.width,
  factors: false,
  interpolation: 'bilinear',
  antialias: false,
  fill: 0,
  first: isFirst(config.data_format),
  ...rest,
});

const resizing: LayerForm = {
  settings: {
    height: size,
    width: size,
    interpolation: INTERPOLATIONS,
    crop_to_aspect_ratio: isBoolean,
    pad_to_aspect_ratio: isBoolean,
    fill_mode: ['constant'],
    fill_value: isNumber,
    antialias: isBoolean,
    data_format: EITHER,
  },
  rewrite(config, layer, context) {
    const { crop_to_aspect_ratio: crop, pad_to_aspect_ratio: pad } = config;
    if (crop === true && pad === true) context.refuse('pad_to_aspect_ratio', pad);
    const settings = {
      fit: crop === true ? 'crop' : pad === true ? 'pad' : 'stretch',
      interpolation: config.interpolation ?? 'bilinear',
      antialias: config.antialias === true,
      fill: numberIn(config, context)('fill_value', 0),
    };
    become(layer, 'ProbustResize', resize(config, settings));
  },
};

const centerCrop: LayerForm = {
  settings: { height: size, width: size, data_format: EITHER },
  rewrite(config, layer) {
    become(layer, 'ProbustResize', resize(config, { fit: 'center' }));
  },
};

/** At inference Keras 2 cuts the largest part of the aspect and resizes it; Keras 3 has done several things. */
const randomCrop: LayerForm = {
  settings: { height: size, width: size, data_format: EITHER },
  rewrite(config, layer, { keras }) {
    become(layer, 'ProbustResize', resize(config, { fit: keras === 2 ? 'crop' : 'same' }));
  },
};

const numbers = each(isNumber);
const isOne = (value: unknown): boolean => [value].flat(9).length === 1;

const rescaling: LayerForm = {
  settings: { scale: numbers, offset: numbers },
  rewrite({ scale = 1, offset = 0 }, layer) {
    const [by, plus] = [scale, offset].map((value) => (isOne(value) ? [value].flat(9)[0] : value));
    if (isNumber(by) && isNumber(plus)) Object.assign(layer.config as Json, { scale: by, offset: plus });
    else become(layer, 'ProbustRescaling', { scale: by, offset: plus });
  },
};

const normalization: LayerForm = {
  settings: { axis: each(Number.isInteger), mean: numbers, variance: numbers, invert: isBoolean },
  rewrite(config, layer, context) {
    const { axis = [-1], mean = null, variance = null, invert = false } = config;
    if ((mean === null) !== (variance === null)) context.refuse('mean', mean);
    // No axis is written as null by some versions, and as none in the list by others.
    const axes = axis === null || same(axis, []) ? [] : [axis].flat();
    // How many pictures the mean is of; stored, and of no use here.
    const count = context.typeOf('count');
    become(layer, 'ProbustNormalization', { axis: axes, mean, variance, invert, count });
  },
};

/** Layers that prepare pictures. */
export const PICTURES: Readonly<Record<string, LayerForm>> = {
  ...Object.fromEntries(TRAINING_ONLY.map((name) => [name, identity])),
  CenterCrop: centerCrop,
  Normalization: normalization,
  RandomCrop: randomCrop,
  Rescaling: rescaling,
  Resizing: resizing,
};
