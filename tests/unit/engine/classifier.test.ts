import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { mc } from '../../../src/estimators/methods/mc';
import { argmax, type Classifier } from '../../../src/estimators/model';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { folderReader } from '../../../src/node/engine';
import { loadModelFolder } from '../../../src/workers/models/load';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { TfjsClassifier } from '../../../src/workers/tfjs/classifier';
import golden from '../../fixtures/golden.json';
import { goldenConvNet } from '../../support/golden-conv-net';
import { goldenModel } from '../../support/golden-model';
import { contextFor, finalEstimates } from '../../support/run';

const greatest = (values: ArrayLike<number>, others: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value, i) => Math.max(most, Math.abs(value - (others[i] as number))), 0);

describe.each(['cpu', 'wasm'] as const)('the tfjs adapter on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it('matches the golden net: logits, Gram matrix, and Monte Carlo counts up to near-ties', async () => {
    const classifier = new TfjsClassifier(await goldenModel(), [8, 8, 1], 5);
    const reference = goldenConvNet();
    for (const given of golden.convNet.cases) {
      const x = Float32Array.from(given.x);
      const found = await classifier.linearise(x);
      const wanted = await reference.linearise(x);
      expect(greatest(found.logits, wanted.logits)).toBeLessThan(1e-5);
      expect(greatest(found.gram, wanted.gram)).toBeLessThan(1e-4);
      const stop = { rule: 'fixed', samples: 1024 } as const;
      const context = await contextFor(classifier, x, [given.sigma], { seed: given.mc.seed, stop });
      const [estimate] = await finalEstimates(mc, context);
      const slack = given.mc.smallestGap < 1e-4 ? 1 : 0;
      expect(Math.abs((estimate?.p as number) * 1024 - given.mc.count1024)).toBeLessThanOrEqual(slack);
    }
    classifier.dispose();
  });

  it.each(['mnist-linear', 'mnist-mlp', 'mnist-cnn'])(
    '%s: gradient norms agree with finite differences along random directions',
    async (id) => {
      const { card, model } = await loadModelFolder(id, folderReader(id));
      const classifier = new TfjsClassifier(model, card.input.shape, card.labels.length);
      const d = classifier.inputLength;
      const x = new Float32Array(d);
      new NormalSource(3, 1).fill(0, x);
      for (let j = 0; j < d; j++) x[j] = 0.5 + 0.2 * (x[j] as number);
      const { gram } = await classifier.linearise(x);
      // The port gives Gram matrices, not gradients: a margin's squared slope along a standard normal direction
      // has the mean ||grad||^2.
      const target = argmax(await classifier.logits(x));
      const other = (target + 1) % card.labels.length;
      const K = card.labels.length;
      const at = (i: number, j: number) => gram[i * K + j] as number;
      const squared = at(target, target) + at(other, other) - 2 * at(target, other);
      const directions = 200;
      const step = 0.002;
      const normal = new Float32Array(d);
      const source = new NormalSource(4, 1);
      let sum = 0;
      for (let i = 0; i < directions; i++) {
        source.fill(i, normal);
        const moved = async (sign: number) => {
          const logits = await classifier.logits(
            x.map((value, j) => value + sign * step * (normal[j] as number)),
          );
          return (logits[target] as number) - (logits[other] as number);
        };
        sum += (((await moved(1)) - (await moved(-1))) / (2 * step)) ** 2;
      }
      const estimate = sum / directions;
      // Chi-squared with 200 degrees of freedom: relative standard deviation sqrt(2/200) = 0.1.
      expect(Math.abs(estimate / squared - 1)).toBeLessThan(0.4);
      classifier.dispose();
    },
  );

  it('adds exactly the noise of the definition, never clips, and does not depend on the split of a batch', async () => {
    const { card, model } = await loadModelFolder('mnist-linear', folderReader('mnist-linear'));
    const classifier = new TfjsClassifier(model, card.input.shape, 10);
    const x = new Float32Array(784).fill(0.9);
    const batch = { x, sigma: 3, seed: 8, stream: 0, firstSample: 5, count: 12 };
    const whole = await classifier.noisyLogits(batch);
    const parts = [
      ...(await classifier.noisyLogits({ ...batch, count: 7 })),
      ...(await classifier.noisyLogits({ ...batch, firstSample: 12, count: 5 })),
    ];
    expect(greatest(whole, parts)).toBeLessThan(1e-5);
    const noise = new Float32Array(784);
    const source = new NormalSource(8, 0);
    for (let i = 0; i < 12; i++) {
      source.fill(5 + i, noise);
      const logits = await classifier.logits(x.map((value, j) => value + 3 * (noise[j] as number)));
      expect(greatest(whole.subarray(i * 10, i * 10 + 10), logits)).toBeLessThan(1e-3);
    }
    classifier.dispose();
  });

  it('gives the gradients of the golden net for any weights of its logits, and its logits', async () => {
    const classifier = new TfjsClassifier(await goldenModel(), [8, 8, 1], 5);
    const reference = goldenConvNet();
    const inputs = Float32Array.from([0, 3, 6].flatMap((i) => golden.convNet.cases[i]?.x ?? []));
    // Fifty cotangents an input: more rows than are differentiated at once.
    const cotangents = new Float32Array(3 * 50 * 5);
    new NormalSource(6, 1).fill(0, cotangents);
    const found = await classifier.gradients(inputs, cotangents);
    const wanted = await reference.gradients(inputs, cotangents);
    expect(greatest(found.logits, wanted.logits)).toBeLessThan(1e-5);
    expect(found.gradients).toHaveLength(150 * 64);
    expect(greatest(found.gradients, wanted.gradients)).toBeLessThan(1e-4);
    expect(greatest(await classifier.logits(inputs), wanted.logits)).toBeLessThan(1e-5);
    classifier.dispose();
  });

  it('shifts the noise of single samples, mirrors it, and projects it on directions', async () => {
    const classifier = new TfjsClassifier(await goldenModel(), [8, 8, 1], 5);
    const reference = goldenConvNet();
    const vectors = new Float32Array(2 * 64);
    new NormalSource(7, 1).fill(0, vectors);
    const samples = { seed: 4, stream: 2, firstSample: 9, count: 5 };
    const x = Float32Array.from(golden.convNet.cases[0]?.x as number[]);
    for (const sigma of [0.3, -0.3]) {
      const batch = { ...samples, x, sigma, shifts: { vectors, vectorOf: Int32Array.of(1, -1, 0, 0, 1) } };
      const found = await classifier.noisyLogits(batch);
      expect(greatest(found, await reference.noisyLogits(batch))).toBeLessThan(2e-5);
    }
    const projections = await classifier.noiseProjections(samples, vectors);
    // The adapter's noise is float32: 64 products, each with a relative error of 6e-8.
    expect(greatest(projections, await reference.noiseProjections(samples, vectors))).toBeLessThan(1e-5);
    classifier.dispose();
  });

  it('leaves no tensor behind', async () => {
    const { card, model } = await loadModelFolder('mnist-cnn', folderReader('mnist-cnn'));
    const classifier: Classifier = new TfjsClassifier(model, card.input.shape, 10);
    const x = new Float32Array(784).fill(0.3);
    const work = async () => {
      await classifier.linearise(x);
      await classifier.noisyLogits({ x, sigma: 0.2, seed: 1, stream: 0, firstSample: 0, count: 64 });
      await classifier.gradients(x, new Float32Array(30).fill(1));
      await classifier.logits(x);
    };
    await work();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) await work();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('cpu and wasm agree on every bundled model', async () => {
  for (const id of ['mnist-linear', 'mnist-mlp', 'mnist-cnn']) {
    const found: { logits: Float64Array; gram: Float64Array }[] = [];
    const x = new Float32Array(784);
    new NormalSource(5, 1).fill(0, x);
    for (const backend of ['cpu', 'wasm'] as const) {
      await startBackend(backend);
      const { card, model } = await loadModelFolder(id, folderReader(id));
      const classifier = new TfjsClassifier(model, card.input.shape, 10);
      found.push(await classifier.linearise(x));
      classifier.dispose();
    }
    const [cpu, wasm] = found as [(typeof found)[0], (typeof found)[0]];
    const scale = Math.max(...cpu.gram.map(Math.abs));
    expect(greatest(cpu.logits, wasm.logits)).toBeLessThan(1e-4);
    expect(greatest(cpu.gram, wasm.gram) / scale).toBeLessThan(1e-5);
  }
});
