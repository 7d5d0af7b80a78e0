import {
  chunkBytes,
  chunkPath,
  labelsFromBytes,
  labelsPath,
  labelWidth,
  type PackedSet,
  valuesOf,
} from '../../data';
import type { ImageShape } from '../../image';
import { Query } from '../queries/query';
import type { ImageSource } from '../state/store';
import { strings } from '../strings';
import { fetchFile } from './fetch-json';

/** Images of the unpacked data sets, fetched in pieces as they are looked at. */

interface FileRequest {
  /** Within the folder of data sets. */
  readonly path: string;
  /** Bytes that it has. */
  readonly length: number;
}

/** @param capacity files that are kept */
const fileQuery = (capacity: number) =>
  new Query<FileRequest, Uint8Array>({
    capacity,
    reportsErrors: false,
    empty: new Uint8Array(),
    key: ({ path }) => path,
    async *run({ path, length }, parts, signal) {
      const response = await fetchFile(`data/${path}`, `data/${path}`, signal);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length !== length) throw new Error(strings.data.damaged(`data/${path}`));
      yield { change: () => bytes, finished: parts };
    },
  });

/** Pieces of 1 to 2 MB. */
const chunks = fileQuery(12);
const labels = fileQuery(4);

/** The class of every image. */
export async function testLabels(set: PackedSet): Promise<Uint16Array> {
  const classes = set.labels.length;
  const length = set.count * labelWidth(classes);
  const bytes = await labels.fetch({ path: labelsPath(set), length });
  return labelsFromBytes(bytes, classes);
}

/** The bytes of an image, HWC. */
export async function testPixels(set: PackedSet, index: number): Promise<Uint8Array> {
  const number = Math.floor(index / set.chunk);
  const bytes = await chunks.fetch({ path: chunkPath(set, number), length: chunkBytes(set, number) });
  const size = valuesOf(set.shape);
  return bytes.subarray((index - number * set.chunk) * size, (index - number * set.chunk + 1) * size);
}

/** Bytes of an image, HWC with one channel or three, as opaque pixels. */
export function toImageData(pixels: Uint8Array, [height, width, channels]: ImageShape): ImageData {
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[i * channels + (c % channels)] as number;
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** The image as a picture file with exactly its pixels. */
export async function testImageFile(set: PackedSet, index: number): Promise<Blob> {
  const image = toImageData(await testPixels(set, index), set.shape);
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** What a link calls an image. */
export function testImageId({ dataset, split }: PackedSet, index: number): string {
  return `data:${dataset}:${split}:${index}`;
}

/** The image that a link names; null if it is not among these sets. Rejects if its label cannot be had. */
export async function findTestImage(
  id: string,
  sets: readonly PackedSet[],
): Promise<Extract<ImageSource, { kind: 'data' }> | null> {
  const [prefix, dataset, split, number] = id.split(':');
  const index = Number(number);
  const set = sets.find((each) => each.dataset === dataset && each.split === split);
  if (prefix !== 'data' || set === undefined || !(index < set.count)) return null;
  return testImage(set, index);
}

/** An image and its true label as the source of a picture. */
export async function testImage(
  set: PackedSet,
  index: number,
): Promise<Extract<ImageSource, { kind: 'data' }>> {
  const label = (await testLabels(set))[index] as number;
  return { kind: 'data', set, index, label: set.labels[label] ?? String(label) };
}
