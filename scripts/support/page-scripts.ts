import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Paths within a built folder of the scripts that index.html leads to by imports, static or not: all but workers'. */
export async function pageScripts(dist: string): Promise<ReadonlySet<string>> {
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

/** Bytes, gzipped, of those of the page's own scripts that are among `loaded` addresses. */
export async function loadedScriptBytes(dist: string, loaded: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of await pageScripts(dist)) {
    if (loaded.some((url) => new URL(url).pathname.endsWith(`/${path}`))) {
      bytes += gzipSync(await readFile(join(dist, path))).length;
    }
  }
  return bytes;
}
