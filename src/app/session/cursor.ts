import { cursorSigma, shownEstimators, sweepKey } from '../state/selectors';
import { type CursorState, useStore } from '../state/store';
import { latestOnly } from './latest';
import { report } from './problem';
import { further, keepAtCursor, recallAtCursor } from './results-cache';
import { cancelJob, jobRequest, runJob } from './run-job';
import { engine } from './workers';

/** The cursor's own estimates start once it has rested this long. */
const REST_MS = 250;
/** Samples 0 to 99 of the Monte Carlo stream: the copies that the grid shows. */
const SHOWN_COPIES = 100;

let runningId = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

const requestCopies = latestOnly(async (base: string) => {
  const { model, image, settings, cursor, sweep } = useStore.getState();
  const target = sweep?.prediction?.target;
  if (model === null || image === null || target === undefined || cursor?.base !== base) return;
  const { sigma } = cursor;
  if (cursor.copies?.sigma === sigma) return;
  const { seed } = settings;
  const x = image.prepared.data;
  try {
    const request = { modelId: model.card.id, x, sigma, seed, target, count: SHOWN_COPIES };
    const classes = await engine.classifyCopies(request);
    const found = { sigma, seed, target, classes };
    keepAtCursor(cursor, { copies: found });
    // Copies of the radius before are better than older ones, and worse than the right ones.
    useStore.setState(({ cursor: now }) =>
      now?.base === base && now.copies?.sigma !== now.sigma
        ? { cursor: { ...now, copies: { ...found, x } } }
        : {},
    );
  } catch (error) {
    report(error);
    useStore.setState(({ cursor: now }) => (now?.base === base ? { cursor: { ...now, copies: null } } : {}));
  }
});

/**
 * Brings the cursor in line with the state: its noisy copies, and its own estimates where the sweep has no such
 * radius. Copies of another image, model or target are dropped at once; of another radius, once the new ones are there.
 */
export function ensureCursor(): void {
  const state = useStore.getState();
  const sigma = cursorSigma(state);
  const base = sweepKey(state);
  const target = state.sweep?.prediction?.target;
  if (sigma === null || base === null || target === undefined) return;
  const key = `${base}|${sigma}|${shownEstimators(state).join()}`;
  if (state.cursor?.key === key) return;
  const known = recallAtCursor({ base, sigma });
  const x = state.image?.prepared.data;
  const shown = state.cursor?.base === base ? state.cursor.copies : null;
  const copies = known.copies !== null && x !== undefined ? { ...known.copies, x } : shown;
  const { estimates, classes, certificate } = known;
  const cursor: CursorState = { key, base, sigma, copies, estimates, classes, certificate };
  useStore.setState({ cursor });
  if (copies?.sigma !== sigma) requestCopies(base);

  clearTimeout(timer);
  cancelJob(runningId);
  runningId = 0;
  if (state.sweep?.sigmas.includes(sigma)) return;
  timer = setTimeout(() => startJob(key, sigma), REST_MS);
}

function startJob(key: string, sigma: number): void {
  const state = useStore.getState();
  const { cursor } = state;
  if (cursor?.key !== key) return;
  const isMissing = (id: string): boolean => cursor.estimates[id]?.flags.includes('provisional') ?? true;
  const request = jobRequest(state, [sigma], shownEstimators(state).filter(isMissing));
  if (request === null || request.estimators.length === 0) return;
  runningId = runJob(request, (event) => {
    if (event.jobId !== runningId) return;
    if (event.type === 'error') report(event.error);
    const { cursor: now } = useStore.getState();
    if (event.type !== 'partial' || now?.key !== key) return;
    const estimates = { ...now.estimates };
    for (const { estimatorId, estimate } of event.updates) {
      estimates[estimatorId] = further(estimates[estimatorId], estimate);
    }
    keepAtCursor(now, { estimates });
    useStore.setState({ cursor: { ...now, estimates } });
  });
}
