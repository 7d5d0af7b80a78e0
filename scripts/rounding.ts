/**
 * npm run rounding -- <model id> --data DIR [--images 100] [--models FOLDER] [--write]
 * Largest difference between the margins of a model in float32, on one thread of wasm, and in float64 with the same
 * weights, over the first test images of its data set and a noisy copy of each at the card's largest sigma. The search
 * for the nearest adversary accepts no margin within ten times of it. The last line on stdout is the difference.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDataset, toInputs } from '../src/data';
import { NormalSource } from '../src/estimators/noise/gaussian';
import { folderReader, modelsFolder } from '../src/node/engine';
import { readDataset } from '../src/node/read-dataset';
import { float64Logits, marginDifference } from '../src/workers/engine/reference';
import { loadModelFolder } from '../src/workers/models/load';
import { startBackend } from '../src/workers/tfjs/backend';
import { TfjsClassifier } from '../src/workers/tfjs/classifier';

const SEED = 1;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      images: { type: 'string', default: '100' },
      models: { type: 'string', default: modelsFolder },
      write: { type: 'boolean', default: false },
    },
  });
  const [id] = positionals;
  if (id === undefined || values.data === undefined) {
    throw new Error(
      'usage: npm run rounding -- <model id> --data DIR [--images 100] [--models FOLDER] [--write]',
    );
  }
  console.error((await startBackend('wasm', 1)).reason);
  const { card, model } = await loadModelFolder(id, folderReader(id, values.models));
  const dataset = findDataset(card.dataset.name);
  if (dataset === undefined) throw new Error(`The data set ${card.dataset.name} cannot be read.`);
  const images = await readDataset(dataset, 'test', values.data);
  const classifier = new TfjsClassifier(model, card.input.shape, card.labels.length);
  const exact = await float64Logits(classifier);
  if (exact === null) throw new Error(`${id} has a layer without a float64 rule.`);
  const count = Math.min(Number(values.images), images.count);
  const source = new NormalSource(SEED, 0);
  const noise = new Float64Array(classifier.inputLength);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const clean = toInputs(images, i);
    source.fill(i, noise);
    const noisy = clean.map((value, j) => value + card.sigma.max * (noise[j] as number));
    for (const input of [clean, noisy]) {
      const difference = await marginDifference(classifier, exact, input);
      if (difference === null) throw new Error(`Float64 gives other logits than float32 for image ${i}.`);
      largest = Math.max(largest, difference);
    }
  }
  const stated = Number(largest.toPrecision(3));
  if (values.write) {
    const path = join(values.models, id, 'card.json');
    const json = JSON.parse(await readFile(path, 'utf8'));
    json.rounding = {
      largestMarginDifference: stated,
      images: 2 * count,
      data: `the first ${count} ${card.dataset.name} test images, and a noisy copy of each at sigma ${card.sigma.max}`,
      command: `npm run rounding -- ${id} --data DIR --write`,
    };
    await writeFile(path, `${JSON.stringify(json, null, 1)}\n`);
  }
  console.log(String(stated));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
