import * as tf from '@tensorflow/tfjs';
import { ACTIVATION, type Activation, type Convolver } from './compiled/convolver';
import { type KernelArguments, replaceKernel } from './wasm-backend';

type Arguments = KernelArguments<'x' | 'filter', tf.Conv2DAttrs & Partial<tf.FusedConv2DAttrs>> & {
  readonly inputs: { readonly bias?: tf.TensorInfo };
};

const isKnown = (activation: string): activation is Activation => activation in ACTIVATION;

/** The forward convolution, or null for what the compiled kernels do not do. */
function conv2D(convolver: Convolver, { inputs, backend, attrs }: Arguments): tf.TensorInfo | null {
  const { x, filter, bias } = inputs;
  const { activation = 'linear', dilations = [1, 1] } = attrs;
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    attrs.strides,
    dilations,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) return null;
  if (attrs.dataFormat !== 'NHWC' || !isKnown(activation) || x.dtype !== 'float32') return null;
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const result = backend.makeOutput(info.outShape, 'float32');
  convolver.run(
    {
      batch: info.batchSize,
      input: { height: info.inHeight, width: info.inWidth, channels: inChannels },
      output: { height: info.outHeight, width: info.outWidth, channels: outChannels },
      filter: { height, width },
      strideY: info.strideHeight,
      strideX: info.strideWidth,
      padTop: info.padInfo.top,
      padLeft: info.padInfo.left,
      activation,
    },
    x,
    filter,
    'forward',
    () => ({ values: backend.typedArrayFromHeap(filter).slice(), height, width, inChannels, outChannels }),
    bias,
    result,
  );
  return result;
}

/**
 * tfjs's own use XNNPACK without fused multiply-add and without Winograd, and give zeros for oblong filters narrower
 * than the stride.
 */
export function installConv2D(convolver: Convolver): void {
  for (const name of [tf.Conv2D, tf.FusedConv2D]) {
    const stock = tf.getKernel(name, 'wasm')?.kernelFunc;
    if (stock === undefined) throw new Error(`the wasm backend has no kernel ${name}`);
    replaceKernel(
      name,
      (given: Arguments) =>
        conv2D(convolver, given) ??
        (stock(given as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo),
    );
  }
}
