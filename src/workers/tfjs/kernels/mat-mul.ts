import * as tf from '@tensorflow/tfjs';
import { ACTIVATION, type Activation, type Convolver } from './compiled/convolver';
import type { Filter } from './compiled/pack';
import { type KernelArguments, replaceKernel, type WasmBackend } from './wasm-backend';

type Arguments = KernelArguments<'a' | 'b', tf.BatchMatMulAttrs & Partial<tf._FusedMatMulAttrs>> & {
  readonly inputs: { readonly bias?: tf.TensorInfo };
};

const isKnown = (activation: string): activation is Activation => activation in ACTIVATION;

/** b, or its transpose, as the filter of a dense layer. */
function denseFilter(b: tf.TensorInfo, isTransposed: boolean, backend: WasmBackend): Filter {
  const values = backend.typedArrayFromHeap(b).slice();
  const [first, second] = b.shape.slice(-2) as [number, number];
  const [depth, columns] = isTransposed ? [second, first] : [first, second];
  const filter = { height: 1, width: 1, inChannels: depth, outChannels: columns };
  if (!isTransposed) return { ...filter, values };
  const transposed = values.map((_, i) => values[(i % columns) * depth + Math.floor(i / columns)] as number);
  return { ...filter, values: transposed };
}

/** a b or a b^T of single matrices, a dense layer forwards and backwards; null for anything else. */
function matMul(convolver: Convolver, { inputs, backend, attrs }: Arguments): tf.TensorInfo | null {
  const { a, b, bias } = inputs;
  const { transposeA, transposeB, activation = 'linear' } = attrs;
  const leading = [...a.shape.slice(0, -2), ...b.shape.slice(0, -2)];
  if (leading.some((size) => size !== 1) || transposeA || !isKnown(activation)) return null;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return null;
  const [rows, depth] = a.shape.slice(-2) as [number, number];
  const columns = b.shape.at(transposeB ? -2 : -1) as number;
  if (bias !== undefined && bias.shape.at(-1) !== columns) return null;
  const result = backend.makeOutput([...a.shape.slice(0, -1), columns], 'float32');
  const pixel = (channels: number) => ({ height: 1, width: 1, channels });
  convolver.run(
    {
      batch: rows,
      input: pixel(depth),
      output: pixel(columns),
      filter: { height: 1, width: 1 },
      strideY: 1,
      strideX: 1,
      padTop: 0,
      padLeft: 0,
      activation,
    },
    a,
    b,
    transposeB ? 'transposed' : 'plain',
    () => denseFilter(b, transposeB, backend),
    bias,
    result,
  );
  return result;
}

/**
 * tfjs's own use XNNPACK without fused multiply-add, and a plain loop on one thread where a matrix is transposed, as in
 * every gradient of a dense layer.
 */
export function installMatMul(convolver: Convolver): void {
  for (const name of [tf.BatchMatMul, tf._FusedMatMul]) {
    const stock = tf.getKernel(name, 'wasm')?.kernelFunc;
    if (stock === undefined) throw new Error(`the wasm backend has no kernel ${name}`);
    replaceKernel(
      name,
      (given: Arguments) =>
        matMul(convolver, given) ??
        (stock(given as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo),
    );
  }
}
