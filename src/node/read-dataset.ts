import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DataError,
  type Dataset,
  gunzipped,
  type LabelledImages,
  type NamedBytes,
  type Split,
} from '../data';

/** Below a folder of the user's, where archives unpack to. */
const SUBFOLDERS = ['', 'cifar-10-batches-bin', 'MNIST/raw'];

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The first file that is there under one of the names, out of its gzip; undefined if there is none. */
async function readFirst(folder: string, names: readonly string[]): Promise<NamedBytes | undefined> {
  for (const subfolder of SUBFOLDERS) {
    for (const name of names) {
      const bytes = await readIfThere(join(folder, subfolder, name));
      if (bytes !== undefined) return gunzipped({ name, bytes });
    }
  }
  return undefined;
}

/**
 * Reads a split of a data set from the official files in a folder, gzipped or not.
 * @throws DataError `missing` if a file is not there under any of its names, and what the parser throws.
 */
export async function readDataset(dataset: Dataset, split: Split, folder: string): Promise<LabelledImages> {
  const files: NamedBytes[] = [];
  for (const { names } of dataset.files[split]) {
    const file = await readFirst(folder, names);
    if (file === undefined) {
      throw new DataError('missing', `${folder} holds no ${names[0]}, which is a part of ${dataset.name}.`);
    }
    files.push(file);
  }
  return dataset.parse(files);
}

/**
 * The same from the folder within it that is called as the data set (`mnist`, `cifar10`), or from the folder itself.
 * @throws DataError as above
 */
export async function readDatasetBelow(
  dataset: Dataset,
  split: Split,
  folder: string,
): Promise<LabelledImages> {
  try {
    return await readDataset(dataset, split, join(folder, dataset.id));
  } catch (error) {
    if (!(error instanceof DataError && error.code === 'missing')) throw error;
    return readDataset(dataset, split, folder);
  }
}
