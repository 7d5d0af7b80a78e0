import * as tf from '@tensorflow/tfjs';
import { type KernelArguments, replaceKernel } from './wasm-backend';

type Arguments = KernelArguments<'dy' | 'filter', tf.DepthwiseConv2dNativeBackpropInputAttrs>;

/** dx[y, x, c] += dy[oy, ox, c*m + q] * filter[ky, kx, c, q], gathered over the outputs that see an input. */
function depthwiseBackpropInput({ inputs: { dy, filter }, backend, attrs }: Arguments): tf.TensorInfo {
  const info = tf.backend_util.computeConv2DInfo(
    attrs.inputShape,
    filter.shape as [number, number, number, number],
    attrs.strides,
    attrs.dilations,
    attrs.pad,
    attrs.dimRoundingMode,
    true,
  );
  const result = backend.makeOutput(info.inShape, 'float32');
  const dx = backend.typedArrayFromHeap(result).fill(0);
  const gradient = backend.typedArrayFromHeap(dy);
  const weights = backend.typedArrayFromHeap(filter);
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const multiplier = outChannels / inChannels;
  for (let n = 0; n < info.batchSize; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const from = ((n * outHeight + oy) * outWidth + ox) * outChannels;
        for (let ky = 0; ky < info.filterHeight; ky++) {
          const y = oy * info.strideHeight + ky * info.dilationHeight - info.padInfo.top;
          if (y < 0 || y >= inHeight) continue;
          for (let kx = 0; kx < info.filterWidth; kx++) {
            const x = ox * info.strideWidth + kx * info.dilationWidth - info.padInfo.left;
            if (x < 0 || x >= inWidth) continue;
            const to = ((n * inHeight + y) * inWidth + x) * inChannels;
            const tap = (ky * info.filterWidth + kx) * outChannels;
            for (let c = 0; c < inChannels; c++) {
              let sum = dx[to + c] as number;
              for (let q = 0; q < multiplier; q++) {
                const channel = c * multiplier + q;
                sum += (gradient[from + channel] as number) * (weights[tap + channel] as number);
              }
              dx[to + c] = sum;
            }
          }
        }
      }
    }
  }
  return result;
}

/** The wasm backend has no such kernel. A depthwise layer is cheap enough for a loop over the heap. */
export function installDepthwiseBackpropInput(): void {
  replaceKernel(tf.DepthwiseConv2dNativeBackpropInput, depthwiseBackpropInput);
}
