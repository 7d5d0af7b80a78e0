import * as tf from '@tensorflow/tfjs';
import type { NoiseSamples, NoisyBatch } from '../../estimators/model';
import { NoiseCache } from '../../estimators/noise/cache';
import { project } from '../../estimators/noise/projections';

/** Some of the noisy copies of a batch: the first `count` rows are theirs, others fill up. */
export interface InputBatch {
  /** To be disposed of. */
  readonly inputs: tf.Tensor2D;
  readonly count: number;
}

/** Where noise is made and looked at. */
export interface NoiseSource {
  /** The noisy copies in order, in parts of about `rows` rows. */
  batches(batch: NoisyBatch, rows: number): Iterable<InputBatch>;
  /** count x m inner products of the noise with m x d directions. */
  projections(samples: NoiseSamples, directions: Float32Array, d: number): Promise<Float64Array>;
}

const cache = new NoiseCache();

/** Noise made in JavaScript and kept for the next radius. */
export class HostNoise implements NoiseSource {
  *batches(batch: NoisyBatch, rows: number): Iterable<InputBatch> {
    const d = batch.x.length;
    const inputs = noisyCopies(batch);
    for (let first = 0; first < batch.count; first += rows) {
      const count = Math.min(rows, batch.count - first);
      yield { inputs: tf.tensor2d(inputs.subarray(first * d, (first + count) * d), [count, d]), count };
    }
  }

  async projections(samples: NoiseSamples, directions: Float32Array, d: number): Promise<Float64Array> {
    const { seed, stream, firstSample, count } = samples;
    return project(cache.get(seed, stream, firstSample, count, d), directions, d);
  }
}

function noisyCopies({ x, sigma, seed, stream, firstSample, count, shifts }: NoisyBatch): Float32Array {
  const d = x.length;
  const normals = cache.get(seed, stream, firstSample, count, d);
  const inputs = new Float32Array(count * d);
  for (let i = 0, at = 0; i < count; i++) {
    const vector = shifts?.vectorOf[i] ?? -1;
    if (shifts === undefined || vector < 0) {
      for (let j = 0; j < d; j++, at++) inputs[at] = (x[j] as number) + sigma * (normals[at] as number);
    } else {
      for (let j = 0, u = vector * d; j < d; j++, u++, at++) {
        inputs[at] = (x[j] as number) + sigma * ((normals[at] as number) + (shifts.vectors[u] as number));
      }
    }
  }
  return inputs;
}
