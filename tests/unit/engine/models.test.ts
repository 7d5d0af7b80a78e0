import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderReader, modelsFolder } from '../../../src/node/engine';
import { modelIndexSchema } from '../../../src/workers/models/card';
import { type FileReader, loadModelFolder } from '../../../src/workers/models/load';
import { startBackend } from '../../../src/workers/tfjs/backend';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const decode = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

/** The bundled linear model with some files changed; undefined removes one. */
function altered(changes: Record<string, (bytes: Uint8Array) => Uint8Array | undefined>): FileReader {
  const read = folderReader('mnist-linear');
  return async (path) => {
    const bytes = await read(path);
    return bytes && changes[path] ? changes[path](bytes) : bytes;
  };
}

beforeAll(async () => {
  await startBackend('cpu');
});

describe('the bundled models', () => {
  it.each([
    ['mnist-linear', 92],
    ['mnist-mlp', 98],
    ['mnist-cnn', 99],
    ['mnist-cnn-gradreg', 98],
    ['mnist-cnn-noise', 98],
    ['cifar10-resnet20', 90],
    ['cifar10-resnet20-gradreg', 80],
    ['cifar10-resnet20-noise', 75],
  ])('%s loads, is what its card says, and reached %s %', async (id, wanted) => {
    const { card, sha256, model } = await loadModelFolder(id, folderReader(id));
    expect(card.id).toBe(id);
    expect(sha256).toBe(card.sha256);
    expect(model.countParams()).toBe(card.parameters);
    expect(model.inputs[0]?.shape).toEqual([null, ...card.input.shape]);
    expect(card.accuracy.percent as number).toBeGreaterThanOrEqual(wanted);
    expect(card.sigma.min).toBeLessThan(card.sigma.max);
  });

  it.each(['mnist-cnn-gradreg', 'mnist-cnn-noise', 'cifar10-resnet20-gradreg', 'cifar10-resnet20-noise'])(
    '%s is more robust than the ordinary model, by its card',
    async (id) => {
      const { card } = await loadModelFolder(id, folderReader(id));
      const { comparison } = card;
      if (comparison === undefined) throw new Error('the card compares it with nothing');
      const ordinary = (await loadModelFolder(comparison.with, folderReader(comparison.with))).card;
      expect(comparison.ordinaryAccuracyPercent).toBe(ordinary.accuracy.percent);
      expect(comparison.difference.mean).toBeGreaterThanOrEqual(0.15);
      expect(comparison.difference.mean).toBeGreaterThan(3 * comparison.difference.stdErr);
      expect(comparison.countsAsRobust).toBe(true);
    },
  );

  it('stores weights so that no logit moves by 0.01, and no file is over 25 MB', async () => {
    const { models, default: first } = v.parse(
      modelIndexSchema,
      JSON.parse(await readFile(join(modelsFolder, 'index.json'), 'utf8')),
    );
    for (const { id } of models) {
      const { card } = await loadModelFolder(id, folderReader(id));
      expect(card.weights?.largestLogitChange).toBeLessThan(0.01);
      for (const { bytes } of card.files) expect(bytes).toBeLessThan(25e6);
      const download = card.files.reduce((sum, { bytes }) => sum + bytes, 0);
      if (id === first) expect(download).toBeLessThan(500e3);
    }
  });

  it('is listed, with a default that exists', async () => {
    const json = JSON.parse(await readFile(join(modelsFolder, 'index.json'), 'utf8'));
    const index = v.parse(modelIndexSchema, json);
    const ids = index.models.map(({ id }) => id);
    expect(ids).toContain(index.default);
    for (const id of ids) expect(await folderReader(id)('card.json')).toBeDefined();
  });
});

describe('a model folder that is wrong', () => {
  it.each([
    ['no card', altered({ 'card.json': () => undefined }), 'model_not_found', /no model “m”/],
    [
      'a card that is not JSON',
      altered({ 'card.json': () => encode('x').slice(1) }),
      'model_invalid',
      /not JSON/,
    ],
    [
      'a card without labels',
      altered({ 'card.json': (bytes) => encode({ ...decode(bytes), labels: [] }) }),
      'model_invalid',
      /labels/,
    ],
    [
      'another number of labels',
      altered({ 'card.json': (bytes) => encode({ ...decode(bytes), labels: ['a', 'b'] }) }),
      'model_invalid',
      /10 outputs and its card 2 labels/,
    ],
    ['a missing shard', altered({ 'weights.bin': () => undefined }), 'model_not_found', /weights\.bin/],
    [
      'a changed weight',
      altered({ 'weights.bin': (bytes) => bytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) }),
      'model_checksum',
      /not the one its card describes/,
    ],
  ])('%s: says what', async (_what, read, code, message) => {
    await expect(loadModelFolder('m', read)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
