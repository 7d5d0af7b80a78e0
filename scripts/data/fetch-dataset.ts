import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parseTar } from 'nanotar';
import { DataError, type Dataset, type LabelledImages, type Split } from '../../src/data';
import { readDataset } from '../../src/node/read-dataset';
import { download, type OnProgress } from './download';
import type { Source } from './sources';

/** A split of a data set from its hosts; what was fetched is kept in `folder`. Throws DataError. */
export async function fetchDataset(
  dataset: Dataset,
  split: Split,
  sources: readonly Source[],
  folder: string,
  onProgress?: OnProgress,
): Promise<LabelledImages> {
  const paths: string[] = [];
  for (const source of sources) paths.push(await download(source, folder, onProgress));
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
