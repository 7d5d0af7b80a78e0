/** The files of one build. */
export interface PrecacheList {
  /** Differs whenever a file does. */
  readonly version: string;
  /** SHA-256 in hexadecimal by the file's path below the page's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** What this needs of the browser's `Cache`. */
export type FileCache = Pick<Cache, 'match' | 'put'>;

const PREFIX = 'probust-';
/** Put last: a cache without it is not served from. */
const COMPLETE = 'complete';
const HASH_HEADER = 'x-probust-sha256';
const AT_A_TIME = 6;

export const cacheName = ({ version }: PrecacheList): string => `${PREFIX}${version}`;

export const isOurs = (name: string): boolean => name.startsWith(PREFIX);

/** The path below the page's folder that a request is for, without its query; the page itself is index.html. */
export function pathWithin(scope: string, address: string): string | null {
  const folder = new URL(scope);
  const url = new URL(address);
  if (url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname)) return null;
  const path = decodeURIComponent(url.pathname.slice(folder.pathname.length));
  return path === '' ? 'index.html' : path;
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Filling {
  readonly cache: FileCache;
  readonly list: PrecacheList;
  readonly scope: string;
  /** Of other builds, from which files that have not changed are taken over. */
  readonly older: readonly FileCache[];
  fetch(address: string): Promise<Response>;
}

/**
 * Brings all files of a build into its cache, and marks it complete. Rejects, leaving it unmarked, if one of them cannot be
 * had or is of another build, as while a host is being updated: what is there already is kept for the next try.
 */
export async function fill({ cache, list, scope, older, fetch }: Filling): Promise<void> {
  if (await isComplete(cache, scope)) return;
  const pending = Object.entries(list.files);
  const bring = async ([path, hash]: [string, string]): Promise<void> => {
    const address = new URL(path, scope).href;
    const known = await Promise.all([cache, ...older].map((each) => each.match(address)));
    const same = known.find((response) => response?.headers.get(HASH_HEADER) === hash);
    if (same !== undefined) {
      await cache.put(address, same);
      return;
    }
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${path}: status ${response.status}`);
    const bytes = await response.arrayBuffer();
    if ((await sha256(bytes)) !== hash) throw new Error(`${path} is of another build`);
    const headers = { 'Content-Type': response.headers.get('Content-Type') ?? '', [HASH_HEADER]: hash };
    await cache.put(address, new Response(bytes, { headers }));
  };
  const work = async (): Promise<void> => {
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) await bring(next);
  };
  // To the end even if one fails, so that the next try finds the more.
  const ends = await Promise.allSettled(Array.from({ length: AT_A_TIME }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  await cache.put(new URL(COMPLETE, scope).href, new Response(list.version));
}

export async function isComplete(cache: FileCache, scope: string): Promise<boolean> {
  return (await cache.match(new URL(COMPLETE, scope).href)) !== undefined;
}

/** A file of the build from its complete cache; undefined where it is none, or the cache is not complete. */
export async function fromCache(
  cache: FileCache,
  list: PrecacheList,
  scope: string,
  address: string,
): Promise<Response | undefined> {
  const path = pathWithin(scope, address);
  if (path === null || !(path in list.files)) return undefined;
  if (!(await isComplete(cache, scope))) return undefined;
  return cache.match(new URL(path, scope).href);
}
