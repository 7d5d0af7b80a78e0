import type * as tf from '@tensorflow/tfjs';
import { type Kernel, runKernel, u32 } from './program';

/**
 * Threads that share a long sum. Each writes its part, and a second kernel adds them: a barrier between them takes a
 * software adapter longer than the sums themselves.
 */
export const PARTS = 16;

const SUMS_OF_PARTS: Kernel = {
  name: 'ProbustSumsOfParts',
  inputs: ['parts'],
  uniforms: 'sums: u32, width: u32,',
  code: /* wgsl */ `
fn main(index: i32) {
  let at = u32(index);
  if (at >= uniforms.sums) { return; }
  let first = at / uniforms.width * ${PARTS}u * uniforms.width + at % uniforms.width;
  var sum = 0.0;
  for (var part = 0u; part < ${PARTS}u; part++) { sum += parts[first + part * uniforms.width]; }
  result[at] = sum;
}
`,
};

/** Sums over the middle axis of n x PARTS x width values. */
export function sumOfParts(parts: tf.Tensor1D, width: number): tf.Tensor1D {
  const sums = parts.size / PARTS;
  return runKernel(SUMS_OF_PARTS, [parts], [sums, width].map(u32), sums, sums);
}
