/**
 * npm run findings -- --data DIR [--write] [--images N] [--only PATTERN] [--processes 2]
 * What the paper says of average-case robustness, checked on the bundled models and the official test files below
 * DIR (in mnist/ and cifar10/, or in DIR itself). What was measured stays in bench/findings/.cache, so that an
 * interrupted run goes on; there too are galleries of the images, which are not ours to publish. --write puts
 * docs/findings.md and its pictures in their places; --images and --only are for a quicker look, and write nothing.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBackend } from '../../src/workers/tfjs/backend';
import { forkShards } from '../support/shards';
import { readTestImages, type TestImages } from './images';
import { measure, openMeasurements } from './measure';
import { readSubjects, sizesFor } from './plan';
import { publish } from './publish';
import type { Part } from './results';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    write: { type: 'boolean', default: false },
    images: { type: 'string' },
    only: { type: 'string' },
    processes: { type: 'string', default: '2' },
    shard: { type: 'string' },
  },
});

const USAGE =
  'usage: npm run findings -- --data DIR [--write] [--images N] [--only PATTERN] [--processes 2], where DIR holds mnist/ or cifar10/ with the official test files';

/** What can be measured, and the models for whose data sets there are no files. */
async function readParts(folder: string): Promise<{ parts: Part[]; leftOut: string[] }> {
  const only = values.only === undefined ? undefined : new RegExp(values.only);
  const images = values.images === undefined ? undefined : Number(values.images);
  if (images !== undefined && !(Number.isInteger(images) && images > 0)) {
    throw new Error(`--images is a whole number above 0, not ${values.images}`);
  }
  const byDataset = new Map<string, TestImages | undefined>();
  const parts: Part[] = [];
  const leftOut: string[] = [];
  for (const subject of await readSubjects(only)) {
    const { dataset } = subject;
    const sizes = sizesFor(dataset, images);
    if (!byDataset.has(dataset.id)) {
      byDataset.set(dataset.id, await readTestImages(dataset, folder, sizes.surveyImages));
    }
    const found = byDataset.get(dataset.id);
    if (found !== undefined) parts.push({ subject, images: found, sizes });
    else {
      leftOut.push(subject.card.id);
      console.error(`${subject.card.id} is left out: ${folder} holds no test files of ${dataset.name}.`);
    }
  }
  if (parts.length === 0) throw new Error(`There is nothing to measure. ${USAGE}`);
  return { parts, leftOut };
}

async function main(): Promise<void> {
  if (values.data === undefined) throw new Error(USAGE);
  if (values.write && (values.images !== undefined || values.only !== undefined)) {
    throw new Error('--write is for the whole run: leave out --images and --only.');
  }
  const { parts, leftOut } = await readParts(values.data);
  if (values.shard !== undefined) {
    await startBackend('wasm', 1);
    const share = { shard: Number(values.shard), shards: Number(values.processes) };
    for (const { subject, images, sizes } of parts) {
      await measure(subject, images, sizes, share, (line) => console.error(line));
    }
    process.exit(0);
  }
  const processes = Number(values.processes);
  await forkShards(fileURLToPath(import.meta.url), processes);
  const given = process.argv.slice(2).map((each) => (each === values.data ? 'DIR' : each));
  const command = `npm run findings -- ${given.join(' ')}`;
  console.log(publish({ parts, leftOut, command }, openMeasurements(processes), values.write));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
