import * as tf from '@tensorflow/tfjs';
import { type KernelArguments, replaceKernel } from './wasm-backend';

type Arguments = KernelArguments<'x' | 'dy', { readonly filterShape: number[] }>;

/**
 * Probust differentiates with respect to inputs alone, but a fused linear convolution computes its filter's gradient
 * eagerly, and the wasm backend has no kernel for it. This one gives NaN, so that a use of it cannot go unnoticed.
 */
export function installUnusedFilterGradients(): void {
  const unused = ({ backend, attrs }: Arguments): tf.TensorInfo => {
    const result = backend.makeOutput(attrs.filterShape, 'float32');
    backend.typedArrayFromHeap(result).fill(Number.NaN);
    return result;
  };
  replaceKernel(tf.Conv2DBackpropFilter, unused);
  replaceKernel(tf.DepthwiseConv2dNativeBackpropFilter, unused);
}
