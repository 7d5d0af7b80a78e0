import { BatchNormalizationLayer, NormalizationLayer, RescalingLayer } from './affine';
import { ConvolutionLayer } from './convolution';
import { DifferenceLayer } from './difference';
import { GlobalPoolingLayer } from './global-pooling';
import { MaskingLayer } from './mask';
import { MomentsLayer } from './moments';
import { register } from './own-layer';
import { PointwiseActivation, PointwiseLayer } from './pointwise';
import { ResizeLayer } from './resize';

/** Makes tfjs's reader know the layers that Probust has of its own. May be called again. */
export function registerOwnLayers(): void {
  register([
    BatchNormalizationLayer,
    ConvolutionLayer,
    DifferenceLayer,
    GlobalPoolingLayer,
    MaskingLayer,
    MomentsLayer,
    NormalizationLayer,
    PointwiseActivation,
    PointwiseLayer,
    RescalingLayer,
    ResizeLayer,
  ]);
}
