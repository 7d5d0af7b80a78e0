import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';
import type { PrecacheList } from '../src/service-worker/precache.ts';

const PLACEHOLDER = '__PRECACHE__';
/** Fonts for browsers that are too old for the page anyway; data sets are not part of a build. */
const LEFT_OUT = /\.(woff|ttf|map)$|^data\//;

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The files of a built page in a folder, but for its service worker. */
export function precacheList(folder: string, serviceWorker: string): PrecacheList {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => path !== serviceWorker && !LEFT_OUT.test(path))
    .toSorted();
  const files = Object.fromEntries(paths.map((path) => [path, sha256(readFileSync(join(folder, path)))]));
  return { version: sha256(JSON.stringify(files)).slice(0, 16), files };
}

/** Tells the service worker which files there are, once all of them are written. */
export function precache(serviceWorker: string): Plugin {
  return {
    name: 'probust:precache',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('the build has no folder');
      const path = join(dir, serviceWorker);
      const script = readFileSync(path, 'utf8');
      if (script.split(PLACEHOLDER).length !== 2) {
        throw new Error(`${serviceWorker} should name ${PLACEHOLDER} once`);
      }
      const list = JSON.stringify(precacheList(dir, serviceWorker));
      writeFileSync(
        path,
        script.replace(PLACEHOLDER, () => list),
      );
    },
  };
}
