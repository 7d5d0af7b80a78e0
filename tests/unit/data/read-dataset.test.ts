import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATASETS, DataError, type Dataset, findDataset, type Split } from '../../../src/data';
import { readDataset } from '../../../src/node/read-dataset';
import { cifarFile, mnistFiles } from '../../support/data-files';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), bytes);
}

const [mnist, cifar10] = DATASETS as [Dataset, Dataset];
const digits = mnistFiles([4, 8], (i, x, y) => i + x + y);
const codeOf = (dataset: Dataset, split: Split): Promise<unknown> =>
  readDataset(dataset, split, folder).catch((error: unknown) =>
    error instanceof DataError ? error.code : error,
  );

describe('a folder of official files', () => {
  it.each([
    ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
    ['t10k-images.idx3-ubyte', 't10k-labels.idx1-ubyte'],
    ['test-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
    ['MNIST/raw/t10k-images-idx3-ubyte', 'MNIST/raw/t10k-labels-idx1-ubyte'],
  ])('is read under the names %s and %s', async (images, labels) => {
    await put(images, digits.images);
    await put(labels, digits.labels);
    expect([...(await readDataset(mnist, 'test', folder)).labels]).toEqual([4, 8]);
  });

  it('is read out of its gzip', async () => {
    await put('train-images-idx3-ubyte.gz', gzipSync(digits.images));
    await put('train-labels-idx1-ubyte.gz', gzipSync(digits.labels));
    expect((await readDataset(mnist, 'train', folder)).count).toBe(2);
    expect(await codeOf(mnist, 'test')).toBe('missing');
  });

  it('is refused where a gzip file is cut off', async () => {
    await put('t10k-images-idx3-ubyte.gz', gzipSync(digits.images).subarray(0, -9));
    await put('t10k-labels-idx1-ubyte.gz', gzipSync(digits.labels));
    expect(await codeOf(mnist, 'test')).toBe('truncated');
  });

  it('joins the five files of CIFAR-10’s training set, and misses one of them', async () => {
    for (const number of [1, 2, 3, 4]) {
      await put(
        `cifar-10-batches-bin/data_batch_${number}.bin`,
        cifarFile([number, 0], () => number),
      );
    }
    expect(await codeOf(cifar10, 'train')).toBe('missing');
    await put(
      'cifar-10-batches-bin/data_batch_5.bin',
      cifarFile([5], () => 5),
    );
    const { labels, pixels } = await readDataset(cifar10, 'train', folder);
    expect([...labels]).toEqual([1, 0, 2, 0, 3, 0, 4, 0, 5]);
    expect(pixels.at(-1)).toBe(5);
  });

  it('names the folder and the file that it lacks', async () => {
    await expect(readDataset(findDataset('MNIST') ?? mnist, 'test', folder)).rejects.toThrow(
      `${folder} holds no t10k-images-idx3-ubyte.gz, which is a part of MNIST.`,
    );
  });
});
