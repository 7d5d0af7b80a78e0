import type { FromServiceWorker, ToServiceWorker } from '../../service-worker/messages';
import { useStore } from '../state/store';

/** By then the first sweep is under way, and the line is free. */
const PATIENCE_MS = 3000;

let waiting: ServiceWorker | null = null;
let wasAsked = false;

const tell = (worker: ServiceWorker | null, message: ToServiceWorker): void => worker?.postMessage(message);

/** Takes the new build that waits; every tab of the page reloads with it. */
export function takeUpdate(): void {
  wasAsked = true;
  tell(waiting, 'take over');
}

function followUpdates(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    waiting = registration.waiting;
    if (waiting !== null && registration.active !== null) useStore.setState({ updateReady: true });
  };
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
}

/** Where it can: keeps the page for use without a network, and says when a new build of it is there. */
export async function keepOffline(): Promise<void> {
  if (import.meta.env.DEV || !window.isSecureContext || !('serviceWorker' in navigator)) return;
  // A frame belongs to another page.
  if (window.self !== window.top) return;
  const { serviceWorker } = navigator;
  const hadController = serviceWorker.controller !== null;
  serviceWorker.addEventListener('message', ({ data }) => {
    if (data === ('kept' satisfies FromServiceWorker)) useStore.setState({ keptOffline: true });
  });
  serviceWorker.addEventListener('controllerchange', () => {
    // From here on files come from another build than this page.
    if (hadController || wasAsked) window.location.reload();
  });
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  try {
    const script = new URL('service-worker.js', document.baseURI);
    followUpdates(await serviceWorker.register(script, { type: 'module' }));
    tell((await serviceWorker.ready).active, 'keep');
  } catch {
    // A convenience: the page works without it.
  }
}
