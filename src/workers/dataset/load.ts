import {
  DataError,
  type LabelledImages,
  type NamedBytes,
  picturesByFolder,
  readDropped,
  readPacked,
  valuesOf,
} from '../../data';
import { dataHash, whyNotFor } from '../../dataset';
import { ImageError, prepareImage } from '../../image';
import type { DataPurpose, DataSource, LoadedData, LoadResult } from '../dataset-protocol';
import { decodePicture } from '../image/decode';

type Progress = (images: number, of: number) => void;

/** Names of a few files, for the whole of them. */
const MOST_NAMED = 2;

async function fetchFile(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new DataError('download', `${url.pathname} could not be fetched (status ${response.status}).`);
}

/** Picture files as the model would see them, rounded to bytes. Throws DataError or ImageError, naming the file. */
async function preparedPictures(
  pictures: readonly NamedBytes[],
  { input, labels }: DataPurpose,
  onProgress: Progress,
): Promise<LabelledImages> {
  const labelled = picturesByFolder(
    pictures.map(({ name, bytes }) => ({ path: name, file: bytes })),
    labels,
  );
  const size = valuesOf(input.shape);
  const pixels = new Uint8Array(labelled.length * size);
  for (const [i, { path, file }] of labelled.entries()) {
    onProgress(i, labelled.length);
    try {
      const { data } = prepareImage(await decodePicture(new Blob([new Uint8Array(file)])), input);
      for (let v = 0; v < size; v++) pixels[i * size + v] = Math.round(255 * (data[v] as number));
    } catch (error) {
      if (error instanceof ImageError) throw new ImageError(error.code, `${path}: ${error.message}`);
      throw error;
    }
  }
  return {
    shape: input.shape,
    count: labelled.length,
    pixels,
    labels: Uint8Array.from(labelled, ({ label }) => label),
  };
}

async function read(source: DataSource, purpose: DataPurpose, onProgress: Progress): Promise<LoadedData> {
  let found: Omit<LoadedData, 'sha256'>;
  if (source.kind === 'packed') {
    const { set, baseUrl } = source;
    const images = await readPacked(
      set,
      (path) => fetchFile(new URL(path, baseUrl)),
      (done) => onProgress(done, set.count),
    );
    found = { name: `${set.name} ${set.split}`, images, isPrepared: false };
  } else {
    const files = await Promise.all(
      source.files.map(async ({ path, data }) => ({
        name: path,
        bytes: new Uint8Array(await data.arrayBuffer()),
      })),
    );
    const name = files
      .slice(0, MOST_NAMED)
      .map((file) => file.name)
      .join(', ');
    const dropped = readDropped(files);
    const isPrepared = dropped.kind === 'pictures';
    const images = isPrepared
      ? await preparedPictures(dropped.pictures, purpose, onProgress)
      : dropped.images;
    found = { name: files.length > MOST_NAMED ? `${name}, …` : name, images, isPrepared };
  }
  const unfit = whyNotFor(found.images, purpose.input.shape, purpose.labels.length);
  if (unfit !== null) throw new DataError('mismatch', unfit);
  return { ...found, sha256: dataHash(found.images) };
}

/** See `DatasetApi.load`: what is wrong comes back as data. */
export async function load(
  source: DataSource,
  purpose: DataPurpose,
  onProgress: Progress = () => {},
): Promise<LoadResult> {
  try {
    return { ok: true, data: await read(source, purpose, onProgress) };
  } catch (error) {
    if (error instanceof DataError || error instanceof ImageError) {
      return { ok: false, code: error.code, message: error.message };
    }
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, code: 'internal', message: `The files could not be read: ${why}` };
  }
}
