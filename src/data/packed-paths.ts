/** Paths below the folder with unpacked data sets. Without imports, since Vite's configuration reads it too. */

interface SetName {
  readonly dataset: string;
  readonly split: string;
}

export const PACKED_INDEX = 'index.json';

/** Where the files of a set lie. */
const packedFolder = ({ dataset, split }: SetName): string => `${dataset}-${split}`;

/** The file with the class of each image: a byte each, or two, little-endian, where there are more than 256 classes. */
export const labelsPath = (set: SetName): string => `${packedFolder(set)}/labels.bin`;

/** The file with images `chunk * number` and on, NHWC, a byte a value. */
export const chunkPath = (set: SetName, number: number): string =>
  `${packedFolder(set)}/images-${String(number).padStart(4, '0')}.bin`;

/** Whether a path is one that is written there. */
export function isPackedPath(path: string): boolean {
  return path === PACKED_INDEX || /^[a-z0-9-]{1,40}\/(labels|images-\d{4,})\.bin$/.test(path);
}
