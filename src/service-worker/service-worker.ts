/// <reference lib="webworker" />
import { isolated } from './isolation';

/**
 * Gives the page's own responses the headers of cross-origin isolation and the Content Security Policy, which a static host
 * cannot be told to send and a worker has from its own file alone.
 * Requests to other origins are none of its business, and the page makes none.
 */
declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isOwn = new URL(request.url).origin === self.location.origin;
  // Chromium's "only-if-cached" requests come from other tools and may not be fetched across modes.
  const isFetchable = request.cache !== 'only-if-cached' || request.mode === 'same-origin';
  if (isOwn && isFetchable) event.respondWith(fetch(request).then(isolated));
});
