/**
 * npm run data -- [mnist] [cifar10] [--from DIR] [--train] [--out FOLDER]
 * Unpacks the test images of MNIST and CIFAR-10 into data/, which the page then offers to browse: from the official
 * files in a folder, or from their official hosts. --train unpacks the training images as well.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parseTar } from 'nanotar';
import { DATASETS, DataError, type Dataset, findDataset, type LabelledImages, type Split } from '../src/data';
import { projectFolder } from '../src/node/project';
import { readDataset } from '../src/node/read-dataset';
import { download } from './data/download';
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

/** The files of a split from their hosts, kept in `folder`. */
async function fetchDataset(dataset: Dataset, split: Split, folder: string): Promise<LabelledImages> {
  const paths: string[] = [];
  for (const source of SOURCES[dataset.id]?.[split] ?? []) {
    paths.push(await download(source, folder, createProgress()));
  }
  const archive = paths.find((path) => path.endsWith('.tar.gz'));
  return archive === undefined ? readDataset(dataset, split, folder) : readArchive(dataset, split, archive);
}

/** The files of a split out of an archive. */
async function readArchive(dataset: Dataset, split: Split, path: string): Promise<LabelledImages> {
  const entries = parseTar(gunzipSync(await readFile(path)));
  const files = dataset.files[split].map(({ names }) => {
    const entry = entries.find(({ name }) => names.some((each) => name.endsWith(`/${each}`)));
    if (entry?.data === undefined) throw new DataError('missing', `${path} holds no ${names[0]}.`);
    return { name: entry.name, bytes: entry.data };
  });
  return dataset.parse(files);
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
            ? await fetchDataset(dataset, split, join(out, 'downloads'))
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
