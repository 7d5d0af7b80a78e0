import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import {
  DataError,
  type DataPurpose,
  type Dataset,
  type LabelledImages,
  type NamedBytes,
  preparedPictures,
  readDropped,
  type Split,
} from '../data';
import { decodeGiven } from './decode-given';
import { readDatasetBelow } from './read-dataset';

/** Images and what their set is called. */
export interface GivenData {
  readonly name: string;
  readonly images: LabelledImages;
}

const isHidden = (path: string): boolean => /(^|\/)\./.test(path);

async function filesOf(path: string): Promise<NamedBytes[]> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) throw new DataError('missing', `There is no ${path}; check the path.`);
  if (info.isFile()) return [{ name: basename(path), bytes: await readFile(path) }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const shown = paths.map((file) => relative(path, file)).filter((file) => !isHidden(file));
  if (shown.length === 0) throw new DataError('missing', `${path} is empty.`);
  return Promise.all(shown.map(async (name) => ({ name, bytes: await readFile(join(path, name)) })));
}

/**
 * What `path` holds: in a folder, the official files of the model's data set if they are there; else, and in a single
 * file, whatever the page takes: IDX pairs, CIFAR-10 batches, .npy, .npz, PNG files in folders, zips of them.
 * @param dataset of the model; undefined where there is no reader for it
 * @throws DataError or ImageError with a sentence
 */
export async function readGivenData(
  path: string,
  purpose: DataPurpose,
  dataset: Dataset | undefined,
  split: Split,
): Promise<GivenData> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  let missing: DataError | undefined;
  if (dataset !== undefined && isFolder) {
    try {
      return { name: `${dataset.name} ${split}`, images: await readDatasetBelow(dataset, split, path) };
    } catch (error) {
      if (!(error instanceof DataError && error.code === 'missing')) throw error;
      missing = error;
    }
  }
  const files = await filesOf(path);
  try {
    const found = readDropped(files);
    const images =
      found.kind === 'images' ? found.images : await preparedPictures(found.pictures, purpose, decodeGiven);
    return { name: basename(path), images };
  } catch (error) {
    // A folder with nothing of the kind is more likely to lack an official file.
    if (missing !== undefined && error instanceof DataError && error.code === 'wrong_format') throw missing;
    throw error;
  }
}
