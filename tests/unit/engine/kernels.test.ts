import '../../../src/node/engine';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { startBackend } from '../../../src/workers/tfjs/backend';

type Shape4 = [number, number, number, number];

function normals(seed: number, shape: readonly number[]): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  new NormalSource(seed, 5).fill(0, values);
  return values;
}

/** Runs f on a backend with x as its only variable input: the value's dot product with random dy, and its gradient. */
async function differentiate(
  backend: 'wasm' | 'cpu',
  x: Float32Array,
  shape: Shape4,
  f: (x: tf.Tensor4D) => tf.Tensor,
) {
  await tf.setBackend(backend);
  const [y, dx, dy] = tf.tidy(() => {
    const input = tf.tensor4d(x, shape);
    const output = f(input);
    const cotangent = tf.tensor(normals(77, output.shape), output.shape);
    const gradient = tf.grad((v) => tf.sum(tf.mul(f(v as tf.Tensor4D), cotangent)))(input);
    return [output, gradient, cotangent];
  }) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const read = { y: await y.data(), dx: await dx.data(), dy: await dy.data() };
  tf.dispose([y, dx, dy]);
  return read as { y: Float32Array; dx: Float32Array; dy: Float32Array };
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0);
const norm = (a: ArrayLike<number>): number => Math.sqrt(dot(a, a));

function expectClose(a: Float32Array, b: Float32Array): void {
  expect(a.length).toBe(b.length);
  const difference = a.map((value, i) => value - (b[i] as number));
  expect(norm(difference)).toBeLessThan(1e-5 * (norm(b) + 1));
}

/**
 * For y = A x the input gradient is A^T dy, so <dy, A x> = <A^T dy, x>: what finite differences would say,
 * without their rounding. It needs no other backend to be right.
 */
function expectAdjoint(
  { y, dx, dy }: { y: Float32Array; dx: Float32Array; dy: Float32Array },
  x: Float32Array,
): void {
  const scale = norm(dy) * norm(y) + norm(dx) * norm(x) + 1e-6;
  expect(Math.abs(dot(dy, y) - dot(dx, x))).toBeLessThan(1e-5 * scale);
}

const convolution = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 11 }),
    width: fc.integer({ min: 1, max: 11 }),
    inChannels: fc.integer({ min: 1, max: 9 }),
    outChannels: fc.integer({ min: 1, max: 9 }),
    kernelHeight: fc.integer({ min: 1, max: 5 }),
    kernelWidth: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    pad: fc.constantFrom('same' as const, 'valid' as const, 1, 2),
    seed: fc.integer({ min: 0, max: 1000 }),
  })
  .filter(({ height, width, kernelHeight, kernelWidth, pad }) => {
    // tfjs 4.22 sizes the output of padding by a number as if the kernel were square, and writes past its end if not.
    if (typeof pad === 'number' && kernelHeight !== kernelWidth) return false;
    const border = typeof pad === 'number' ? 2 * pad : 0;
    return pad === 'same' || (kernelHeight <= height + border && kernelWidth <= width + border);
  });

/** 3 x 3 with stride 1: what Winograd's minimal filtering serves, where the input's channels come in fours. */
const winograd = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 3, max: 14 }),
  width: fc.integer({ min: 3, max: 14 }),
  inChannels: fc.constantFrom(4, 8, 12, 20),
  outChannels: fc.integer({ min: 1, max: 20 }),
  kernelHeight: fc.constant(3),
  kernelWidth: fc.constant(3),
  stride: fc.constant(1),
  pad: fc.constantFrom('same' as const, 'valid' as const, 1, 2),
  seed: fc.integer({ min: 0, max: 1000 }),
});

type ConvolutionCase = typeof convolution extends fc.Arbitrary<infer T> ? T : never;

/** tfjs wants a rounding rule for padding given in numbers, and refuses one for padding by name. */
const rounding = ({ pad }: { pad: number | string }) => (typeof pad === 'number' ? 'floor' : undefined);

beforeAll(async () => {
  await startBackend('wasm');
  await startBackend('cpu');
});

