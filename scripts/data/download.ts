import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataError } from '../../src/data';
import type { Source } from './sources';

/** Called as bytes arrive; `total` is null where the host does not say. */
export type OnProgress = (name: string, received: number, total: number | null) => void;

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/**
 * Fetches a file into a folder, unless it is there already, and checks its MD5: what was cut off or is another file
 * leaves nothing behind.
 * @returns its path.
 * @throws DataError `download` if it cannot be had whole, `checksum` if it is not the one that was expected.
 */
export async function download(
  source: Source,
  folder: string,
  onProgress: OnProgress = () => {},
): Promise<string> {
  const { name, url, md5 } = source;
  const path = join(folder, name);
  if ((await isThere(path)) && (await md5Of(path)) === md5) return path;
  await mkdir(folder, { recursive: true });
  const part = `${path}.part`;
  try {
    await fetchInto(part, source, onProgress);
    const found = await md5Of(part);
    if (found !== md5) {
      throw new DataError(
        'checksum',
        `${url} is not the file that was expected: its MD5 is ${found} and not ${md5}. Fetch it by hand from a source that you trust, then give its folder with --from.`,
      );
    }
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
  return path;
}

async function fetchInto(path: string, { name, url }: Source, onProgress: OnProgress): Promise<void> {
  const failed = (why: string, cause?: unknown): DataError =>
    new DataError(
      'download',
      `${url} could not be fetched: ${why}. Try again later, or give a folder that has ${name} with --from.`,
      { cause },
    );
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    const { cause, message } = error as Error;
    throw failed(cause instanceof Error ? cause.message : message, error);
  }
  if (!response.ok || response.body === null) throw failed(`the host answered ${response.status}`);
  const length = response.headers.get('content-length');
  const total = length === null ? null : Number(length);
  let received = 0;
  const count = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      received += chunk.length;
      onProgress(name, received, total);
      done(null, chunk);
    },
  });
  try {
    // The web stream of fetch is the one that Node reads; the two declarations of its type differ.
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, count, createWriteStream(path));
  } catch (error) {
    throw failed('the connection broke off', error);
  }
  const isEncoded = response.headers.has('content-encoding');
  if (total !== null && !isEncoded && received !== total) {
    throw failed(`only ${received} of ${total} bytes came`);
  }
}
