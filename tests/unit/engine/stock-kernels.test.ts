import '../../../src/node/engine';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { leaveToTfjs } from '../../../src/workers/tfjs/kernels/groups';

const kernel = (name: string) => tf.getKernel(name, 'wasm')?.kernelFunc;

describe('groups of kernels that are left to tfjs', () => {
  const names = [
    tf.Conv2D,
    tf.FusedConv2D,
    tf.Conv2DBackpropInput,
    tf.BatchMatMul,
    tf.Add,
    tf.MaxPoolGrad,
    tf.Identity,
  ];
  const stock = new Map(names.map((name) => [name, kernel(name)]));

  beforeAll(async () => {
    leaveToTfjs(['convolution', 'winograd', 'fused-multiply-add', 'identity', 'max-pool-gradient']);
    await startBackend('wasm');
  });

  it('keep the kernels of tfjs, and the others are ours', () => {
    const kept = names.filter((name) => kernel(name) === stock.get(name));
    expect(kept).toEqual([tf.Conv2D, tf.FusedConv2D, tf.MaxPoolGrad, tf.Identity]);
    expect([...stock.values()].every((each) => each !== undefined)).toBe(true);
  });

  it('leave the results as they are: an input gradient without Winograd and fused multiply-add', async () => {
    const x = tf.tensor4d(
      Array.from({ length: 2 * 6 * 6 * 4 }, (_, i) => Math.sin(i)),
      [2, 6, 6, 4],
    );
    const filter = tf.tensor4d(
      Array.from({ length: 3 * 3 * 4 * 8 }, (_, i) => Math.cos(i)),
      [3, 3, 4, 8],
    );
    const gradient = () =>
      tf.grad((v) => tf.sum(tf.square(tf.conv2d(v as tf.Tensor4D, filter, 1, 'same'))))(x);
    const ours = await gradient().data();
    await tf.setBackend('cpu');
    const reference = await gradient().data();
    for (const [i, value] of ours.entries()) expect(value).toBeCloseTo(reference[i] as number, 3);
  });
});
