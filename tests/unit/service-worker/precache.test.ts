import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { precacheList } from '../../../build/precache';
import {
  type FileCache,
  fill,
  fromCache,
  isComplete,
  type PrecacheList,
  pathWithin,
} from '../../../src/service-worker/precache';

const SCOPE = 'https://host.example/~somebody/probust/';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

function listOf(version: string, files: Readonly<Record<string, string>>): PrecacheList {
  return {
    version,
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, hash(text)])),
  };
}

class MemoryCache implements FileCache {
  readonly entries = new Map<string, Response>();
  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    return this.entries.get(String(request))?.clone();
  }
  async put(request: RequestInfo | URL, response: Response): Promise<void> {
    this.entries.set(String(request), response);
  }
}

/** A host that serves these files below the scope, and counts who asks. */
function hostOf(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (address: string): Promise<Response> => {
      const path = address.slice(SCOPE.length);
      asked.push(path);
      const text = files[path];
      return text === undefined
        ? new Response('', { status: 404 })
        : new Response(text, { headers: { 'Content-Type': 'text/x' } });
    },
  };
}

const FIRST = { 'index.html': 'one', 'assets/a.js': 'a', 'models/index.json': '{}' };
const SECOND = { 'index.html': 'two', 'assets/b.js': 'b', 'models/index.json': '{}' };

describe('keeping the files of a build', () => {
  it('serves from a complete cache, whatever the query, and nothing else', async () => {
    const [cache, list, host] = [new MemoryCache(), listOf('1', FIRST), hostOf(FIRST)];
    await fill({ cache, list, scope: SCOPE, older: [], fetch: host.fetch });
    expect(host.asked.toSorted()).toEqual(Object.keys(FIRST).toSorted());
    const page = await fromCache(cache, list, SCOPE, `${SCOPE}?view=learn`);
    expect(await page?.text()).toBe('one');
    expect(page?.headers.get('Content-Type')).toBe('text/x');
    expect(await (await fromCache(cache, list, SCOPE, `${SCOPE}assets/a.js`))?.text()).toBe('a');
    expect(await fromCache(cache, list, SCOPE, `${SCOPE}data/index.json`)).toBeUndefined();
    expect(await fromCache(cache, list, SCOPE, 'https://host.example/index.html')).toBeUndefined();
  });

  it('is all or nothing: a file that is missing or of another build leaves the cache unused', async () => {
    const list = listOf('1', FIRST);
    for (const served of [{ ...FIRST, 'assets/a.js': 'newer' }, { 'index.html': 'one' }]) {
      const cache = new MemoryCache();
      const { fetch } = hostOf(served as Record<string, string>);
      await expect(fill({ cache, list, scope: SCOPE, older: [], fetch })).rejects.toThrow();
      expect(await isComplete(cache, SCOPE)).toBe(false);
      expect(await fromCache(cache, list, SCOPE, SCOPE)).toBeUndefined();
      // The next try needs only what is missing.
      const again = hostOf(FIRST);
      await fill({ cache, list, scope: SCOPE, older: [], fetch: again.fetch });
      expect(again.asked.length).toBeLessThan(3);
      expect(await isComplete(cache, SCOPE)).toBe(true);
    }
  });

  it('takes over what another build has in common, and leaves that build as it is', async () => {
    const [one, two] = [new MemoryCache(), new MemoryCache()];
    const [first, second] = [listOf('1', FIRST), listOf('2', SECOND)];
    await fill({ cache: one, list: first, scope: SCOPE, older: [], fetch: hostOf(FIRST).fetch });
    const host = hostOf(SECOND);
    await fill({ cache: two, list: second, scope: SCOPE, older: [one], fetch: host.fetch });
    expect(host.asked.toSorted()).toEqual(['assets/b.js', 'index.html']);
    expect(await (await fromCache(one, first, SCOPE, SCOPE))?.text()).toBe('one');
    expect(await (await fromCache(two, second, SCOPE, SCOPE))?.text()).toBe('two');
  });
});

describe('paths', () => {
  it('count from the folder of the page', () => {
    expect(pathWithin(SCOPE, SCOPE)).toBe('index.html');
    expect(pathWithin(SCOPE, `${SCOPE}a%20b.js?x#y`)).toBe('a b.js');
    expect(pathWithin(SCOPE, 'https://host.example/other/a.js')).toBeNull();
    expect(pathWithin(SCOPE, 'https://elsewhere.example/~somebody/probust/a.js')).toBeNull();
  });
});

describe('the list of a build', () => {
  it('has every file but the service worker, fonts of old formats and data sets, and changes with any of them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'precache-'));
    try {
      mkdirSync(join(folder, 'assets'));
      mkdirSync(join(folder, 'data'));
      for (const path of [
        'index.html',
        'sw.js',
        'assets/a.js',
        'assets/f.woff',
        'assets/f.woff2',
        'data/index.json',
      ]) {
        writeFileSync(join(folder, path), path);
      }
      const list = precacheList(folder, 'sw.js');
      expect(Object.keys(list.files)).toEqual(['assets/a.js', 'assets/f.woff2', 'index.html']);
      expect(list.files['index.html']).toBe(hash('index.html'));
      writeFileSync(join(folder, 'index.html'), 'changed');
      expect(precacheList(folder, 'sw.js').version).not.toBe(list.version);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
