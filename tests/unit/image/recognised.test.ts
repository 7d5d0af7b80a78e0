import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { chosenPictures, drawScene, findScene } from '../../../scripts/samples/pictures';
import { argmax } from '../../../src/estimators/model';
import { prepareImage } from '../../../src/image';
import { folderReader, modelsFolder } from '../../../src/node/engine';
import { type ModelIndex, modelIndexSchema } from '../../../src/workers/models/card';
import { loadModelFolder } from '../../../src/workers/models/load';
import { startBackend } from '../../../src/workers/tfjs/backend';

const index: ModelIndex = v.parse(
  modelIndexSchema,
  JSON.parse(readFileSync(`${modelsFolder}/index.json`, 'utf8')),
);
const ids = index.models.filter(({ dataset }) => dataset === 'CIFAR-10').map(({ id }) => id);

/** Part of the sample pictures that a bundled model has to call by their name. */
const RECOGNISED = 0.9;

describe.skipIf(ids.length === 0)('the sample pictures are recognised', () => {
  const pictures = chosenPictures();
  let drawn: ReturnType<typeof drawScene>[];
  beforeAll(() => {
    drawn = pictures.map(({ scene, seed }) => drawScene(findScene(scene), seed));
  });

  it.each(ids)('by %s', async (id) => {
    await startBackend('wasm');
    const { card, model } = await loadModelFolder(id, folderReader(id));
    const inputs = drawn.map((picture) => prepareImage(picture, card.input).data);
    const batch = new Float32Array(inputs.flatMap((x) => [...x]));
    const output = model.apply(tf.tensor(batch, [inputs.length, ...card.input.shape])) as tf.Tensor2D;
    const logits = await output.data();
    const K = card.labels.length;
    const right = pictures.filter(
      ({ label }, i) => card.labels[argmax(logits.subarray(i * K, (i + 1) * K))] === label,
    );
    expect(right.length / pictures.length).toBeGreaterThanOrEqual(RECOGNISED);
  });
});
