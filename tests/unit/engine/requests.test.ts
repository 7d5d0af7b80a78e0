import { beforeAll, describe, expect, it } from 'vitest';
import { classProbabilities } from '../../../src/estimators/classes';
import { argmax } from '../../../src/estimators/model';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { readCard } from '../../../src/node/bundled-models';
import { folderReader } from '../../../src/node/engine';
import { drive } from '../../../src/workers/engine/drive';
import { createEngine } from '../../../src/workers/engine/engine';
import { PauseGate } from '../../../src/workers/engine/pause';

const engine = createEngine({ readerOf: folderReader });
const modelId = 'mnist-linear';
/** Soft grey blobs, as good as any picture to a linear model. */
const x = new Float32Array(784);
new NormalSource(2, 0).fill(0, x);
for (const [j, value] of x.entries()) x[j] = Math.min(1, Math.max(0, 0.3 + 0.2 * value));

const logitsAt = (point: Float32Array) => engine.evaluate({ modelId, pass: 'forward', inputs: point });

beforeAll(async () => {
  await engine.start({ backend: 'cpu', threads: null });
  await engine.loadModel(modelId);
});

describe('requests beside a sweep', () => {
  it('class probabilities are those of the linearisation', async () => {
    const request = { id: 1, modelId, x, estimatorId: 'taylor', sigma: 0.5, seed: 1 };
    const found = await engine.classProbabilities(request);
    const sum = found?.classes.reduce((total, { p }) => total + p, 0);
    const error = Math.hypot(...(found?.classes ?? []).map(({ numericalError }) => numericalError));
    expect(Math.abs((sum ?? 0) - 1)).toBeLessThan(6 * error + (found?.others.atMost ?? 0));
    expect(found).toMatchObject({ sigma: 0.5, evaluations: 1, gradients: 10 });
  });

  it('the landscape has the margin at the picture in its middle and streams its progress; cancelled it is null', async () => {
    const target = argmax(await logitsAt(x));
    const shares: number[] = [];
    const request = { id: 7, modelId, x, target, seed: 1, sigma: 0.5 };
    const answer = await engine.marginLandscape(request, (share) => shares.push(share));
    const found = answer?.found;
    const n = found?.offsets.length as number;
    const logits = await logitsAt(x);
    const others = [...logits].filter((_, i) => i !== target);
    const margin = (logits[target] as number) - Math.max(...others);
    expect(found?.margins[(n * n - 1) / 2]).toBeCloseTo(margin, 4);
    expect(found?.called[(n * n - 1) / 2]).toBe(target);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares.at(-1)).toBe(1);
    expect(await engine.marginLandscape({ ...request, id: 8 }, () => engine.cancel(8))).toBeNull();
  });

  it('the adversarial point crosses as float32 input and changes the class there', async () => {
    const target = argmax(await logitsAt(x));
    const shares: number[] = [];
    const request = { id: 2, modelId, x, target, seed: 1 };
    const answer = await engine.nearestAdversarial(request, (share) => shares.push(share));
    const found = answer?.found;
    expect(found?.point).toBeInstanceOf(Float32Array);
    expect(argmax(await logitsAt(found?.point as Float32Array))).toBe(found?.called);
    expect(found?.called).not.toBe(target);
    expect(shares.length).toBeGreaterThan(1);

    // On a linear model the linear step is exact: the least z sigma over the classes.
    const gradients = await engine.evaluate({
      modelId,
      pass: 'input_gradient',
      inputs: Float32Array.from({ length: 7840 }, (_, i) => x[i % 784] as number),
    });
    const logits = await logitsAt(x);
    const distances = Array.from(logits, (logit, i) => {
      if (i === target) return Number.POSITIVE_INFINITY;
      let squares = 0;
      for (let j = 0; j < 784; j++) {
        squares += ((gradients[target * 784 + j] as number) - (gradients[i * 784 + j] as number)) ** 2;
      }
      return ((logits[target] as number) - logit) / Math.sqrt(squares);
    });
    // Beyond the boundary by ten times the rounding on the card: in proportion to the margin at x, as all is linear.
    const nearest = distances.indexOf(Math.min(...distances));
    const beyond =
      (10 * ((await readCard(modelId)).rounding?.largestMarginDifference as number)) /
      ((logits[target] as number) - (logits[nearest] as number));
    const excess = (found?.distance as number) / Math.min(...distances) - 1;
    expect(excess).toBeGreaterThan(beyond - 1e-5);
    expect(excess).toBeLessThan(1.1 * beyond + 1e-5);
    expect(found?.arithmetic).toBe('float64');
  });

  it('a certificate has its level and its copies', async () => {
    const target = argmax(await logitsAt(x));
    const found = await engine.certify({ id: 3, modelId, x, target, seed: 1, sigma: 0.02 });
    expect(found).toMatchObject({ sigma: 0.02, samples: 1024, level: 0.999 });
  });

  it('are cancelled by their number, and then answer null', async () => {
    const target = argmax(await logitsAt(x));
    const asked = [
      engine.classProbabilities({ id: 11, modelId, x, estimatorId: 'mmse', sigma: 0.5, seed: 1 }),
      engine.nearestAdversarial({ id: 12, modelId, x, target, seed: 1 }),
      engine.certify({ id: 13, modelId, x, target, seed: 1, sigma: 0.3 }),
    ];
    for (const id of [11, 12, 13]) engine.cancel(id);
    expect(await Promise.all(asked)).toEqual([null, null, null]);
  });

  it.each([
    ['an estimator without them', { estimatorId: 'softmax' }, /“softmax” has no probabilities/],
    ['a radius of 0', { sigma: 0 }, /positive, finite number, not 0/],
    ['an image of another shape', { x: new Float32Array(3) }, /3 values and the model takes 784/],
  ])('%s is refused in a sentence', async (_what, wrong, sentence) => {
    const request = { id: 21, modelId, x, estimatorId: 'taylor', sigma: 0.5, seed: 1, ...wrong };
    await expect(engine.classProbabilities(request)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(sentence),
    });
  });

  it('a class that does not exist is refused too', async () => {
    const request = { id: 22, modelId, x, target: 10, seed: 1, sigma: 0.1 };
    const refusal = { code: 'bad_request', message: expect.stringMatching(/no class 10/) };
    await expect(engine.nearestAdversarial(request)).rejects.toMatchObject(refusal);
    await expect(engine.certify(request)).rejects.toMatchObject(refusal);
  });
});

describe('driving steps', () => {
  it('stops between two steps, at the one after which it was told', async () => {
    const controller = new AbortController();
    const geometry = {
      logits: Float64Array.of(1, 0.5, 0.2, 0),
      gram: Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0)),
    };
    let steps = 0;
    async function* run() {
      return yield* classProbabilities(geometry, 1);
    }
    const pace = new PauseGate().pace(controller.signal);
    const found = await drive(run(), {
      signal: controller.signal,
      pace,
      onStep: () => {
        if (++steps === 2) controller.abort();
      },
    });
    expect(found).toBeNull();
    expect(steps).toBe(2);
  });
});
