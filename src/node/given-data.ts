import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import {
  DataError,
  type DataPurpose,
  type Dataset,
  type LabelledImages,
  type LeftOut,
  leftOutNote,
  type NamedBytes,
  namedPaths,
  preparedPictures,
  readDropped,
  type Split,
} from '../data';
import { PICTURE_FORMATS, pictureFormat } from '../image';
import { decodeGiven } from './decode-given';
import { isPng } from './decode-png';
import { readDatasetBelow } from './read-dataset';

/** Images and what their set is called. */
export interface GivenData {
  readonly name: string;
  readonly images: LabelledImages;
  /** Sentences on how the files were read: where the classes come from, what was left out. */
  readonly notes: readonly string[];
}

async function filesOf(path: string): Promise<NamedBytes[]> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) throw new DataError('missing', `There is no ${path}; check the path.`);
  if (info.isFile()) return [{ name: basename(path), bytes: await read(path) }];
  const paths = await pathsBelow(path);
  if (paths.length === 0) throw new DataError('missing', `${path} is empty.`);
  return Promise.all(
    paths.map(async (file) => ({
      name: relative(path, file).split(sep).join('/'),
      bytes: await read(file),
    })),
  );
}

/** Nothing of a link that leads nowhere, so that it is named among what cannot be used. */
async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return new Uint8Array();
    throw new DataError('missing', `${path} cannot be read (${code}); check who may read it.`, { cause });
  }
}

/** All files in a folder and those in it, behind links as well; a folder that several links lead to counts once. */
async function pathsBelow(folder: string, seen = new Set<string>()): Promise<string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const isFolder = entry.isSymbolicLink()
      ? (await stat(path).catch(() => undefined))?.isDirectory() === true
      : entry.isDirectory();
    if (isFolder) found.push(...(await pathsBelow(path, seen)));
    else if (entry.isFile() || entry.isSymbolicLink()) found.push(path);
  }
  return found;
}

/** No other decoder gives a browser's pixels, and without its other pictures a set would be another one. */
function assertPng(pictures: readonly NamedBytes[], leftOut: readonly LeftOut[]): void {
  const others = pictures.filter(({ bytes }) => !isPng(bytes)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (others.length === 0) return;
  const missing = leftOutNote(leftOut);
  const formats = new Set(others.map(({ bytes }) => pictureFormat(bytes)));
  const names = [...formats].map((format) => (format === null ? 'others' : PICTURE_FORMATS[format].name));
  throw new DataError(
    'wrong_format',
    `${others.length} of ${pictures.length} pictures are ${names.join(' or ')} (${namedPaths(others.map(({ name }) => name))}); on the command line pictures are PNG files: convert them, or use the page.${missing === null ? '' : ` ${missing}`}`,
  );
}

interface Reading {
  readonly purpose: DataPurpose;
  /** The model's data set; undefined where there is no reader for it. */
  readonly dataset: Dataset | undefined;
  readonly split: Split;
}

/**
 * What `path` holds: in a folder, the official files of the model's data set if they are there; else, and in a single
 * file, whatever the page takes: IDX pairs, CIFAR-10 batches, .npy, .npz, PNG files in folders, zips of them.
 * @throws DataError or ImageError with a sentence
 */
export async function readGivenData(path: string, { purpose, dataset, split }: Reading): Promise<GivenData> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  let missing: DataError | undefined;
  if (dataset !== undefined && isFolder) {
    try {
      const images = await readDatasetBelow(dataset, split, path);
      return { name: `${dataset.name} ${split}`, images, notes: [] };
    } catch (error) {
      if (!(error instanceof DataError && error.code === 'missing')) throw error;
      missing = error;
    }
  }
  const files = await filesOf(path);
  try {
    const found = readDropped(files);
    if (found.kind === 'images') {
      const notes = [leftOutNote(found.leftOut)].filter((note) => note !== null);
      return { name: basename(path), images: found.images, notes };
    }
    const { pictures, leftOut } = found;
    assertPng(pictures, leftOut);
    return { name: basename(path), ...(await preparedPictures(pictures, leftOut, purpose, decodeGiven)) };
  } catch (error) {
    // A folder with nothing of the kind is more likely to lack an official file.
    if (missing !== undefined && error instanceof DataError && error.code === 'unknown') throw missing;
    throw error;
  }
}
