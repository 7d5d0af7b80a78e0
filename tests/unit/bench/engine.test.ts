import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAgreement } from '../../../bench/engine/agreement';
import { type Row, toTable } from '../../../bench/engine/report';
import { RESNET20, writeResNet20 } from '../../../bench/engine/resnet20';
import { summarise, timeInRounds } from '../../../bench/engine/rounds';
import { decodeFloats, encodeFloats, JsonLinesProcess } from '../../../bench/support/json-lines';
import type { Side } from '../../../bench/support/side';
import { folderReader } from '../../../src/node/engine';
import { loadModelFolder } from '../../../src/workers/models/load';
import { startBackend } from '../../../src/workers/tfjs/backend';

/** A side whose passes are formulas: doubles its inputs unless told otherwise, in `ms` a repeat. */
function fakeSide(name: string, ms: number, log: string[] = [], f = (value: number) => 2 * value): Side {
  return {
    name,
    description: name,
    evaluate: async ({ inputs }) => inputs.map(f),
    measure: async ({ repeats }) => {
      log.push(name);
      return new Array<number>(repeats).fill(ms);
    },
  };
}

describe('the rounds', () => {
  it('take turns, forwards and backwards, and count images a second', async () => {
    const log: string[] = [];
    const sides = [fakeSide('a', 1000, log), fakeSide('b', 500, log)];
    const rates = await timeInRounds(sides, { modelId: 'm', pass: 'forward', batch: 8 }, 3);
    expect(log.join('')).toBe('aabb' + 'abbaab');
    expect(rates).toEqual([
      [8, 8, 8],
      [16, 16, 16],
    ]);
  });

  it('are summed up by median and quartiles, in whatever order they came', () => {
    expect(summarise([5, 1, 3, 2, 4])).toEqual({ median: 3, quartiles: [2, 4] });
  });
});

describe('the check of agreement', () => {
  const check = (...sides: Side[]) => checkAgreement(sides, 'm', 6, 'forward');

  it('gives the largest difference, and refuses one beyond 1e-3', async () => {
    const reference = fakeSide('reference', 1);
    expect(await check(fakeSide('same', 1), reference)).toBe(0);
    const near = await check(
      fakeSide('near', 1, [], (value) => 2.0001 * value),
      reference,
    );
    expect(near).toBeGreaterThan(4e-5);
    expect(near).toBeLessThan(6e-5);
    for (const f of [(value: number) => 2.01 * value, () => Number.NaN, () => 0]) {
      await expect(check(fakeSide('wrong', 1, [], f), reference)).rejects.toThrow(
        /wrong and reference differ/,
      );
    }
  });

  it('draws an input again where the sides part at a single point', async () => {
    const once = fakeSide('once', 1);
    let calls = 0;
    const parted: Side = {
      ...once,
      evaluate: async (request) => {
        const result = await once.evaluate(request);
        if (calls++ === 0) result[3] = 100;
        return result;
      },
    };
    expect(await check(parted, fakeSide('reference', 1))).toBe(0);
    expect(calls).toBe(2);
  });
});

describe('the table', () => {
  it('gives ratios against the faster of the peers first, then against each', () => {
    const rate = (median: number) => ({ median, quartiles: [median - 1, median + 1] as const });
    const row: Row = {
      modelId: 'm',
      pass: 'input_gradient',
      batch: 10,
      threads: 2,
      difference: 2e-6,
      engine: { Node: rate(100) },
      torch: { one: rate(50), other: rate(200) },
    };
    expect(toTable([row]).split('\n')).toEqual([
      '| model | pass | batch | threads | Node | one | other | Node / best PyTorch (each) | largest difference |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '| m | input gradient | 10 | 2 | 100 (99-101) | 50 (49-51) | 200 (199-201) | 0.5 (2, 0.5) | 2e-6 |',
    ]);
    expect(toTable([{ ...row, torch: {} }])).not.toContain('PyTorch');
  });
});

describe('a child process', () => {
  it('that cannot be started or ends answers with a sentence', async () => {
    const missing = new JsonLinesProcess('Peer', '/nowhere/python', []);
    await expect(missing.ask({ method: 'x' })).rejects.toThrow(/Peer could not be started/);
    const ended = new JsonLinesProcess('Peer', process.execPath, ['-e', 'process.exit(3)']);
    await expect(ended.ask({ method: 'x' })).rejects.toThrow(/Peer ended with status 3/);
    await expect(ended.ask({ method: 'x' })).rejects.toThrow(/Peer ended with status 3/);
  });

  it('is given floats exactly', () => {
    const values = new Float32Array([0.1, -0, Number.NaN, 3e38]).subarray(1);
    expect(decodeFloats(encodeFloats(values))).toEqual(values);
  });
});

describe('the untrained ResNet-20', () => {
  let folder: string;
  beforeAll(async () => {
    await startBackend('cpu');
    folder = await mkdtemp(join(tmpdir(), 'probust-test-'));
    await writeResNet20(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is a model folder that the engine takes, of the size that counting by hand gives', async () => {
    const { card, model } = await loadModelFolder(RESNET20, folderReader(RESNET20, folder));
    const conv = (size: number, from: number, to: number) => size * size * from * to;
    const kernels = [
      [32, conv(3, 3, 16) + 6 * conv(3, 16, 16)],
      [16, conv(3, 16, 32) + 5 * conv(3, 32, 32) + conv(1, 16, 32)],
      [8, conv(3, 32, 64) + 5 * conv(3, 64, 64) + conv(1, 32, 64)],
      [1, 64 * 10],
    ] as const;
    const biases = 7 * 16 + 7 * 32 + 7 * 64 + 10;
    expect(card.parameters).toBe(kernels.reduce((sum, [, count]) => sum + count, biases));
    expect(card.macs).toBe(kernels.reduce((sum, [size, count]) => sum + size * size * count, 0));
    expect(model.countParams()).toBe(card.parameters);
    expect(model.outputs[0]?.shape).toEqual([null, 10]);
  });
});
