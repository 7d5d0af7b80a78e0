import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** Threads of a workgroup in every kernel here. */
export const GROUP = 64;

export interface Uniform {
  readonly type: 'uint32' | 'float32';
  readonly data: number[];
}

/** A kernel that writes one flat tensor. */
export interface Kernel {
  /** Unique among all kernels: tfjs caches pipelines by it. */
  readonly name: string;
  /** What the flat inputs are called in the code. */
  readonly inputs: readonly string[];
  /** WGSL members of the struct `uniforms`, each with a comma after it. */
  readonly uniforms: string;
  /** WGSL with `fn main(index: i32)`, run by at least as many threads as are asked for, in groups of GROUP. */
  readonly code: string;
}

export const u32 = (value: number): Uniform => ({ type: 'uint32', data: [value >>> 0] });
export const f32 = (value: number): Uniform => ({ type: 'float32', data: [value] });

function webGpuBackend(): WebGPUBackend {
  return tf.backend() as WebGPUBackend;
}

/** Queues a kernel behind what tfjs has queued; the result is a tensor like any other. */
export function runKernel(
  kernel: Kernel,
  inputs: readonly tf.Tensor[],
  uniforms: readonly Uniform[],
  size: number,
  threads: number,
  dtype: 'float32' | 'int32' = 'float32',
): tf.Tensor1D {
  const program = {
    variableNames: [...kernel.inputs],
    uniforms: kernel.uniforms,
    outputShape: [size],
    workgroupSize: [GROUP, 1, 1] as [number, number, number],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(threads / GROUP), 1, 1] as [number, number, number],
    shaderKey: kernel.name,
    getUserCode: () => kernel.code,
  };
  const output = webGpuBackend().runWebGPUProgram(program, [...inputs], dtype, [...uniforms]);
  return tf.engine().makeTensorFromTensorInfo(output) as tf.Tensor1D;
}
