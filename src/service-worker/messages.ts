/** What the page asks of its service worker. */
export type ToServiceWorker =
  /** Keep the whole page for use without a network. */
  | 'keep'
  /** Take the place of the build before. */
  | 'take over';

/** What the service worker tells the page: all of it is kept. */
export type FromServiceWorker = 'kept';
