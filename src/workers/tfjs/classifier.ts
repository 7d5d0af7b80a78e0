import * as tf from '@tensorflow/tfjs';
import {
  type Calls,
  type Classifier,
  centredGramInSteps,
  type Gradients,
  identityCotangents,
  type Linearisation,
  type NoiseSamples,
  type NoisyBatch,
} from '../../estimators/model';
import { inTurns } from '../../estimators/steps';
import type { BackendName, Pass } from '../backend-info';
import { powerOfTwo } from '../power-of-two';
import { longStep, takeTurns } from '../pulse';
import { deviceCalls } from '../webgpu/calls';
import { DeviceGeometry } from '../webgpu/geometry';
import { DeviceNoise } from '../webgpu/noise';
import { isNetwork, layersNetwork, type Network } from './network';
import { HostNoise, type InputBatch, type NoiseSource } from './noise';
import { onBackend } from './on-backend';
import { PassBound } from './pass-bound';
import { readAndDispose } from './read';

/** Most rows of a forward pass. WebGPU keeps a pool of buffers by size that never shrinks: there, few sizes occur. */
export const MOST_ROWS = 256;
/** Rows that are differentiated at once: a backward pass holds every layer's output for each. */
export const MOST_GRADIENT_ROWS = 128;

/** A pass whose inputs lie where the model runs, so that it can be repeated. To be disposed of. */
export interface PreparedPass {
  /** n x K logits or n x d gradients, read back. */
  run(): Promise<Float32Array>;
  dispose(): void;
}

/** The estimators' view of a network that maps [n, H, W, C] to n x K logits. */
export class TfjsClassifier implements Classifier {
  readonly inputLength: number;
  /** Rows of a forward pass; what it is changes nothing but the time and the memory. */
  batch = MOST_ROWS;
  /** The same of a backward pass. */
  gradientBatch = MOST_GRADIENT_ROWS;
  /** Where passes run if not on the engine's backend. */
  forwardOn: BackendName | null = null;
  backwardOn: BackendName | null = null;
  readonly network: Network;
  /** Set by whoever loads the model, if it has a float64 form. */
  reference: Classifier['reference'];
  readonly #forwardBound = new PassBound();
  readonly #backwardBound = new PassBound();

  constructor(
    model: tf.LayersModel | Network,
    readonly shape: readonly [number, number, number],
    readonly classCount: number,
  ) {
    this.inputLength = shape[0] * shape[1] * shape[2];
    this.network = isNetwork(model) ? model : layersNetwork(model);
  }

  /** Tells how many milliseconds the first passes may take. */
  allowFirstPass(ms: number): void {
    this.#forwardBound.first = this.#backwardBound.first = ms;
  }

  dispose(): void {
    this.network.dispose();
  }

  async logits(inputs: Float32Array): Promise<Float32Array> {
    const { inputLength: d, classCount: K } = this;
    const count = inputs.length / d;
    const rows = paddedRows(count, this.forwardOn);
    return (await this.#forward(padded(inputs, rows * d), rows)).subarray(0, count * K);
  }

  async noisyLogits(batch: NoisyBatch): Promise<Float32Array> {
    const K = this.classCount;
    const logits = new Float32Array(batch.count * K);
    let done = 0;
    for (const { inputs, count } of this.#noisyInputs(batch)) {
      const found = await readAndDispose(this.#apply(inputs));
      logits.set(found.subarray(0, count * K), done * K);
      done += count;
    }
    return logits;
  }

  noiseProjections(samples: NoiseSamples, directions: Float32Array): Promise<Float64Array> {
    const longest = NOISE_MS * samples.count * (this.inputLength + directions.length);
    return longStep(longest, () => this.#noise.projections(samples, directions, this.inputLength));
  }

  /** Making the noise takes as long as some passes. */
  *#noisyInputs(batch: NoisyBatch): Iterable<InputBatch> {
    const batches = this.#noise.batches(batch, this.batch)[Symbol.iterator]();
    for (;;) {
      const next = longStep(NOISE_MS * batch.count * this.inputLength, () => batches.next());
      if (next.done) return;
      yield next.value;
    }
  }

  async gradients(inputs: Float32Array, cotangents: Float32Array): Promise<Gradients> {
    const { inputLength: d, classCount: K } = this;
    const count = inputs.length / d;
    const perInput = cotangents.length / (count * K);
    const logits = new Float32Array(count * K);
    const gradients = new Float32Array(count * perInput * d);
    // Either several inputs with all their cotangents, or one with some of its own.
    const n = Math.max(1, Math.floor(this.gradientBatch / perInput));
    const m = Math.min(perInput, this.gradientBatch);
    for (let i = 0; i < count; i += n) {
      for (let j = 0; j < perInput; j += m) {
        const first = i * perInput + j;
        const points = inputs.subarray(i * d, (i + n) * d);
        const found = await this.#sweep(
          points,
          cotangents.subarray(first * K, (first + (points.length / d) * Math.min(m, perInput - j)) * K),
        );
        logits.set(found.logits, i * K);
        gradients.set(found.gradients, first * d);
      }
    }
    return { logits, gradients };
  }

  async linearise(x: Float32Array): Promise<Linearisation> {
    if (isWebGpu(this.backwardOn)) return this.#geometry().linearise(x);
    const K = this.classCount;
    const { logits, gradients: jacobian } = await this.gradients(x, identityCotangents(K));
    const gram = await inTurns(centredGramInSteps(jacobian, K), takeTurns);
    return { logits: Float64Array.from(logits), jacobian, gram };
  }

  /** @param inputs n x d values; input i is differentiated through logit i mod K. */
  prepare(pass: Pass, inputs: Float32Array): PreparedPass {
    const rows = inputs.length / this.inputLength;
    const K = this.classCount;
    const x = tf.tensor(inputs, [rows, ...this.shape]);
    const selection = tf.tidy(() => {
      const classes = Int32Array.from({ length: rows }, (_, i) => i % K);
      return tf.cast(tf.oneHot(tf.tensor1d(classes, 'int32'), K), 'float32') as tf.Tensor2D;
    });
    const pure = (): tf.Tensor =>
      pass === 'forward' ? this.network.forward(x) : this.network.backward(x, selection).gradients;
    const where = pass === 'forward' ? this.forwardOn : this.backwardOn;
    const bound = pass === 'forward' ? this.#forwardBound : this.#backwardBound;
    return {
      run: () => readAndDispose(bound.run(rows, () => onBackend(where, () => tf.tidy(pure)))),
      dispose: () => tf.dispose([x, selection]),
    };
  }

  /** On WebGPU alone, where reading back costs more than the arithmetic. */
  get noisyCalls(): Classifier['noisyCalls'] {
    return isWebGpu(this.forwardOn) ? (batch, target) => this.#calls(batch, target) : undefined;
  }

  get averagedGeometry(): Classifier['averagedGeometry'] {
    return isWebGpu(this.backwardOn)
      ? (inputs, weights) => this.#geometry().averaged(inputs, weights)
      : undefined;
  }

  get #noise(): NoiseSource {
    return isWebGpu(this.forwardOn) ? deviceNoise : hostNoise;
  }

