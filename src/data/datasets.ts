import { parseCifar10 } from './cifar';
import { imagesFromIdx } from './idx';
import { joinImages, type LabelledImages } from './labelled-images';

export type Split = 'test' | 'train';

/** A file of a data set under the names that it goes by; the first is the official one. */
interface DataFile {
  readonly names: readonly string[];
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A data set that Probust reads from files in its official form. */
export interface Dataset {
  readonly id: string;
  /** As on the cards of models. */
  readonly name: string;
  /** Names of the classes, by number. */
  readonly labels: readonly string[];
  readonly files: Readonly<Record<Split, readonly DataFile[]>>;
  /** From the files of a split, out of their gzip, in the order of the list. Throws DataError. */
  parse(files: readonly NamedBytes[]): LabelledImages;
}

const idxNames = (prefixes: readonly string[], kind: string): DataFile => ({
  names: prefixes.flatMap((prefix) => [
    `${prefix}-${kind}-ubyte.gz`,
    `${prefix}-${kind}-ubyte`,
    `${prefix}-${kind.replace('-idx', '.idx')}-ubyte`,
  ]),
});

const idxPair = (...prefixes: string[]): DataFile[] => [
  idxNames(prefixes, 'images-idx3'),
  idxNames(prefixes, 'labels-idx1'),
];

const mnist: Dataset = {
  id: 'mnist',
  name: 'MNIST',
  labels: [...'0123456789'],
  files: { test: idxPair('t10k', 'test'), train: idxPair('train') },
  parse([images, labels]) {
    if (images === undefined || labels === undefined) throw new RangeError('MNIST is two files a split.');
    return imagesFromIdx(images, labels);
  },
};

const cifar10: Dataset = {
  id: 'cifar10',
  name: 'CIFAR-10',
  labels: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  files: {
    test: [{ names: ['test_batch.bin'] }],
    train: [1, 2, 3, 4, 5].map((number) => ({ names: [`data_batch_${number}.bin`] })),
  },
  parse: (files) => joinImages(files.map(({ name, bytes }) => parseCifar10(bytes, name))),
};

/** Every known data set. A new one is a parser and a line here. */
export const DATASETS: readonly Dataset[] = [mnist, cifar10];

/** The data set of this id, or of this name on a model's card. */
export function findDataset(idOrName: string): Dataset | undefined {
  return DATASETS.find(({ id, name }) => id === idOrName || name === idOrName);
}
