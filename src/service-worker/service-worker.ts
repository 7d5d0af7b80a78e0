/// <reference lib="webworker" />
import { isolated } from './isolation';
import type { FromServiceWorker, ToServiceWorker } from './messages';
import { cacheName, fill, fromCache, isOurs, type PrecacheList, pathWithin } from './precache';

/**
 * Gives the page's own responses the headers of cross-origin isolation, which a static host cannot be told to send, and all
 * but the page itself the Content Security Policy, which a worker has from its own file alone; and keeps the page for use
 * without a network.
 * All files of one page come from one build: from its cache once that is complete, from the network before. Another build
 * is fetched whole beside it and waits until the page is closed, or until the person says so.
 * Requests to other origins are none of its business, and the page makes none.
 */
declare const self: ServiceWorkerGlobalScope;
/** Put in by build/precache.ts. */
declare const __PRECACHE__: PrecacheList;

// Written out here: what is shared with the page becomes a file of its own, which this one should not depend on.
const DATA_INDEX = 'data/index.json';

const list = __PRECACHE__;
const { scope } = self.registration;

async function keep(): Promise<void> {
  const names = (await caches.keys()).filter((name) => isOurs(name) && name !== cacheName(list));
  const older = await Promise.all(names.map((name) => caches.open(name)));
  const cache = await caches.open(cacheName(list));
  // Past the browser's own cache, which may hold files of the build before.
  await fill({ cache, list, scope, older, fetch: (address) => fetch(address, { cache: 'no-cache' }) });
}

async function dropOthers(): Promise<void> {
  const names = (await caches.keys()).filter((name) => isOurs(name) && name !== cacheName(list));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const kept =
    request.method === 'GET'
      ? await caches
          .open(cacheName(list))
          .then((cache) => fromCache(cache, list, scope, request.url))
          // A store that is denied or damaged is none.
          .catch(() => undefined)
      : undefined;
  if (kept !== undefined) return isolated(kept, request.url);
  try {
    return isolated(await fetch(request), request.url);
  } catch (error) {
    // Data sets are not kept: without a network there are none.
    if (pathWithin(scope, request.url) !== DATA_INDEX) throw error;
    return isolated(Response.json({ schema: 'probust-data/1', sets: [] }), request.url);
  }
}

self.addEventListener('install', (event) => {
  // The first one isolates the page at once and keeps it when asked; a later one comes with all its files or not at all.
  event.waitUntil(self.registration.active === null ? self.skipWaiting() : keep());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([dropOthers(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const { data, source } = event as ExtendableMessageEvent & { readonly data: ToServiceWorker };
  if (data === 'take over') event.waitUntil(self.skipWaiting());
  // Without a network it is tried again with the next visit.
  if (data === 'keep')
    event.waitUntil(
      keep().then(
        () => source?.postMessage('kept' satisfies FromServiceWorker),
        () => undefined,
      ),
    );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isOwn = new URL(request.url).origin === self.location.origin;
  // Chromium's "only-if-cached" requests come from other tools and may not be fetched across modes.
  const isFetchable = request.cache !== 'only-if-cached' || request.mode === 'same-origin';
  if (isOwn && isFetchable) event.respondWith(answer(request));
});
