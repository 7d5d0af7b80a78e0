/**
 * npm run eval -- <model id> --data DIR [--models FOLDER] [--backend wasm|cpu] [--write]
 * Accuracy of an exported model on the test files of its card's data set, MNIST or CIFAR-10, measured in tfjs: the last
 * line on stdout is the percentage.
 * --write puts it on the model's card; --models names another folder of model folders than that of the bundled ones.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { DATASETS, findDataset, toInputs } from '../src/data';
import { argmax } from '../src/estimators/model';
import { folderReader, modelsFolder } from '../src/node/engine';
import { readDataset } from '../src/node/read-dataset';
import { loadModelFolder } from '../src/workers/models/load';
import { startBackend } from '../src/workers/tfjs/backend';

const BATCH = 250;
const USAGE = 'usage: npm run eval -- <model id> --data DIR [--models FOLDER] [--backend wasm|cpu] [--write]';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      models: { type: 'string', default: modelsFolder },
      backend: { type: 'string', default: 'wasm' },
      write: { type: 'boolean', default: false },
    },
  });
  const [id] = positionals;
  const { backend } = values;
  if (id === undefined || values.data === undefined || (backend !== 'wasm' && backend !== 'cpu')) {
    throw new Error(USAGE);
  }
  console.error((await startBackend(backend)).reason);
  const { card, model } = await loadModelFolder(id, folderReader(id, values.models));
  const dataset = findDataset(card.dataset.name);
  if (dataset === undefined) {
    const known = DATASETS.map(({ name }) => name).join(' and ');
    throw new Error(`${id} is a model for ${card.dataset.name}; only ${known} can be read.`);
  }
  const images = await readDataset(dataset, 'test', values.data);
  const { labels } = images;
  if (images.shape.join() !== card.input.shape.join()) {
    throw new Error(
      `The images are [${images.shape.join(', ')}] and ${id} takes [${card.input.shape.join(', ')}].`,
    );
  }
  let correct = 0;
  for (let first = 0; first < labels.length; first += BATCH) {
    const count = Math.min(BATCH, labels.length - first);
    const inputs = toInputs(images, first, count);
    const output = tf.tidy(() => model.apply(tf.tensor(inputs, [count, ...card.input.shape])) as tf.Tensor2D);
    const logits = await output.data();
    output.dispose();
    const K = card.labels.length;
    for (let i = 0; i < count; i++) {
      const called = argmax(logits.subarray(i * K, (i + 1) * K));
      if (called === labels[first + i]) correct++;
    }
  }
  const percent = Number(((100 * correct) / labels.length).toFixed(2));
  console.error(`${id}: ${correct} of ${labels.length} right`);
  if (values.write) {
    const path = join(values.models, id, 'card.json');
    const json = JSON.parse(await readFile(path, 'utf8'));
    json.accuracy.percent = percent;
    json.accuracy.images = labels.length;
    await writeFile(path, `${JSON.stringify(json, null, 1)}\n`);
  }
  console.log(percent.toFixed(2));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
