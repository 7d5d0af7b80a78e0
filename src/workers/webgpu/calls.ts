import * as tf from '@tensorflow/tfjs';
import type { Calls } from '../../estimators/model';
import { readAndDispose } from '../tfjs/read';
import { type Kernel, runKernel, u32 } from './program';

const CALLS: Kernel = {
  name: 'ProbustCalls',
  inputs: ['logits'],
  uniforms: 'rows: u32, classes: u32, wanted: u32,',
  code: /* wgsl */ `
fn isFinite(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}

/** Called class and margin of a row; -1 for a class where a logit is not finite. */
fn main(index: i32) {
  let row = u32(index);
  if (row >= uniforms.rows) { return; }
  let first = row * uniforms.classes;
  var best = select(0u, 1u, uniforms.wanted == 0u);
  var sound = true;
  for (var i = 0u; i < uniforms.classes; i++) {
    let value = logits[first + i];
    sound = sound && isFinite(value);
    if (i != uniforms.wanted && value > logits[first + best]) { best = i; }
  }
  let margin = logits[first + uniforms.wanted] - logits[first + best];
  let called = select(best, uniforms.wanted, margin > 0.0);
  result[2u * row] = select(-1.0, f32(called), sound);
  result[2u * row + 1u] = margin;
}
`,
};

/** `callClass` of the first `count` rows of n x K logits, which are disposed of; two numbers a row come back. */
export async function deviceCalls(logits: tf.Tensor2D, count: number, target: number): Promise<Calls> {
  const [rows, classes] = logits.shape;
  const found = tf.tidy(() => {
    const flat = tf.reshape<tf.Rank.R1>(logits, [rows * classes]);
    return runKernel(CALLS, [flat], [rows, classes, target].map(u32), 2 * rows, rows);
  });
  logits.dispose();
  const values = await readAndDispose(found);
  const called = Int32Array.from({ length: count }, (_, i) => values[2 * i] as number);
  const margins = Float64Array.from(called, (k, i) => (k < 0 ? Number.NaN : (values[2 * i + 1] as number)));
  return { called, margins };
}
