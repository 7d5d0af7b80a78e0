import { DataError } from './errors';
import { type LabelledImages, valuesOf } from './labelled-images';
import { labelsFromBytes, labelWidth } from './labels';
import { chunkBytes, type PackedSet } from './packed';
import { chunkPath, labelsPath } from './packed-paths';

/**
 * A whole unpacked set, its files one after the other.
 * @param fetchFile a file's bytes by its path below the folder of unpacked sets
 * @throws DataError `truncated` if a file is not as long as the index says, and what `fetchFile` rejects with
 */
export async function readPacked(
  set: PackedSet,
  fetchFile: (path: string) => Promise<Uint8Array>,
  onProgress: (images: number) => void = () => {},
): Promise<LabelledImages> {
  const get = async (path: string, length: number): Promise<Uint8Array> => {
    const bytes = await fetchFile(path);
    if (bytes.length === length) return bytes;
    throw new DataError('truncated', `data/${path} is damaged; run npm run data again and reload the page.`);
  };
  const classes = set.labels.length;
  const labels = labelsFromBytes(await get(labelsPath(set), set.count * labelWidth(classes)), classes);
  const pixels = new Uint8Array(set.count * valuesOf(set.shape));
  for (let number = 0; number * set.chunk < set.count; number++) {
    const first = number * set.chunk;
    onProgress(first);
    pixels.set(await get(chunkPath(set, number), chunkBytes(set, number)), first * valuesOf(set.shape));
  }
  return { shape: set.shape, count: set.count, pixels, labels };
}
