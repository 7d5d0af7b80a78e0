import { beforeAll, describe, expect, it } from 'vitest';
import { centredGram } from '../../../src/estimators/model';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { folderReader } from '../../../src/node/engine';
import { createEngine } from '../../../src/workers/engine/engine';
import { loadModelFolder } from '../../../src/workers/models/load';
import type { JobEvent } from '../../../src/workers/protocol/sweep';
import { TfjsClassifier } from '../../../src/workers/tfjs/classifier';

const engine = createEngine({ readerOf: (id) => folderReader(id) });
const modelId = 'mnist-cnn';
const [d, K] = [784, 10];

function normals(count: number, seed: number): Float32Array {
  const values = new Float32Array(count);
  new NormalSource(seed, 1).fill(0, values);
  return values;
}

beforeAll(async () => {
  await engine.start({ backend: 'wasm', threads: 1 });
});

describe('the passes of an engine', () => {
  it('give the logits and the Jacobian that the estimators work with', async () => {
    const { card, model } = await loadModelFolder(modelId, folderReader(modelId));
    const classifier = new TfjsClassifier(model, card.input.shape, K);
    const x = normals(d, 3);
    const copies = new Float32Array(K * d);
    for (let k = 0; k < K; k++) copies.set(x, k * d);
    const wanted = await classifier.linearise(x);
    const logits = await engine.evaluate({ modelId, pass: 'forward', inputs: copies });
    const jacobian = await engine.evaluate({ modelId, pass: 'input_gradient', inputs: copies });
    const scale = Math.max(...wanted.gram);
    centredGram(jacobian, K).forEach((value, i) => {
      expect(Math.abs(value - (wanted.gram[i] as number)) / scale).toBeLessThan(1e-5);
    });
    logits.forEach((value, i) => {
      expect(Math.abs(value - (wanted.logits[i % K] as number))).toBeLessThan(1e-4);
    });
    classifier.dispose();
  });

  it('differentiate every input through its own logit alone', async () => {
    const inputs = normals(13 * d, 4);
    const whole = await engine.evaluate({ modelId, pass: 'input_gradient', inputs });
    const changed = Float32Array.from(inputs);
    changed.fill(0.5, 5 * d, 6 * d);
    const other = await engine.evaluate({ modelId, pass: 'input_gradient', inputs: changed });
    for (let i = 0; i < 13; i++) {
      const row = (values: Float32Array) => values.subarray(i * d, (i + 1) * d);
      const difference = Math.max(
        ...row(whole).map((value, j) => Math.abs(value - (row(other)[j] as number))),
      );
      if (i === 5) expect(difference).toBeGreaterThan(1e-3);
      else expect(difference).toBeLessThan(1e-6);
    }
  });

  it('are timed once for every repeat, and leave no tensor behind', async () => {
    for (const pass of ['forward', 'input_gradient'] as const) {
      await engine.measure({ modelId, pass, batch: 3, repeats: 1 });
      const before = await engine.memory();
      const times = await engine.measure({ modelId, pass, batch: 3, repeats: 4 });
      expect(times).toHaveLength(4);
      expect(times.every((ms) => ms > 0)).toBe(true);
      expect(await engine.memory()).toEqual(before);
    }
  });

  it.each([
    [() => engine.evaluate({ modelId, pass: 'forward', inputs: new Float32Array(5) }), /784 values/],
    [() => engine.evaluate({ modelId, pass: 'forward', inputs: new Float32Array(0) }), /784 values/],
    [() => engine.measure({ modelId, pass: 'forward', batch: 0, repeats: 1 }), /at least 1/],
    [() => engine.measure({ modelId, pass: 'forward', batch: 1, repeats: 1.5 }), /at least 1/],
    [() => createEngine().memory(), /not started/],
  ])('refuse what makes no sense with a sentence (%#)', async (work, message) => {
    await expect(work()).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(message),
    });
  });
});

describe('memory', () => {
  it('is the same after every sweep, over changing images and models', async () => {
    const sweep = async (id: number) => {
      const events: JobEvent[] = [];
      const job = {
        id,
        modelId: ['mnist-linear', 'mnist-mlp', 'mnist-cnn'][id % 3] as string,
        x: normals(d, 100 + id).map((normal) => 0.5 + 0.2 * normal),
        target: null,
        sigmas: [0.1, 0.4],
        estimators: ['mc', 'taylor', 'softmax'],
        seed: 1,
        stop: { rule: 'fixed', samples: 512 } as const,
      };
      await engine.run(job, (event) => events.push(event));
      expect(events.at(-1)).toMatchObject({ type: 'done', cancelled: false });
    };
    for (let id = 0; id < 3; id++) await sweep(id);
    const before = await engine.memory();
    expect(before.wasmHeap).toBeGreaterThan(0);
    for (let id = 3; id < 15; id++) {
      await sweep(id);
      const { tensors, tensorBytes } = await engine.memory();
      expect({ tensors, tensorBytes }).toEqual({ tensors: before.tensors, tensorBytes: before.tensorBytes });
    }
  });
});
