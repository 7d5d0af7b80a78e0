import * as tf from '@tensorflow/tfjs';
import type { Convolver } from './compiled/convolver';
import type { Filter } from './compiled/pack';
import { axisPhases } from './input-gradient';
import { type KernelArguments, replaceKernel, type WasmBackend } from './wasm-backend';

type Arguments = KernelArguments<'dy' | 'filter', tf.Conv2DBackpropInputAttrs>;

/** [h, w, in, out] to [rows, columns, out, in]: the chosen taps with the roles of the channels exchanged. */
function gradientFilter(
  filter: tf.TensorInfo,
  rows: readonly number[],
  columns: readonly number[],
  backend: WasmBackend,
): Filter {
  const [, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const from = backend.typedArrayFromHeap(filter);
  const values = new Float32Array(rows.length * columns.length * inChannels * outChannels);
  let at = 0;
  for (const y of rows) {
    for (const x of columns) {
      const tap = (y * width + x) * inChannels;
      for (let f = 0; f < outChannels; f++) {
        for (let c = 0; c < inChannels; c++) values[at++] = from[(tap + c) * outChannels + f] as number;
      }
    }
  }
  return {
    values,
    height: rows.length,
    width: columns.length,
    inChannels: outChannels,
    outChannels: inChannels,
  };
}

/** dx by one forward convolution of dy for each phase of the stride, written where its inputs lie. */
function conv2DBackpropInput(convolver: Convolver, { inputs, backend, attrs }: Arguments): tf.TensorInfo {
  const { dy, filter } = inputs;
  const info = tf.backend_util.computeConv2DInfo(
    attrs.inputShape,
    filter.shape as [number, number, number, number],
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  const { strideHeight, strideWidth, padInfo, inWidth, inHeight, inChannels } = info;
  const dx = backend.makeOutput(info.inShape, 'float32');
  const rows = axisPhases(info.filterHeight, strideHeight, padInfo.top, inHeight);
  const columns = axisPhases(info.filterWidth, strideWidth, padInfo.left, inWidth);
  const isWhole = rows.length === 1 && columns.length === 1;
  const isSparse = [...rows, ...columns].some(({ taps }) => taps.length === 0);
  if (isSparse) backend.typedArrayFromHeap(dx).fill(0);
  for (const [phaseY, row] of rows.entries()) {
    for (const [phaseX, column] of columns.entries()) {
      if (row.taps.length === 0 || column.taps.length === 0) continue;
      const convolution = {
        batch: info.batchSize,
        input: { height: info.outHeight, width: info.outWidth, channels: info.outChannels },
        output: { height: row.size, width: column.size, channels: inChannels },
        filter: { height: row.taps.length, width: column.taps.length },
        strideY: 1,
        strideX: 1,
        padTop: row.padBefore,
        padLeft: column.padBefore,
        activation: 'linear',
      } as const;
      const placement = {
        offset: (phaseY * inWidth + phaseX) * inChannels,
        imagePitch: inHeight * inWidth * inChannels,
        rowPitch: strideHeight * inWidth * inChannels,
        pixelPitch: strideWidth * inChannels,
      };
      const variant = `gradient ${row.taps} ${column.taps}`;
      const makeFilter = () => gradientFilter(filter, row.taps, column.taps, backend);
      convolver.run(
        convolution,
        dy,
        filter,
        variant,
        makeFilter,
        undefined,
        dx,
        isWhole ? undefined : placement,
      );
    }
  }
  return dx;
}

/** The stock kernel is a plain loop, about ten times the forward pass. */
export function installConv2DBackpropInput(convolver: Convolver): void {
  const stock = tf.getKernel(tf.Conv2DBackpropInput, 'wasm')?.kernelFunc;
  replaceKernel(tf.Conv2DBackpropInput, (given: Arguments) =>
    given.attrs.dataFormat === 'NHWC' || stock === undefined
      ? conv2DBackpropInput(convolver, given)
      : (stock(given as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo),
  );
}
