/** What the built page tells of itself while it runs; installed before any of its scripts. */

export interface Observed {
  /** First paint of content, ms after the navigation. */
  paint: number | null;
  /** When the controls were there. */
  controls: number | null;
  /** When the first line of a chart was drawn. */
  curve: number | null;
  /** How often a sweep has ended. */
  swept: number;
  /** Tasks of the main thread of over 50 ms. */
  readonly longTasks: { readonly start: number; readonly ms: number }[];
}

declare global {
  interface Window {
    observed: Observed;
  }
}

/** Runs in the page. */
export function observe(): void {
  const observed: Observed = { paint: null, controls: null, curve: null, swept: 0, longTasks: [] };
  window.observed = observed;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      observed.longTasks.push({ start: startTime, ms: duration });
    }
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (name === 'first-contentful-paint') observed.paint = startTime;
    }
  }).observe({ type: 'paint', buffered: true });
  // What is said to those who listen, which is in time also where the rest of the panel is out of sight.
  new MutationObserver((changes) => {
    const said = new Set(
      changes.map(({ target }) => target.parentElement?.closest('[data-progress] [aria-live]')),
    );
    for (const element of said) if (element?.textContent.startsWith('Done')) observed.swept++;
  }).observe(document, { subtree: true, characterData: true });
  const look = (): void => {
    const now = performance.now();
    if (document.querySelector('[data-sample]') !== null) observed.controls ??= now;
    if (document.querySelector('[data-part="line"][d^="M"]') !== null) observed.curve ??= now;
    if (observed.controls === null || observed.curve === null) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** From when on the page answers at once: its controls are there, and no long task that began before is still running. */
export function interactiveAt({ controls, longTasks }: Observed): number | null {
  if (controls === null) return null;
  return longTasks.reduce(
    (at, { start, ms }) => (start <= at && start + ms > at ? start + ms : at),
    controls,
  );
}

/** Sum of what every task since `from` took beyond 50 ms: what a person feels as stutter. */
export const blockingTime = (longTasks: Observed['longTasks'], from = 0): number =>
  longTasks.reduce((sum, { start, ms }) => sum + (start >= from ? Math.max(0, ms - 50) : 0), 0);

/** The longest task since `from`; 0 where none was over 50 ms, which is as far as the browser tells. */
export const longestTask = (longTasks: Observed['longTasks'], from = 0): number =>
  longTasks.reduce((most, { start, ms }) => (start >= from ? Math.max(most, ms) : most), 0);
