import { readSettings, type Settings, writeSettings } from '../state/settings';
import { updateSettings, useStore } from '../state/store';

/** Browsers refuse many changes of the address in a short time. */
const BETWEEN_ADDRESSES_MS = 300;

/** The address that restores the settings, with some of them changed. */
export function addressOf(change: Partial<Settings> = {}): string {
  const { pathname, hash } = window.location;
  return `${pathname}${writeSettings({ ...useStore.getState().settings, ...change })}${hash}`;
}

let written = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(how: 'pushState' | 'replaceState', change: Partial<Settings> = {}): void {
  clearTimeout(timer);
  const { pathname, search, hash } = window.location;
  const address = addressOf(change);
  // The browser makes sure that it may, which takes it a while.
  if (how === 'replaceState' && address === `${pathname}${search}${hash}`) return;
  written = performance.now();
  try {
    window.history[how](null, '', address);
  } catch {
    // The link is a convenience; the next change tries again.
  }
}

/** The same in full. */
export const linkOf = (change: Partial<Settings> = {}): string =>
  new URL(addressOf(change), window.location.href).href;

/** Goes to another view or step, from which the browser's back button leads back. */
export function goTo(change: Partial<Settings>): void {
  write('replaceState');
  write('pushState', change);
  updateSettings(change);
}

/** Writes the settings into the address, soon after a rest, else when it is over; follows it back and forth between views and steps. */
export function followAddress(): void {
  useStore.subscribe((state, previous) => {
    if (state.settings === previous.settings) return;
    clearTimeout(timer);
    // Not before what has changed is drawn.
    timer = setTimeout(() => write('replaceState'), written + BETWEEN_ADDRESSES_MS - performance.now());
  });
  window.addEventListener('popstate', () => {
    const { view, step, point, noise } = readSettings(window.location.search);
    updateSettings({ view, step, point, noise });
  });
}
