import * as tf from '@tensorflow/tfjs';
import { ACTIVATION } from './compiled/convolver';
import type { KernelPool } from './compiled/pool';
import { type KernelArguments, replaceKernel } from './wasm-backend';

/** dy where y > 0, else 0: the gradient of a rectifier. `repeats` rows of dy share a row of y. */
export const RECTIFIER_GRADIENT = 'RectifierGradient';

interface RectifierGradientAttrs {
  readonly repeats: number;
}

/** Reading and writing a float takes as long as so many multiplications. */
const WORK_A_FLOAT = 8;

const sizeOf = ({ shape }: tf.TensorInfo): number => tf.util.sizeFromShape(shape);

/** Sums of equal shape and rectifiers, over several threads; the stock sum is several times slower where it broadcasts. */
export function installElementwise(pool: KernelPool): void {
  const stockAdd = tf.getKernel(tf.Add, 'wasm')?.kernelFunc;
  const address = ({ dataId }: tf.TensorInfo): number => pool.backend.dataIdMap.get(dataId).memoryOffset;

  replaceKernel(tf.Add, (given: KernelArguments<'a' | 'b', object>) => {
    const { a, b } = given.inputs;
    const isPlain = a.dtype === 'float32' && b.dtype === 'float32' && tf.util.arraysEqual(a.shape, b.shape);
    if (!isPlain && stockAdd !== undefined) {
      return stockAdd(given as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
    }
    const sum = given.backend.makeOutput(a.shape, 'float32');
    pool.run('add', WORK_A_FLOAT * sizeOf(a), 0, [
      address(a),
      address(b),
      address(sum),
      sizeOf(a),
      ACTIVATION.linear,
    ]);
    return sum;
  });

  const stockRelu = tf.getKernel(tf.Relu, 'wasm')?.kernelFunc;
  replaceKernel(tf.Relu, (given: KernelArguments<'x', object>) => {
    const { x } = given.inputs;
    if (x.dtype !== 'float32' && stockRelu !== undefined) {
      return stockRelu(given as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo;
    }
    const y = given.backend.makeOutput(x.shape, 'float32');
    pool.run('add', WORK_A_FLOAT * sizeOf(x), 0, [address(x), 0, address(y), sizeOf(x), ACTIVATION.relu]);
    return y;
  });

  replaceKernel(RECTIFIER_GRADIENT, (given: KernelArguments<'dy' | 'y', RectifierGradientAttrs>) => {
    const { dy, y } = given.inputs;
    const dx = given.backend.makeOutput(dy.shape, 'float32');
    const rows = dy.shape[0] as number;
    const { repeats } = given.attrs;
    pool.run('mask', WORK_A_FLOAT * sizeOf(dy), 0, [
      address(dy),
      address(y),
      address(dx),
      rows,
      repeats,
      sizeOf(dy) / rows,
    ]);
    return dx;
  });
}
