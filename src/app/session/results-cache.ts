import type { Estimate } from '../../estimators/estimate';
import { LruCache } from '../../estimators/lru-cache';
import { keyForPredicted } from '../state/selectors';
import type { CursorState, NoisyCopies, SweepState } from '../state/store';

/** What was computed since the page was opened, so that going back is instant. Another backend would find the same. */
const sweeps = new LruCache<SweepState>(32);
const cursors = new LruCache<KeptCursor>(256);

/** Without the picture, which is part of the key, and the noise, which follows from the seed. */
export type KeptCopies = Omit<NoisyCopies, 'x' | 'normals'>;

interface KeptCursor {
  readonly copies: KeptCopies | null;
  readonly estimates: CursorState['estimates'];
  readonly history: CursorState['history'];
  readonly classes: CursorState['classes'];
  readonly certificate: CursorState['certificate'];
}

const NOTHING_KEPT: KeptCursor = {
  copies: null,
  estimates: {},
  history: {},
  classes: {},
  certificate: null,
};

export function keepSweep(sweep: SweepState): void {
  const { key, prediction } = sweep;
  if (prediction === null) return;
  sweeps.set(key, sweep);
  if (prediction.predicted === prediction.target) sweeps.set(keyForPredicted(key), sweep);
}

/** What was kept under the key, or for a predicted class that is the one the key asks for. */
function findSweep(key: string): SweepState | undefined {
  const exact = sweeps.get(key);
  if (exact !== undefined) return exact;
  const predicted = sweeps.get(keyForPredicted(key));
  return predicted !== undefined && key.endsWith(`|${predicted.prediction?.target}`) ? predicted : undefined;
}

/** The sweep as it was left. What failed is open again; what ran has to be started by the caller. */
export function recallSweep(key: string): SweepState | undefined {
  const sweep = findSweep(key);
  if (sweep === undefined) return undefined;
  const status = sweep.status === 'failed' ? 'running' : sweep.status;
  return { ...sweep, key, status, failed: [], secondsLeft: null, recalled: true };
}

const cursorKey = ({ base, sigma }: Pick<CursorState, 'base' | 'sigma'>): string => `${base}|${sigma}`;

/** Adds to what is known of a sweep's key and a radius. */
export function keepAtCursor(place: Pick<CursorState, 'base' | 'sigma'>, found: Partial<KeptCursor>): void {
  cursors.set(cursorKey(place), { ...recallAtCursor(place), ...found });
}

/** The copies and estimates found at a radius; empty if there are none. */
export function recallAtCursor(place: Pick<CursorState, 'base' | 'sigma'>): KeptCursor {
  return cursors.get(cursorKey(place)) ?? NOTHING_KEPT;
}

/**
 * Of two estimates of the same numbers, the one further on. A job that runs again passes through everything that was
 * found before: it replaces none of that until it is as far, or at its stop, which may come sooner than that of another
 * class whose copies were counted.
 */
export function further(known: Estimate | undefined, next: Estimate): Estimate {
  if (known === undefined || known.evaluations <= next.evaluations) return next;
  const isAtItsStop = isProvisional(known) && !isProvisional(next);
  return isAtItsStop ? next : known;
}

const isProvisional = ({ flags }: Estimate): boolean => flags.includes('provisional');
