import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchDataset } from '../../../scripts/data/fetch-dataset';
import type { Source } from '../../../scripts/data/sources';
import { DATASETS, DataError, type Dataset } from '../../../src/data';
import { cifarFile, mnistFiles } from '../../support/data-files';

const [mnist, cifar10] = DATASETS as [Dataset, Dataset];
const digits = mnistFiles([4, 8, 1], (i, x, y) => (i + x * y) % 256);
const batch = (labels: number[]): Buffer => cifarFile(labels, (i, x, y, c) => (i + x + y + c) % 256);

/** What a host would have, by path. */
const FILES: Readonly<Record<string, Uint8Array>> = {
  '/t10k-images-idx3-ubyte.gz': gzipSync(digits.images),
  '/t10k-labels-idx1-ubyte.gz': gzipSync(digits.labels),
  '/cifar-10-binary.tar.gz': gzipSync(
    createTar([
      { name: 'cifar-10-batches-bin/' },
      { name: 'cifar-10-batches-bin/batches.meta.txt', data: 'airplane\n' },
      ...[1, 2, 3, 4, 5].map((number) => ({
        name: `cifar-10-batches-bin/data_batch_${number}.bin`,
        data: batch([number]),
      })),
      { name: 'cifar-10-batches-bin/test_batch.bin', data: batch([9, 0]) },
    ]),
  ),
  '/empty.tar.gz': gzipSync(createTar([{ name: 'readme.txt', data: 'nothing' }])),
};

let server: Server;
let origin: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-fetch-'));
  server = createServer((request, response) => response.end(FILES[request.url ?? '']));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const source = (path: string): Source => ({
  name: basename(path),
  url: origin + path,
  md5: createHash('md5')
    .update(FILES[path] ?? '')
    .digest('hex'),
});

describe('a data set from its host', () => {
  it('may be single files', async () => {
    const sources = [source('/t10k-images-idx3-ubyte.gz'), source('/t10k-labels-idx1-ubyte.gz')];
    const { shape, labels } = await fetchDataset(mnist, 'test', sources, join(folder, 'a'));
    expect([shape, [...labels]]).toEqual([
      [28, 28, 1],
      [4, 8, 1],
    ]);
  });

  it('may be an archive', async () => {
    const sources = [source('/cifar-10-binary.tar.gz')];
    const test = await fetchDataset(cifar10, 'test', sources, join(folder, 'b'));
    expect([test.shape, [...test.labels]]).toEqual([
      [32, 32, 3],
      [9, 0],
    ]);
    expect(test.pixels[3072 + 3 * 33 + 2]).toBe(1 + 1 + 1 + 2);
    const train = await fetchDataset(cifar10, 'train', sources, join(folder, 'b'));
    expect([...train.labels]).toEqual([1, 2, 3, 4, 5]);
  });

  it('is missing where the archive is of something else', async () => {
    const error: unknown = await fetchDataset(cifar10, 'test', [source('/empty.tar.gz')], folder).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code: 'missing' });
  });
});
