/**
 * npm run bench:adversary -- [--data DIR] [--images 10] [--models a,b] [--seed 1]
 * The page's search for the nearest adversary beside a longer one (27 starts of 200 steps each), image by image: both
 * distances, their ratio, and the passes of either, a gradient counting two. On the drawn digits and pictures, or on the
 * first test images of MNIST and CIFAR-10 in folders `mnist` and `cifar10` of --data.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDataset, toInputs } from '../../src/data';
import { nearestAdversarial } from '../../src/estimators/adversarial';
import { readBundledIds, readCard } from '../../src/node/bundled-models';
import { readDataset } from '../../src/node/read-dataset';
import { startBackend } from '../../src/workers/tfjs/backend';
import { contextFor } from '../../tests/support/run';
import { drawnDigits } from '../accuracy/digits';
import { loadClassifier } from '../support/classifier';
import { referenceDistance } from './reference-search';

interface Image {
  readonly name: string;
  readonly x: Float32Array;
}

/** What is said to be within reach of the longer search. */
const GOAL = 1.02;

async function imagesFor(dataset: string, count: number, folder: string | undefined): Promise<Image[]> {
  const known = findDataset(dataset);
  if (folder === undefined) return known?.id === 'mnist' ? drawnDigits(count) : [];
  if (known === undefined) return [];
  const images = await readDataset(known, 'test', join(folder, known.id));
  return Array.from({ length: Math.min(count, images.count) }, (_, i) => ({
    name: `${known.id}-${i}`,
    x: toInputs(images, i),
  }));
}

async function measure(id: string, images: readonly Image[], seed: number): Promise<void> {
  const classifier = await loadClassifier(id);
  console.log(`${id}\n  image            page      longer    ratio   passes  longer's  float64 margin`);
  const ratios: number[] = [];
  const costs: number[] = [];
  for (const { name, x } of images) {
    const context = await contextFor(classifier, x, [1], { seed });
    const search = nearestAdversarial(context);
    let step = await search.next();
    while (!step.done) step = await search.next();
    const found = step.value;
    const longer = await referenceDistance(classifier, x, context.target, seed);
    if (found === null) {
      console.log(`  ${name.padEnd(16)} found nothing; longer: ${longer.distance.toFixed(4)}`);
      ratios.push(Number.POSITIVE_INFINITY);
      continue;
    }
    const passes = found.evaluations + 2 * found.gradients;
    ratios.push(found.distance / longer.distance);
    costs.push(passes);
    console.log(
      `  ${name.padEnd(16)} ${found.distance.toFixed(4)}    ${longer.distance.toFixed(4)}    ` +
        `${(found.distance / longer.distance).toFixed(4)}  ${String(passes).padStart(6)}  ` +
        `${String(longer.passes).padStart(8)}  ${found.margin.toExponential(1)} (${found.arithmetic})`,
    );
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const missed = ratios.filter((ratio) => ratio > GOAL).length;
  console.log(
    `  worst ratio ${Math.max(...ratios).toFixed(4)}, mean ${mean(ratios).toFixed(4)}, ` +
      `over ${GOAL}: ${missed} of ${ratios.length}; ${mean(costs).toFixed(0)} passes an image`,
  );
  classifier.dispose();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      images: { type: 'string', default: '10' },
      models: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  await startBackend('wasm', 1);
  for (const id of values.models?.split(',') ?? (await readBundledIds())) {
    const { dataset } = await readCard(id);
    const images = await imagesFor(dataset.name, Number(values.images), values.data);
    if (images.length > 0) await measure(id, images, Number(values.seed));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
