import '../../../src/node/engine';
import * as tf from '@tensorflow/tfjs';
import { layers, sequential } from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderReader } from '../../../src/node/engine';
import { createEngine } from '../../../src/workers/engine/engine';
import { Linearisations } from '../../../src/workers/engine/linearisations';
import { memoryStorage, type OwnModelStorage } from '../../../src/workers/models/own/storage';
import type { EngineApi } from '../../../src/workers/protocol/engine';
import type { JobEvent, SweepJob } from '../../../src/workers/protocol/sweep';
import {
  blobs,
  convolution,
  graphFiles,
  matMul,
  normals,
  pooling,
  randomise,
  type SavedFile,
  savedFiles,
  squeeze,
} from '../../support/own-models';

const x = normals(3, 144).map((value) => 0.5 + 0.25 * value);
let seed = 0;
const dense = () =>
  savedFiles(
    randomise(
      sequential({ layers: [layers.flatten({ inputShape: [8, 6, 3] }), layers.dense({ units: 3 })] }),
      ++seed,
    ),
  );

/** Without a gradient at its DepthToSpace. */
const shuffled = () =>
  graphFiles({
    shape: [-1, 8, 6, 3],
    weights: [
      { name: 'kernel', shape: [3, 3, 3, 16], values: normals(1, 432, 0.3) },
      { name: 'dense', shape: [4, 5], values: normals(2, 20) },
    ],
    layers: [
      convolution('wide', 'x', 'kernel'),
      {
        name: 'shuffled',
        op: 'DepthToSpace',
        input: ['wide'],
        attr: { block_size: { i: '2' }, data_format: { s: Buffer.from('NHWC').toString('base64') } },
      },
      pooling('pool', 'shuffled', 16, 12),
      squeeze('flat', 'pool'),
      matMul('logits', 'flat', 'dense'),
    ],
    output: 'logits',
    outputShape: [-1, 5],
  });

let engine: EngineApi;
async function start(storage?: OwnModelStorage): Promise<void> {
  engine = createEngine({ readerOf: folderReader, storage });
  await engine.start({ backend: 'cpu', threads: null });
}
beforeAll(() => start());
beforeEach(() => start());
afterEach(() => {
  vi.restoreAllMocks();
});

async function add(files: readonly SavedFile[]) {
  const report = await engine.inspectOwnModel(blobs(files));
  return { report, ...(await engine.addOwnModel(report.id, report.guessed)) };
}

async function sweep(job: Partial<SweepJob> & { modelId: string }): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  const rest = { id: 1, x, target: null, sigmas: [0.2], estimators: ['mc'], seed: 1 };
  await engine.run({ ...rest, stop: { rule: 'fixed', samples: 256 }, ...job }, (event) => events.push(event));
  return events;
}

describe('the engine with a person’s models', () => {
  it('sweeps one, lists it, describes it anew and removes it', async () => {
    const { report, model, notKept } = await add(await dense());
    expect([model.card.id, notKept]).toEqual([report.id, null]);
    expect((await engine.ownModels()).map(({ id }) => id)).toEqual([report.id]);
    const swept = await sweep({ modelId: report.id, estimators: ['mc', 'taylor'] });
    expect(swept.at(-1)).toMatchObject({ type: 'done', cancelled: false });

    const labels = ['a', 'b', 'c'];
    const bytes = { ...report.guessed, labels, range: [0, 255] as [number, number] };
    const again = await engine.describeOwnModel(report.id, bytes);
    expect(again.card).toMatchObject({ labels, input: { normalisation: { range: [0, 255] } } });
    expect(await engine.loadModel(report.id)).toEqual(again);
    await expect(engine.describeOwnModel(report.id, { ...bytes, labels: ['a'] })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(/3 classes and 1 labels/),
    });
    expect((await engine.ownModels())[0]?.described.labels).toEqual(labels);

    await engine.removeOwnModel(report.id);
    expect(await engine.ownModels()).toEqual([]);
    await expect(engine.loadModel(report.id)).rejects.toMatchObject({
      code: 'model_not_found',
      message: expect.stringMatching(/not kept in this browser; drop its files/),
    });
  });

  it('runs what needs no gradients on a model without, and says what it left out', async () => {
    const { report, model } = await add(await shuffled());
    expect(model.noGradients).toMatch(/DepthToSpace/);
    const events = await sweep({
      modelId: report.id,
      estimators: ['taylor', 'softmax', 'gaussian_margin', 'mc', 'importance'],
    });
    const partial = events.flatMap((event) => (event.type === 'partial' ? [event] : []));
    expect(partial.flatMap(({ finished = [] }) => finished)).toEqual(['softmax', 'gaussian_margin', 'mc']);
    expect(partial.flatMap(({ failed }) => failed ?? [])).toMatchObject([
      { estimatorId: 'taylor', error: { code: 'gradients_unavailable' } },
      { estimatorId: 'importance', error: { code: 'gradients_unavailable' } },
    ]);
    const common = { id: 2, modelId: report.id, x, seed: 1 };
    await expect(engine.nearestAdversarial({ ...common, target: 0 })).rejects.toMatchObject({
      code: 'gradients_unavailable',
    });
    await expect(
      engine.classProbabilities({ ...common, estimatorId: 'taylor', sigma: 0.2 }),
    ).rejects.toMatchObject({ code: 'gradients_unavailable' });
    expect(await engine.certify({ ...common, target: 0, sigma: 0.2 })).not.toBeNull();
  });

  it('lets a sweep end on a model that is removed meanwhile, then lets go of it', async () => {
    const files = await dense();
    const before = tf.memory().numTensors;
    const forget = vi.spyOn(Linearisations.prototype, 'forget');
    const { report } = await add(files);
    const running = sweep({ modelId: report.id, stop: { rule: 'fixed', samples: 4096 } });
    await engine.removeOwnModel(report.id);
    expect(forget).not.toHaveBeenCalled();
    expect((await running).at(-1)).toMatchObject({ type: 'done' });
    expect(tf.memory().numTensors).toBe(before);
    expect(forget).toHaveBeenCalledTimes(1);
  });

  it('holds one at a time', async () => {
    const [one, other] = [await dense(), await dense()];
    const first = await add(one);
    const held = tf.memory().numTensors;
    await add(other);
    expect(tf.memory().numTensors).toBe(held);
    expect(await engine.loadModel(first.report.id)).toEqual(first.model);
  });

  it('keeps a model for the session where storage refuses it', async () => {
    const refusal = () => Promise.reject(new Error('quota'));
    await start({ ...memoryStorage(), put: refusal, list: refusal });
    const { report, notKept } = await add(await dense());
    expect(notKept).toMatch(/did not keep it \(quota\): it is here until the page is closed/);
    expect((await engine.ownModels()).map(({ id }) => id)).toEqual([report.id]);
    await add(await dense());
    expect((await engine.loadModel(report.id)).card.id).toBe(report.id);
  });

  it('does not add what was not looked at, or was let go', async () => {
    const report = await engine.inspectOwnModel(blobs(await dense()));
    await expect(engine.addOwnModel(`sha256:${'0'.repeat(64)}`, report.guessed)).rejects.toMatchObject({
      message: expect.stringMatching(/drop them again/),
    });
    await engine.forgetOwnModel();
    await expect(engine.addOwnModel(report.id, report.guessed)).rejects.toMatchObject({
      code: 'bad_request',
    });
    expect(await engine.ownModels()).toEqual([]);
  });
});
