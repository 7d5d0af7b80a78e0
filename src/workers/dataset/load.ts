import {
  DataError,
  type DataPurpose,
  leftOutNote,
  preparedPictures,
  readDropped,
  readPacked,
} from '../../data';
import { dataHash, whyNotFor } from '../../dataset';
import { ImageError } from '../../image';
import type { DataSource, LoadedData, LoadResult } from '../dataset-protocol';
import { decodePicture } from '../image/decode';

type Progress = (images: number, of: number) => void;

/** Names of a few files, for the whole of them. */
const MOST_NAMED = 2;

async function fetchFile(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new DataError('download', `${url.pathname} could not be fetched (status ${response.status}).`);
}

const decode = (bytes: Uint8Array) => decodePicture(new Blob([new Uint8Array(bytes)]));

async function read(source: DataSource, purpose: DataPurpose, onProgress: Progress): Promise<LoadedData> {
  let found: Omit<LoadedData, 'sha256'>;
  if (source.kind === 'packed') {
    const { set, baseUrl } = source;
    const images = await readPacked(
      set,
      (path) => fetchFile(new URL(path, baseUrl)),
      (done) => onProgress(done, set.count),
    );
    found = { name: `${set.name} ${set.split}`, images, isPrepared: false, notes: [] };
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
    const { images, notes } =
      dropped.kind === 'pictures'
        ? await preparedPictures(dropped.pictures, dropped.leftOut, purpose, decode, onProgress)
        : { images: dropped.images, notes: [leftOutNote(dropped.leftOut)].filter((note) => note !== null) };
    const isPrepared = dropped.kind === 'pictures';
    found = { name: files.length > MOST_NAMED ? `${name}, …` : name, images, isPrepared, notes };
  }
  const unfit = whyNotFor(found.images, purpose.input.shape, purpose.labels.length);
  if (unfit !== null) throw new DataError('mismatch', unfit);
  return { ...found, sha256: dataHash(found.images) };
}

/** See `DataReaderApi.load`: what is wrong comes back as data. */
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
    return {
      ok: false,
      code: 'internal',
      message: 'The files could not be read; they may be more than this browser has memory for.',
    };
  }
}
