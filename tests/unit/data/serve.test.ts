import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveData } from '../../../build/test-data';
import { pack } from '../../../scripts/data/pack';
import {
  chunkBytes,
  chunkPath,
  DATASETS,
  type Dataset,
  isPackedPath,
  labelsPath,
  NO_DATA,
  packedIndexSchema,
  readPacked,
} from '../../../src/data';
import { parseCifar10 } from '../../../src/data/cifar';
import { cifarFile, mnistFiles } from '../../support/data-files';

const [mnist, cifar10] = DATASETS as [Dataset, Dataset];
const COUNT = 1203;
const images = parseCifar10(
  cifarFile(
    Array.from({ length: COUNT }, (_, i) => i % 10),
    (i, x, y, c) => (i + 2 * x + 3 * y + 80 * c) % 256,
  ),
  'test_batch.bin',
);

let folder: string;
let server: Server;
let origin: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-packed-'));
  await writeFile(join(folder, 'secret.txt'), 'x');
  const answer = serveData(folder);
  server = createServer((request, response) => {
    void answer(request, response, () => {
      response.statusCode = 418;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const bytesOf = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(`${origin}/data/${path}`)).arrayBuffer());
const readIndex = async () =>
  v.parse(packedIndexSchema, await (await fetch(`${origin}/data/index.json`)).json());

describe('unpacked data sets', () => {
  it('are none without a folder that was filled', async () => {
    expect(await readIndex()).toEqual(NO_DATA);
  });

  it('come back as they were, in pieces', async () => {
    const set = await pack(cifar10, 'test', images, folder);
    expect(await readIndex()).toEqual({ schema: 'probust-data/1', sets: [set] });
    expect(await bytesOf(labelsPath(set))).toEqual(Uint8Array.from(images.labels));
    const chunks = Math.ceil(set.count / set.chunk);
    expect(chunks).toBe(3);
    const pieces = await Promise.all(Array.from({ length: chunks }, (_, i) => bytesOf(chunkPath(set, i))));
    pieces.forEach((piece, i) => {
      expect(piece).toHaveLength(chunkBytes(set, i));
    });
    expect(Buffer.concat(pieces).equals(images.pixels)).toBe(true);
  });

  it('of more than 256 classes have labels of two bytes', async () => {
    const labels = [3, 255, 256, 300];
    const many: Dataset = {
      ...mnist,
      id: 'many',
      labels: Array.from({ length: 301 }, (_, i) => `class ${i}`),
    };
    const few = {
      shape: [1, 1, 1],
      count: 4,
      pixels: new Uint8Array(4),
      labels: Uint16Array.from(labels),
    } as const;
    const set = await pack(many, 'test', few, folder);
    expect(await bytesOf(labelsPath(set))).toEqual(Uint8Array.of(3, 0, 255, 0, 0, 1, 44, 1));
    expect(await readPacked(set, bytesOf)).toEqual(few);
    await rm(join(folder, 'index.json'));
  });

  it('are listed beside each other, and replaced one by one', async () => {
    const { images: pixels, labels } = mnistFiles([3, 1], (i, x, y) => i + x + y);
    const digits = mnist.parse([
      { name: 'images', bytes: pixels },
      { name: 'labels', bytes: labels },
    ]);
    await pack(mnist, 'test', digits, folder);
    const fewer = parseCifar10(
      cifarFile([5], () => 9),
      'test_batch.bin',
    );
    const set = await pack(cifar10, 'test', fewer, folder);
    const { sets } = await readIndex();
    expect(sets.map(({ dataset, count }) => `${dataset}:${count}`)).toEqual(['mnist:2', 'cifar10:1']);
    expect((await fetch(`${origin}/data/${chunkPath(set, 1)}`)).status).toBe(404);
  });

  it('are all that is served', async () => {
    const statusOf = async (path: string, init?: RequestInit) => (await fetch(origin + path, init)).status;
    expect(await statusOf('/data/secret.txt')).toBe(404);
    expect(await statusOf('/data/..%2fsecret.txt')).toBe(404);
    expect(await statusOf('/data/')).toBe(404);
    expect(await statusOf('/data/index.json', { method: 'POST' })).toBe(404);
    expect(await statusOf('/data/index.json', { method: 'HEAD' })).toBe(200);
    expect(await statusOf('/models/index.json')).toBe(418);
    for (const path of ['../index.json', 'a/../../labels.bin', 'x/y/labels.bin', 'downloads/a.gz']) {
      expect(isPackedPath(path)).toBe(false);
    }
  });
});
