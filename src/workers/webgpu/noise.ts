import * as tf from '@tensorflow/tfjs';
import type { NoiseSamples, NoiseShifts, NoisyBatch } from '../../estimators/model';
import { assertSeed } from '../../estimators/noise/gaussian';
import { powerOfTwo } from '../power-of-two';
import type { InputBatch, NoiseSource } from '../tfjs/noise';
import { readAndDispose } from '../tfjs/read';
import { PARTS, sumOfParts } from './parts';
import { f32, type Kernel, runKernel, type Uniform, u32 } from './program';
import { SAMPLE_NORMALS, SAMPLE_UNIFORMS } from './wgsl/normals';

/** tfjs keeps a pool of buffers by size that never shrinks: so batches have two sizes and no other. */
const FEW_ROWS = 64;
const PROJECTED_ROWS = 256;
/** Directions that one pass over the noise is projected on. */
const DIRECTIONS = 4;
const TWO_POW_32 = 2 ** 32;

const COPIES: Kernel = {
  name: 'ProbustNoisyCopies',
  inputs: ['x', 'shifts', 'vectorOf'],
  uniforms: `${SAMPLE_UNIFORMS} count: u32, length: u32, blocks: u32, sigma: f32,`,
  code: /* wgsl */ `
${SAMPLE_NORMALS}

fn main(index: i32) {
  let row = u32(index) / uniforms.blocks;
  let block = u32(index) % uniforms.blocks;
  if (row >= uniforms.count) { return; }
  let normals = normalsOfSample(row, block);
  let vector = vectorOf[row];
  for (var i = 0u; i < 4u && 4u * block + i < uniforms.length; i++) {
    let at = 4u * block + i;
    var noise = normals[i];
    if (vector >= 0) { noise += shifts[u32(vector) * uniforms.length + at]; }
    result[row * uniforms.length + at] = x[at] + uniforms.sigma * noise;
  }
}
`,
};

/** No barriers: a software adapter takes longer for one than for all of the noise. */
const PARTIAL_PROJECTIONS: Kernel = {
  name: 'ProbustPartialProjections',
  inputs: ['directions'],
  uniforms: `${SAMPLE_UNIFORMS} count: u32, length: u32, blocks: u32, chunks: u32,`,
  code: /* wgsl */ `
${SAMPLE_NORMALS}

fn direction(at: u32) -> vec4<f32> {
  return vec4<f32>(directions[at], directions[at + 1u], directions[at + 2u], directions[at + 3u]);
}

fn main(index: i32) {
  let part = u32(index) % ${PARTS}u;
  let chunk = (u32(index) / ${PARTS}u) % uniforms.chunks;
  let row = u32(index) / (${PARTS}u * uniforms.chunks);
  if (row >= uniforms.count) { return; }
  var sum = vec4<f32>(0.0);
  for (var block = part; block < uniforms.blocks; block += ${PARTS}u) {
    let normals = normalsOfSample(row, block);
    for (var i = 0u; i < 4u && 4u * block + i < uniforms.length; i++) {
      sum += normals[i] * direction(4u * (chunk * uniforms.length + 4u * block + i));
    }
  }
  for (var i = 0u; i < 4u; i++) { result[4u * u32(index) + i] = sum[i]; }
}
`,
};

function nameOf({ seed, stream, firstSample }: Omit<NoiseSamples, 'count'>): Uniform[] {
  assertSeed(seed);
  return [seed, Math.floor(seed / TWO_POW_32), firstSample, Math.floor(firstSample / TWO_POW_32), stream].map(
    u32,
  );
}

/** Rows that so many copies are filled up to. */
const rowsFor = (count: number, most: number): number => Math.min(most, count <= FEW_ROWS ? FEW_ROWS : most);

/** m x d vectors as d-long chunks of four at a time, number i of all four together. */
function interleaved(vectors: Float32Array, d: number, chunks: number): Float32Array {
  const result = new Float32Array(chunks * DIRECTIONS * d);
  for (let k = 0; k < vectors.length / d; k++) {
    const start = Math.floor(k / DIRECTIONS) * d * DIRECTIONS + (k % DIRECTIONS);
    for (let j = 0; j < d; j++) result[start + j * DIRECTIONS] = vectors[k * d + j] as number;
  }
  return result;
}

/** Makes the noise where the model runs: only the input goes up, and only projections come back. */
export class DeviceNoise implements NoiseSource {
  *batches(batch: NoisyBatch, most: number): Iterable<InputBatch> {
    for (let done = 0; done < batch.count; done += most) {
      const count = Math.min(most, batch.count - done);
      const rows = rowsFor(count, most);
      const { x, sigma, shifts } = batch;
      const samples = { ...batch, firstSample: batch.firstSample + done, count };
      const inputs = tf.tidy(() => noisyCopies(samples, x, sigma, rows, shifts, done));
      yield { inputs, count };
    }
  }

  async projections(samples: NoiseSamples, directions: Float32Array, d: number): Promise<Float64Array> {
    const m = directions.length / d;
    const chunks = powerOfTwo(Math.ceil(m / DIRECTIONS));
    const packed = interleaved(directions, d, chunks);
    const result = new Float64Array(samples.count * m);
    for (let done = 0; done < samples.count; done += PROJECTED_ROWS) {
      const count = Math.min(PROJECTED_ROWS, samples.count - done);
      const rows = rowsFor(count, PROJECTED_ROWS);
      const threads = rows * chunks * PARTS;
      const blocks = Math.ceil(d / 4);
      const uniforms = [
        ...nameOf({ ...samples, firstSample: samples.firstSample + done }),
        ...[count, d, blocks, chunks].map(u32),
      ];
      const found = tf.tidy(() => {
        const inputs = [tf.tensor1d(packed)];
        const parts = runKernel(PARTIAL_PROJECTIONS, inputs, uniforms, threads * DIRECTIONS, threads);
        return sumOfParts(parts, DIRECTIONS);
      });
      const values = await readAndDispose(found);
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < m; k++) {
          result[(done + i) * m + k] = values[i * chunks * DIRECTIONS + k] as number;
        }
      }
    }
    return result;
  }
}

/** rows x d; rows beyond `samples.count` hold whatever was there. @param offset of the samples in the shifts' batch */
function noisyCopies(
  samples: NoiseSamples,
  x: Float32Array,
  sigma: number,
  rows: number,
  shifts: NoiseShifts | undefined,
  offset: number,
): tf.Tensor2D {
  const d = x.length;
  const blocks = Math.ceil(d / 4);
  const vectorOf = new Int32Array(rows).fill(-1);
  if (shifts !== undefined) vectorOf.set(shifts.vectorOf.subarray(offset, offset + samples.count));
  const vectors = new Float32Array(powerOfTwo(Math.max(1, (shifts?.vectors.length ?? 0) / d)) * d);
  if (shifts !== undefined) vectors.set(shifts.vectors);
  const inputs = [tf.tensor1d(x), tf.tensor1d(vectors), tf.tensor1d(vectorOf, 'int32')];
  const uniforms = [...nameOf(samples), ...[samples.count, d, blocks].map(u32), f32(sigma)];
  return tf.reshape(runKernel(COPIES, inputs, uniforms, rows * d, rows * blocks), [rows, d]);
}
