import * as tf from '@tensorflow/tfjs';
import { type KernelArguments, replaceKernel } from './wasm-backend';

type Arguments = KernelArguments<'dy' | 'input' | 'output', tf.MaxPoolGradAttrs>;

/** Hands dy of every window to its largest input, the first of equals as on the cpu backend. */
function maxPoolGrad({ inputs: { dy, input }, backend, attrs }: Arguments): tf.TensorInfo {
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  const result = backend.makeOutput(input.shape, 'float32');
  const dx = backend.typedArrayFromHeap(result).fill(0);
  const values = backend.typedArrayFromHeap(input);
  const gradient = backend.typedArrayFromHeap(dy);
  const { inHeight, inWidth, outHeight, outWidth, inChannels: channels } = info;
  let from = 0;
  for (let n = 0; n < info.batchSize; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - info.padInfo.top;
      const [firstY, endY] = [Math.max(0, top), Math.min(inHeight, top + info.filterHeight)];
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - info.padInfo.left;
        const [firstX, endX] = [Math.max(0, left), Math.min(inWidth, left + info.filterWidth)];
        for (let c = 0; c < channels; c++, from++) {
          let largest = Number.NEGATIVE_INFINITY;
          let at = -1;
          for (let y = firstY; y < endY; y++) {
            for (let x = firstX; x < endX; x++) {
              const place = ((n * inHeight + y) * inWidth + x) * channels + c;
              const value = values[place] as number;
              if (value > largest) {
                largest = value;
                at = place;
              }
            }
          }
          if (at >= 0) dx[at] = (dx[at] as number) + (gradient[from] as number);
        }
      }
    }
  }
  return result;
}

/** The stock kernel starts from the smallest positive float, so a window without a positive value gets no gradient. */
export function installMaxPoolGrad(): void {
  replaceKernel(tf.MaxPoolGrad, maxPoolGrad);
}
