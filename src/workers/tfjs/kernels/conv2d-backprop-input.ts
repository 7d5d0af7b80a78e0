import * as tf from '../tf';
import { FilterCache } from './filter-cache';
import { type AxisPlan, planAxis } from './input-gradient';
import { type KernelArguments, replaceKernel, runKernel, type WasmBackend } from './wasm-backend';

type Arguments = KernelArguments<'dy' | 'filter', tf.Conv2DBackpropInputAttrs>;

const cache = new FilterCache();

/** [h, w, in, out] to [window, window, out, phases * in]: every phase of the flipped filter side by side. */
function rearrangeFilter(
  filter: tf.TensorInfo,
  rows: AxisPlan,
  columns: AxisPlan,
  stride: number,
  backend: WasmBackend,
) {
  const [, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const depth = stride * stride * inChannels;
  const made = backend.makeOutput([rows.window, columns.window, outChannels, depth], 'float32');
  const from = backend.typedArrayFromHeap(filter);
  const to = backend.typedArrayFromHeap(made).fill(0);
  for (let phaseY = 0; phaseY < stride; phaseY++) {
    for (let phaseX = 0; phaseX < stride; phaseX++) {
      const phase = (phaseY * stride + phaseX) * inChannels;
      for (let y = 0; y < rows.window; y++) {
        const tapY = rows.source[phaseY * rows.window + y] as number;
        for (let x = 0; x < columns.window; x++) {
          const tapX = columns.source[phaseX * columns.window + x] as number;
          if (tapY < 0 || tapX < 0) continue;
          const source = (tapY * width + tapX) * inChannels;
          const target = (y * columns.window + x) * outChannels;
          for (let c = 0; c < inChannels; c++) {
            for (let f = 0; f < outChannels; f++) {
              to[(target + f) * depth + phase + c] = from[(source + c) * outChannels + f] as number;
            }
          }
        }
      }
    }
  }
  return made;
}

/** dx as one forward convolution of dy, whose channels hold the phases of the stride, then unfolded in space. */
function conv2DBackpropInput(stock: tf.KernelFunc, given: Arguments): tf.TensorInfo {
  const { backend, attrs } = given;
  const { dy, filter } = given.inputs;
  const info = tf.backend_util.computeConv2DInfo(
    attrs.inputShape,
    filter.shape as [number, number, number, number],
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  const stride = info.strideHeight;
  if (attrs.dataFormat !== 'NHWC' || stride !== info.strideWidth) {
    return stock(given as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
  }
  const { top, left } = info.padInfo;
  const rows = planAxis(info.filterHeight, stride, top, info.inHeight, info.outHeight);
  const columns = planAxis(info.filterWidth, stride, left, info.inWidth, info.outWidth);
  const variant = [stride, top, left, rows.window, columns.window].join();
  const phased = cache.get(filter, variant, backend, () =>
    rearrangeFilter(filter, rows, columns, stride, backend),
  );
  const pad = [
    [0, 0],
    [rows.padBefore, rows.padAfter],
    [columns.padBefore, columns.padAfter],
    [0, 0],
  ];
  const convolved = runKernel(tf.Conv2D, { x: dy, filter: phased }, backend, {
    strides: [1, 1],
    dilations: [1, 1],
    dataFormat: 'NHWC',
    pad,
  });
  if (stride === 1) return cropped(convolved, info.inShape, backend);
  const unfolded = runKernel(tf.DepthToSpace, { x: convolved }, backend, {
    blockSize: stride,
    dataFormat: 'NHWC',
  });
  backend.disposeData(convolved.dataId);
  return cropped(unfolded, info.inShape, backend);
}

/** The first rows and columns, as many as the input has. */
function cropped(tensor: tf.TensorInfo, shape: number[], backend: WasmBackend): tf.TensorInfo {
  if (tensor.shape.every((size, axis) => size === shape[axis])) return tensor;
  const result = runKernel(tf.Slice, { x: tensor }, backend, { begin: [0, 0, 0, 0], size: shape });
  backend.disposeData(tensor.dataId);
  return result;
}

/** The stock kernel is a plain loop, about ten times the forward pass; strides that differ by axis are left to it. */
export function installConv2DBackpropInput(): void {
  const stock = tf.getKernel(tf.Conv2DBackpropInput, 'wasm');
  if (stock === undefined) throw new Error('the wasm backend is not registered');
  replaceKernel(tf.Conv2DBackpropInput, (given: Arguments) => conv2DBackpropInput(stock.kernelFunc, given));
}
