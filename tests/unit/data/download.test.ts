import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { download } from '../../../scripts/data/download';
import { SOURCES, type Source } from '../../../scripts/data/sources';
import { DATASETS, DataError } from '../../../src/data';

const content = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i) % 251));
const MD5 = createHash('md5').update(content).digest('hex');

let server: Server;
let origin: string;
let requests = 0;
let folder: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    requests++;
    switch (request.url) {
      case '/moved':
        response.writeHead(302, { Location: '/whole' });
        response.end();
        break;
      case '/whole':
        response.writeHead(200, { 'Content-Length': content.length });
        response.end(content);
        break;
      case '/half':
        response.writeHead(200, { 'Content-Length': content.length });
        response.write(content.subarray(0, 100_000), () => response.destroy());
        break;
      case '/short':
        // Without a length the end looks like an end.
        response.writeHead(200);
        response.end(content.subarray(0, 100_000));
        break;
      default:
        response.writeHead(503);
        response.end('later');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(async () => {
  requests = 0;
  folder = await mkdtemp(join(tmpdir(), 'probust-download-'));
});
afterEach(() => rm(folder, { recursive: true }));

const source = (path: string, md5 = MD5): Source => ({ name: 'file.gz', url: origin + path, md5 });

async function failure(from: Source): Promise<DataError> {
  const error: unknown = await download(from, folder).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DataError) return error;
  throw new Error(`no DataError but ${String(error)}`);
}

describe('a download', () => {
  it('is kept once it is whole and right, and not fetched again', async () => {
    const seen: number[] = [];
    const path = await download(source('/moved'), folder, (_name, received) => seen.push(received));
    expect(content.equals(await readFile(path))).toBe(true);
    expect(seen.at(-1)).toBe(content.length);
    expect(requests).toBe(2);
    expect(await download(source('/moved'), folder)).toBe(path);
    expect(requests).toBe(2);
  });

  it('replaces a file that is another one', async () => {
    await writeFile(join(folder, 'file.gz'), 'old');
    const path = await download(source('/whole'), folder);
    expect(content.equals(await readFile(path))).toBe(true);
  });

  it.each([
    ['download', 'that breaks off', '/half', /connection broke off/],
    ['checksum', 'that ends early', '/short', /its MD5 is [0-9a-f]{32} and not/],
    ['download', 'that the host refuses', '/gone', /answered 503/],
  ] as const)('fails as %s %s, and leaves nothing', async (code, _what, path, message) => {
    const error = await failure(source(path));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain('--from');
    expect(await readdir(folder)).toEqual([]);
  });

  it('of another file is refused', async () => {
    expect((await failure(source('/whole', '0'.repeat(32)))).code).toBe('checksum');
    expect(await readdir(folder)).toEqual([]);
  });

  it('from a host that cannot be reached says so', async () => {
    const error = await failure({ name: 'file.gz', url: 'http://127.0.0.1:9/file', md5: MD5 });
    expect(error.code).toBe('download');
  });
});

describe('the official hosts', () => {
  it('have every split of every data set, with a checksum each', () => {
    for (const { id } of DATASETS) {
      for (const split of ['test', 'train'] as const) {
        const sources = SOURCES[id]?.[split] ?? [];
        expect(sources.length).toBeGreaterThan(0);
        for (const { url, md5, name } of sources) {
          expect(url).toMatch(/^https:\/\//);
          expect(url.endsWith(`/${name}`)).toBe(true);
          expect(md5).toMatch(/^[0-9a-f]{32}$/);
        }
      }
    }
  });
});
