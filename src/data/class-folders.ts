import { DataError } from './errors';

/** A picture file and its class, by number. */
export interface LabelledPicture<File> {
  readonly path: string;
  readonly file: File;
  readonly label: number;
}

const PICTURE = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;
const MOST_NAMED = 5;

export const isPicture = (path: string): boolean => PICTURE.test(path);

const folderOf = (path: string): string => path.split('/').at(-2) ?? '';

/** Names of classes as folders may spell them. */
const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

/** Names of classes, by number, by which a folder finds its number. */
function classNumbers(labels: readonly string[]): Map<string, number> {
  return new Map(labels.flatMap((label, i) => [[String(i), i] as const, [plain(label), i] as const]));
}

/**
 * Gives picture files the classes that their folders are called by, by name or number, in the order of their paths.
 * @throws DataError `missing` if pictures lie in no folder, `mismatch` if one is called as no class
 */
export function picturesByFolder<File>(
  files: readonly { readonly path: string; readonly file: File }[],
  labels: readonly string[],
): LabelledPicture<File>[] {
  const numbers = classNumbers(labels);
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const folders = [...new Set(sorted.map(({ path }) => folderOf(path)))];
  const known = `This model’s classes are ${labels.slice(0, MOST_NAMED).join(', ')}${labels.length > MOST_NAMED ? ', …' : ''}`;
  const unknown = folders.filter((folder) => !numbers.has(plain(folder)));
  if (unknown.length === folders.length && unknown.length <= 1) {
    throw new DataError(
      'missing',
      `The labels are missing: put the pictures into one folder a class, called as the class. ${known}.`,
    );
  }
  if (unknown.length > 0) {
    const named = unknown.slice(0, MOST_NAMED).map((folder) => `“${folder}”`);
    throw new DataError('mismatch', `No class is called ${named.join(', ')}. ${known}; call the folders so.`);
  }
  return sorted.map(({ path, file }) => ({
    path,
    file,
    label: numbers.get(plain(folderOf(path))) as number,
  }));
}
