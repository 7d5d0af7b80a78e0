import type { NamedBytes } from './datasets';
import { DataError } from './errors';
import { isIdx } from './idx';

/** What the names of a pair have in common, as t10k of t10k-images-idx3-ubyte. */
const stem = (name: string): string =>
  name
    .toLowerCase()
    .replace(/images?|labels?|idx\d?|ubyte|\.gz$/g, '')
    .replace(/[^a-z0-9/]+/g, ' ')
    .trim();

const isTest = ({ name }: NamedBytes): boolean => /t10k|test/i.test(name);

/** The files in the order in which they are looked at: those of the test part first. */
const testFirst = (files: readonly NamedBytes[]): readonly NamedBytes[] => [
  ...files.filter(isTest),
  ...files.filter((file) => !isTest(file)),
];

/**
 * The file of images and the file of labels among some files; null if there is no IDX file. Of several pairs the first
 * whose names go together, that of the test part before others.
 * @throws DataError `missing` if there is one without the other
 */
export function idxPair(
  files: readonly NamedBytes[],
): { readonly images: NamedBytes; readonly labels: NamedBytes } | null {
  const images = testFirst(files.filter(({ bytes }) => isIdx(bytes, 3)));
  const labels = testFirst(files.filter(({ bytes }) => isIdx(bytes, 1)));
  const [firstImages] = images;
  const [firstLabels] = labels;
  if (firstImages === undefined && firstLabels === undefined) return null;
  if (firstLabels === undefined) {
    throw new DataError(
      'missing',
      `The labels are missing: drop the file of labels together with ${firstImages?.name}.`,
    );
  }
  if (firstImages === undefined) {
    throw new DataError(
      'missing',
      `${firstLabels.name} holds labels alone; drop the file of images together with it.`,
    );
  }
  for (const each of images) {
    const partner = labels.find(({ name }) => stem(name) === stem(each.name));
    if (partner !== undefined) return { images: each, labels: partner };
  }
  return { images: firstImages, labels: firstLabels };
}
