/** Idle work starts at the latest after this, in milliseconds. */
const LATEST_MS = 1000;

const waiting = new Set<() => void>();
let isAsked = false;

function next(): void {
  isAsked = false;
  const [work] = waiting;
  if (work === undefined) return;
  waiting.delete(work);
  if (waiting.size > 0) ask();
  work();
}

function ask(): void {
  if (isAsked) return;
  isAsked = true;
  // Safari has none.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(next, { timeout: LATEST_MS });
  else setTimeout(next, 50);
}

/**
 * Has something done once the page has nothing better to do; of all that waits, one a turn and in order, so that input
 * and frames come between.
 * @returns takes it back
 */
export function whenIdle(work: () => void): () => void {
  waiting.add(work);
  ask();
  return () => void waiting.delete(work);
}
