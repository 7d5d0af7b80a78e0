import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Paths within a built folder of the scripts that index.html leads to by imports, static or not: all but workers'. */
async function pageScripts(dist: string): Promise<ReadonlySet<string>> {
  const [entry] = (await readFile(join(dist, 'index.html'), 'utf8')).match(/assets\/index-[^"]+\.js/) ?? [];
  if (entry === undefined) throw new Error(`${dist}/index.html names no script; build first`);
  const found = new Set([entry]);
  for (const path of found) {
    const script = await readFile(join(dist, path), 'utf8');
    for (const [, name] of script.matchAll(/(?:from|import|import\()\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
      found.add(`assets/${name}`);
    }
  }
  return found;
}

/** Gzipped bytes of the scripts among `loaded` addresses: of the page's own, and of its workers'. */
export async function loadedScriptBytes(
  dist: string,
  loaded: readonly string[],
): Promise<{ readonly page: number; readonly workers: number }> {
  const own = await pageScripts(dist);
  const bytes = { page: 0, workers: 0 };
  const paths = loaded.map((url) => /\/(assets\/[^/?#]+\.js)(?:[?#].*)?$/.exec(url)?.[1]);
  for (const path of new Set(paths)) {
    if (path === undefined) continue;
    bytes[own.has(path) ? 'page' : 'workers'] += gzipSync(await readFile(join(dist, path))).length;
  }
  return bytes;
}
