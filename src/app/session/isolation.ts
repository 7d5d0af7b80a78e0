const TRIED = 'probust:isolation-tried';
const ACTIVATION_LIMIT_MS = 3000;

function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  if (worker === null) return Promise.resolve();
  return new Promise((resolve) => {
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
    setTimeout(resolve, ACTIVATION_LIMIT_MS);
  });
}

/**
 * Where the server does not isolate the page, a service worker can, from the next load on: installs it and reloads,
 * once a session. Resolves to true if the page is about to reload. Without it the engine runs on one thread.
 */
export async function ensureIsolation(): Promise<boolean> {
  if (window.crossOriginIsolated || !window.isSecureContext || !('serviceWorker' in navigator)) return false;
  // In a frame the headers of the embedding page decide.
  if (import.meta.env.DEV || window.self !== window.top) return false;
  try {
    if (sessionStorage.getItem(TRIED) !== null) return false;
    sessionStorage.setItem(TRIED, '1');
    const script = new URL('service-worker.js', document.baseURI);
    const registration = await navigator.serviceWorker.register(script, { type: 'module' });
    await activated(registration);
  } catch {
    return false;
  }
  window.location.reload();
  return true;
}
