/**
 * npm run data -- [mnist] [cifar10] [--from DIR] [--train] [--out FOLDER]
 * Unpacks the test images of MNIST and CIFAR-10 into data/, which the page then offers to browse: from the official
 * files in a folder, or from their official hosts. --train unpacks the training images as well.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DATASETS, DataError, findDataset, type Split } from '../src/data';
import { projectFolder } from '../src/node/project';
import { readDataset } from '../src/node/read-dataset';
import { fetchDataset } from './data/fetch-dataset';
import { pack } from './data/pack';
import { SOURCES } from './data/sources';

const USAGE = 'usage: npm run data -- [mnist] [cifar10] [--from DIR] [--train] [--out FOLDER]';
const PROGRESS_MS = 200;

/** A line on a terminal that replaces itself. */
function createProgress(): (name: string, received: number, total: number | null) => void {
  let last = 0;
  return (name, received, total) => {
    const isLast = received === total;
    if (!process.stderr.isTTY || (!isLast && Date.now() - last < PROGRESS_MS)) return;
    last = Date.now();
    const of = total === null ? '' : ` of ${(total / 1e6).toFixed(1)}`;
    process.stderr.write(`\r${name}: ${(received / 1e6).toFixed(1)}${of} MB${isLast ? '\n' : ''}`);
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      train: { type: 'boolean', default: false },
      out: { type: 'string', default: join(projectFolder, 'data') },
    },
  });
  const named = positionals.map((id) => {
    const dataset = findDataset(id);
    if (dataset === undefined) throw new Error(`There is no data set “${id}” here. ${USAGE}`);
    return dataset;
  });
  const wanted = named.length > 0 ? named : DATASETS;
  const splits: readonly Split[] = values.train ? ['test', 'train'] : ['test'];
  const { from, out } = values;
  const missing: string[] = [];
  for (const dataset of wanted) {
    for (const split of splits) {
      try {
        const images =
          from === undefined
            ? await fetchDataset(
                dataset,
                split,
                SOURCES[dataset.id]?.[split] ?? [],
                join(out, 'downloads'),
                createProgress(),
              )
            : await readDataset(dataset, split, from);
        const { count } = await pack(dataset, split, images, out);
        console.log(`${dataset.name}: ${count} ${split} images in ${out}`);
      } catch (error) {
        // A folder need not hold both data sets, unless both were asked for.
        const isOptional = from !== undefined && named.length === 0;
        if (!isOptional || !(error instanceof DataError) || error.code !== 'missing') throw error;
        missing.push(error.message);
      }
    }
  }
  if (missing.length === wanted.length * splits.length) throw new Error(missing.join('\n'));
  for (const message of missing) console.error(`Left out: ${message}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
