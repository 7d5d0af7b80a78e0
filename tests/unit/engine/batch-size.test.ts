import '../../../src/node/engine';
import { describe, expect, it } from 'vitest';
import { folderReader } from '../../../src/node/engine';
import { BATCHES, type BatchMemory, fastestBatch, tunedBatch } from '../../../src/workers/engine/batch-size';
import { loadModelFolder } from '../../../src/workers/models/load';
import { startBackend } from '../../../src/workers/tfjs/backend';
import { TfjsClassifier } from '../../../src/workers/tfjs/classifier';

/** A clock that passes of a batch move by what they are said to cost. */
function machine(cost: (rows: number) => number) {
  let time = 0;
  const passes: number[] = [];
  return {
    passes,
    now: () => time,
    pass: async (rows: number) => {
      passes.push(rows);
      time += cost(rows);
    },
  };
}

const report = { name: 'wasm', reason: 'Runs on WebAssembly.' } as const;

describe('the batch', () => {
  it('is the largest where each call costs the same', async () => {
    const { pass, now } = machine(() => 5);
    expect(await fastestBatch(pass, now)).toBe(256);
  });

  it('is the one before rows become dearer, and what is far too large is not tried', async () => {
    const { pass, now, passes } = machine((rows) => 1 + rows * (rows > 64 ? 0.2 : 0.05));
    expect(await fastestBatch(pass, now)).toBe(64);
    expect(passes).not.toContain(256);
  });

  it('is settled within a bounded time on a slow machine', async () => {
    const { pass, now, passes } = machine((rows) => rows * 50);
    await fastestBatch(pass, now);
    expect(passes).toEqual([16]);
  });

  it('is remembered by model and backend', async () => {
    const kept = new Map<string, number>();
    const memory: BatchMemory = {
      get: async (key) => kept.get(key),
      set: async (key, batch) => void kept.set(key, batch),
    };
    const first = machine(() => 5);
    const again = machine(() => 5);
    expect(
      await tunedBatch({ modelHash: 'hash', backend: report, pass: first.pass, memory, now: first.now }),
    ).toBe(256);
    expect(
      await tunedBatch({ modelHash: 'hash', backend: report, pass: again.pass, memory, now: again.now }),
    ).toBe(256);
    expect(again.passes).toEqual([]);
    await tunedBatch({ modelHash: 'other', backend: report, pass: again.pass, memory, now: again.now });
    expect(again.passes.length).toBeGreaterThan(0);
  });

  it('is measured where nothing can be remembered, or nonsense was', async () => {
    const refuse = async () => Promise.reject(new Error('no storage'));
    const { pass, now } = machine(() => 5);
    expect(
      await tunedBatch({
        modelHash: 'hash',
        backend: report,
        pass,
        memory: { get: refuse, set: refuse },
        now,
      }),
    ).toBe(256);
    const nonsense = { get: async () => 7.5, set: async () => undefined };
    expect(await tunedBatch({ modelHash: 'hash', backend: report, pass, memory: nonsense, now })).toBe(256);
  });

  it('changes no logit, to the bit', async () => {
    await startBackend('wasm');
    const { card, model } = await loadModelFolder('mnist-cnn', folderReader('mnist-cnn'));
    const classifier = new TfjsClassifier(model, card.input.shape, card.labels.length);
    const x = new Float32Array(classifier.inputLength).fill(0.3);
    const ask = { x, sigma: 0.4, seed: 3, stream: 0, firstSample: 0, count: 200 };
    const found: Float32Array[] = [];
    for (const batch of BATCHES) {
      classifier.batch = batch;
      found.push(await classifier.noisyLogits(ask));
    }
    for (const logits of found) expect(logits).toEqual(found[0]);
    classifier.dispose();
  });
});
