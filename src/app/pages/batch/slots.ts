/** Places in the store, one for each tab that is open at a time, so that no tab writes into another's run. */

const SLOTS = 8;
/** In sessionStorage, which a tab keeps over a reload. */
const KEY = 'probust-dataset-slot';
/** So long the page before a reload may take to let go. */
const PATIENCE_MS = 3000;

const lockName = (slot: number): string => `probust-dataset-${slot}`;

/** Holds a slot for as long as the page lives; false if another page holds it. */
function hold(slot: number, patienceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options: LockOptions =
      patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
    navigator.locks
      .request(lockName(slot), options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => {});
      })
      .catch(() => resolve(false));
  });
}

function remembered(): number | null {
  try {
    const slot = Number(sessionStorage.getItem(KEY) ?? Number.NaN);
    return Number.isInteger(slot) && slot >= 0 && slot < SLOTS ? slot : null;
  } catch {
    return null;
  }
}

function remember(slot: number): number {
  try {
    sessionStorage.setItem(KEY, String(slot));
  } catch {
    // Then the tab takes another free slot after a reload.
  }
  return slot;
}

export interface TakenSlot {
  readonly slot: number;
  /** Another tab holds a run that this one would else have shown. */
  readonly isBesideAnother: boolean;
}

/**
 * The slot of this tab: the one that it had before a reload, else the one with the latest run that no other tab holds, else
 * an empty one. Null if all are held.
 * @param keptAt when each slot with a run was last written, by number
 */
export async function takeSlot(keptAt: ReadonlyMap<number, number>): Promise<TakenSlot | null> {
  // Without a secure context there are no locks; the store itself then lets the last tab alone write.
  if (!('locks' in navigator)) return { slot: 0, isBesideAnother: false };
  const own = remembered();
  if (own !== null && (await hold(own, PATIENCE_MS))) return { slot: own, isBesideAnother: false };
  const all = Array.from({ length: SLOTS }, (_, slot) => slot);
  const latest = all.sort((a, b) => (keptAt.get(b) ?? -1) - (keptAt.get(a) ?? -1) || a - b);
  let isBesideAnother = false;
  for (const slot of latest) {
    if (await hold(slot, 0)) return { slot: remember(slot), isBesideAnother };
    isBesideAnother ||= keptAt.has(slot);
  }
  return null;
}