describe('input gradients on wasm', () => {
  const expectConvolutionsRight = async (given: ConvolutionCase) => {
    const shape: Shape4 = [given.batch, given.height, given.width, given.inChannels];
    const filterShape: Shape4 = [given.kernelHeight, given.kernelWidth, given.inChannels, given.outChannels];
    const filter = normals(given.seed + 1, filterShape);
    const x = normals(given.seed, shape);
    const conv = (v: tf.Tensor4D) => {
      const taps = tf.tensor4d(filter, filterShape);
      return tf.conv2d(v, taps, given.stride, given.pad, 'NHWC', 1, rounding(given));
    };
    const wasm = await differentiate('wasm', x, shape, conv);
    expectAdjoint(wasm, x);
    const cpu = await differentiate('cpu', x, shape, conv);
    expectClose(wasm.y, cpu.y);
    expectClose(wasm.dx, cpu.dx);
  };

  it('of convolutions: adjoint of the forward pass, and equal to cpu, over 80 shapes', async () => {
    await fc.assert(fc.asyncProperty(convolution, expectConvolutionsRight), { seed: 1, numRuns: 80 });
  });

  it('of 3 x 3 convolutions with many channels, over 60 shapes', async () => {
    await fc.assert(fc.asyncProperty(winograd, expectConvolutionsRight), { seed: 4, numRuns: 60 });
  });

  it('of dense layers, over 40 shapes', async () => {
    const size = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(size, size, size, async (rows, depth, columns) => {
        const weights = normals(rows, [depth, columns]);
        const x = normals(columns, [rows, depth]);
        const dense = (v: tf.Tensor4D) =>
          tf.matMul(tf.reshape(v, [rows, depth]), tf.tensor2d(weights, [depth, columns]));
        const wasm = await differentiate('wasm', x, [rows, 1, 1, depth], dense);
        expectAdjoint(wasm, x);
        expectClose(wasm.y, (await differentiate('cpu', x, [rows, 1, 1, depth], dense)).y);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('of depthwise convolutions, over 60 shapes', async () => {
    await fc.assert(
      fc.asyncProperty(convolution, async (given) => {
        // The stock forward pass gives zeros, without an error, for oblong kernels narrower than the stride.
        const { kernelHeight, kernelWidth, stride } = given;
        fc.pre(kernelHeight === kernelWidth || Math.min(kernelHeight, kernelWidth) >= stride);
        const multiplier = 1 + (given.outChannels % 3);
        const shape: Shape4 = [given.batch, given.height, given.width, given.inChannels];
        const filterShape: Shape4 = [given.kernelHeight, given.kernelWidth, given.inChannels, multiplier];
        const filter = normals(given.seed + 1, filterShape);
        const x = normals(given.seed, shape);
        const conv = (v: tf.Tensor4D) => {
          const taps = tf.tensor4d(filter, filterShape);
          return tf.depthwiseConv2d(v, taps, given.stride, given.pad, 'NHWC', 1, rounding(given));
        };
        const wasm = await differentiate('wasm', x, shape, conv);
        expectAdjoint(wasm, x);
        expectClose(wasm.dx, (await differentiate('cpu', x, shape, conv)).dx);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('of max pooling, also where every input is negative, over 60 shapes', async () => {
    await fc.assert(
      fc.asyncProperty(convolution, fc.constantFrom(-5, 0, 5), async (given, offset) => {
        fc.pre(typeof given.pad === 'string');
        const shape: Shape4 = [given.batch, given.height, given.width, given.inChannels];
        const x = normals(given.seed, shape).map((value) => value + offset);
        const pool = (v: tf.Tensor4D) => {
          return tf.maxPool(
            v,
            [given.kernelHeight, given.kernelWidth],
            given.stride,
            given.pad as 'same' | 'valid',
          );
        };
        const wasm = await differentiate('wasm', x, shape, pool);
        // A maximum is homogeneous of degree one, so <dy, y> = <dx, x> here as well (Euler).
        expectAdjoint(wasm, x);
        expectClose(wasm.dx, (await differentiate('cpu', x, shape, pool)).dx);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('of fused convolutions, linear and relu, with bias', async () => {
    for (const activation of ['linear', 'relu'] as const) {
      for (const strides of [1, 2]) {
        const shape: Shape4 = [2, 8, 9, 3];
        const filter = normals(5, [3, 3, 3, 4]);
        const x = normals(6, shape);
        const fused = (v: tf.Tensor4D) =>
          tf.fused.conv2d({
            x: v,
            filter: tf.tensor4d(filter, [3, 3, 3, 4]),
            strides,
            pad: 'same',
            bias: tf.tensor1d([0.1, -0.2, 0.3, 0]),
            activation,
          });
        const wasm = await differentiate('wasm', x, shape, fused);
        const cpu = await differentiate('cpu', x, shape, fused);
        expectClose(wasm.y, cpu.y);
        expectClose(wasm.dx, cpu.dx);
      }
    }
  });

  it('do not keep rearranged filters of disposed filters', async () => {
    await tf.setBackend('wasm');
    const once = () =>
      tf.tidy(() => {
        const filter = tf.tensor4d(normals(8, [3, 3, 2, 2]), [3, 3, 2, 2]);
        const input = tf.tensor4d(normals(9, [1, 6, 6, 2]), [1, 6, 6, 2]);
        return tf
          .grad((v) => tf.sum(tf.conv2d(v as tf.Tensor4D, filter, 1, 'same')))(input)
          .dataSync();
      });
    once();
    once();
    const heap = (tf.backend() as unknown as { dataIdMap: { numDataIds(): number } }).dataIdMap;
    const before = heap.numDataIds();
    for (let i = 0; i < 20; i++) once();
    expect(heap.numDataIds()).toBe(before);
  });
});

describe('Identity on wasm', () => {
  it('shares its data and leaves the original alive', async () => {
    await tf.setBackend('wasm');
    const original = tf.tensor1d([1, 2, 3]);
    const shared = tf.clone(original);
    original.dispose();
    expect([...(await shared.data())]).toEqual([1, 2, 3]);
    shared.dispose();
  });
});
