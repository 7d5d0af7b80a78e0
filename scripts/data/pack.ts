import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import {
  chunkPath,
  type Dataset,
  type LabelledImages,
  labelBytes,
  labelsPath,
  NO_DATA,
  PACKED_INDEX,
  type PackedIndex,
  type PackedSet,
  packedIndexSchema,
  type Split,
  valuesOf,
} from '../../src/data';

/** Images a file: about 1.5 MB of CIFAR-10, so that a page of one class needs a few files. */
const CHUNK = 500;

/** What a folder lists; nothing where there is no index or it is of another version. */
async function readIndex(folder: string): Promise<PackedIndex> {
  const text = await readFile(join(folder, PACKED_INDEX), 'utf8').catch(() => undefined);
  if (text === undefined) return NO_DATA;
  const parsed = v.safeParse(packedIndexSchema, JSON.parse(text));
  return parsed.success ? parsed.output : NO_DATA;
}

/** Writes a split of a data set into a folder for the page, in place of one that is there, and lists it. */
export async function pack(
  { id, name, labels }: Dataset,
  split: Split,
  images: LabelledImages,
  folder: string,
): Promise<PackedSet> {
  const [height, width, channels] = images.shape;
  const set: PackedSet = {
    dataset: id,
    name,
    split,
    shape: [height, width, channels],
    labels: [...labels],
    count: images.count,
    chunk: CHUNK,
  };
  const others = (await readIndex(folder)).sets.filter(
    (each) => !(each.dataset === id && each.split === split),
  );
  const sets = dirname(join(folder, labelsPath(set)));
  await rm(sets, { recursive: true, force: true });
  await mkdir(sets, { recursive: true });
  await writeFile(join(folder, labelsPath(set)), labelBytes(images.labels, labels.length));
  const size = valuesOf(images.shape);
  for (let number = 0; number * CHUNK < images.count; number++) {
    const first = number * CHUNK * size;
    await writeFile(
      join(folder, chunkPath(set, number)),
      images.pixels.subarray(first, first + CHUNK * size),
    );
  }
  // Last and at once, so that what is listed is there.
  const index: PackedIndex = { schema: 'probust-data/1', sets: [...others, set] };
  const path = join(folder, PACKED_INDEX);
  await writeFile(`${path}.part`, `${JSON.stringify(index, null, 1)}\n`);
  await rename(`${path}.part`, path);
  return set;
}