  #geometry(): DeviceGeometry {
    return new DeviceGeometry(this.network, {
      input: this.shape,
      classCount: this.classCount,
      most: this.gradientBatch,
      rowsOf: powerOfTwo,
    });
  }

  async #calls(batch: NoisyBatch, target: number): Promise<Calls> {
    const called = new Int32Array(batch.count);
    const margins = new Float64Array(batch.count);
    let done = 0;
    for (const { inputs, count } of this.#noisyInputs(batch)) {
      const found = await deviceCalls(this.#apply(inputs), count, target);
      called.set(found.called, done);
      margins.set(found.margins, done);
      done += count;
    }
    return { called, margins };
  }

  /** Logits of flat inputs, which are disposed of. */
  #apply(inputs: tf.Tensor2D): tf.Tensor2D {
    const rows = inputs.shape[0];
    const output = this.#forwardBound.run(rows, () =>
      onBackend(this.forwardOn, () =>
        tf.tidy(() => this.network.forward(tf.reshape(inputs, [rows, ...this.shape]))),
      ),
    );
    inputs.dispose();
    return output;
  }

  async #forward(inputs: Float32Array, rows: number): Promise<Float32Array> {
    const { batch, inputLength: d, classCount: K } = this;
    if (rows <= batch) return this.#pass(inputs, rows);
    const logits = new Float32Array(rows * K);
    for (let first = 0; first < rows; first += batch) {
      const count = Math.min(batch, rows - first);
      logits.set(await this.#pass(inputs.subarray(first * d, (first + count) * d), count), first * K);
    }
    return logits;
  }

  async #pass(inputs: Float32Array, rows: number): Promise<Float32Array> {
    return readAndDispose(this.#apply(tf.tensor2d(inputs, [rows, this.inputLength])));
  }

  /** One forward pass over n inputs and one backwards for all cotangents; on WebGPU of padded sizes. */
  async #sweep(inputs: Float32Array, cotangents: Float32Array): Promise<Gradients> {
    const { inputLength: d, classCount: K } = this;
    const [count, total] = [inputs.length / d, cotangents.length / K];
    const rows = paddedRows(count, this.backwardOn);
    const perInput = count === 1 ? paddedRows(total, this.backwardOn) : total / count;
    const sweep = () =>
      this.network.backward(
        tf.tensor(padded(inputs, rows * d), [rows, ...this.shape]),
        tf.tensor2d(padded(cotangents, rows * perInput * K), [rows * perInput, K]),
      );
    const { logits, gradients } = this.#backwardBound.run(rows * perInput, () =>
      onBackend(this.backwardOn, () => tf.tidy(sweep)),
    );
    const [values, found] = await Promise.all([readAndDispose(logits), readAndDispose(gradients)]);
    return { logits: values.subarray(0, count * K), gradients: found.subarray(0, total * d) };
  }
}

/** A value of noise is drawn, or multiplied, in less time, on a slow phone too. */
const NOISE_MS = 1e-3;

const hostNoise = new HostNoise();
const deviceNoise = new DeviceNoise();

const isWebGpu = (where: BackendName | null): boolean => (where ?? tf.getBackend()) === 'webgpu';

/** On WebGPU powers of two, so that the pool of buffers stays small. */
function paddedRows(count: number, where: BackendName | null): number {
  return isWebGpu(where) ? powerOfTwo(count) : count;
}

function padded(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const result = new Float32Array(length);
  result.set(values);
  return result;
}
