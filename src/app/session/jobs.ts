import { proxy } from 'comlink';
import { ESTIMATORS } from '../../estimators/registry';
import type { JobEvent, SweepJob } from '../../workers/protocol';
import { sweepRadii } from '../state/radii';
import { cursorSigma, sweepKey } from '../state/selectors';
import { stopRule } from '../state/settings';
import { type AppState, type CursorState, type SweepState, useStore } from '../state/store';
import { latestOnly } from './latest';
import { engine } from './workers';

/** The cursor's own estimates start once it has rested this long. */
const CURSOR_REST_MS = 250;
/** Samples 0 to 99 of the Monte Carlo stream: the copies that the grid shows. */
export const SHOWN_COPIES = 100;

let lastJobId = 0;
let sweepJobId = 0;
let cursorJobId = 0;
let cursorTimer: ReturnType<typeof setTimeout> | undefined;

function runJob(job: Omit<SweepJob, 'id'>, onEvent: (event: JobEvent) => void): number {
  const id = ++lastJobId;
  void engine.run({ ...job, id }, proxy(onEvent)).catch((error: unknown) => {
    useStore.setState({ problem: `The engine stopped: ${String(error)}. Reload the page to go on.` });
  });
  return id;
}

function jobFor(
  state: AppState,
  sigmas: readonly number[],
  estimators: readonly string[],
): Omit<SweepJob, 'id'> | null {
  const { model, image, settings } = state;
  if (model === null || image === null) return null;
  return {
    modelId: model.card.id,
    x: image.prepared.data,
    target: settings.target !== null && settings.target < model.card.labels.length ? settings.target : null,
    sigmas,
    estimators: ESTIMATORS.filter(({ id }) => estimators.includes(id)).map(({ id }) => id),
    seed: settings.seed,
    stop: stopRule(settings),
  };
}

function updateSweep(key: string, change: (sweep: SweepState) => Partial<SweepState>): void {
  useStore.setState(({ sweep }) => (sweep?.key === key ? { sweep: { ...sweep, ...change(sweep) } } : {}));
}

/**
 * Brings the sweep in line with the state: a new image, model or setting cancels the running job and starts the next;
 * an estimator that was switched on is computed alone, beside what is there.
 */
export function ensureSweep(): void {
  const state = useStore.getState();
  const key = sweepKey(state);
  if (key === null || state.model === null) return;
  const radii = sweepRadii(state.settings, state.model.card);
  if (state.sweep?.key !== key) {
    const empty: SweepState = {
      key,
      status: 'running',
      fraction: 0,
      secondsLeft: null,
      sigmas: radii,
      prediction: null,
      estimates: {},
      complete: [],
      ms: null,
    };
    useStore.setState({ sweep: empty });
  }
  const complete = useStore.getState().sweep?.complete ?? [];
  const missing = state.settings.estimators.filter((id) => !complete.includes(id));
  void engine.cancel(sweepJobId);
  sweepJobId = 0;
  const job = jobFor(state, radii, missing);
  if (missing.length === 0 || job === null) {
    updateSweep(key, () => ({ status: 'done' }));
    return;
  }
  updateSweep(key, () => ({ status: 'running', fraction: 0, secondsLeft: null }));
  sweepJobId = runJob(job, (event) => {
    if (event.jobId === sweepJobId) applySweepEvent(key, job, event);
  });
}

function applySweepEvent(key: string, job: Omit<SweepJob, 'id'>, event: JobEvent): void {
  switch (event.type) {
    case 'progress':
      updateSweep(key, () => ({
        fraction: event.fraction,
        secondsLeft: event.secondsLeft,
      }));
      break;
    case 'partial':
      updateSweep(key, ({ estimates, prediction }) => {
        const next: Record<string, SweepState['estimates'][string]> = { ...estimates };
        for (const { estimatorId, sigmaIndex, estimate } of event.updates) {
          next[estimatorId] = job.sigmas.map((_, i) =>
            i === sigmaIndex ? estimate : next[estimatorId]?.[i],
          );
        }
        return { estimates: next, prediction: event.prediction ?? prediction };
      });
      break;
    case 'done':
      updateSweep(key, ({ complete }) => ({
        status: event.cancelled ? 'cancelled' : 'done',
        complete: event.cancelled ? complete : [...complete, ...job.estimators],
        ms: event.ms,
      }));
      break;
    case 'error':
      updateSweep(key, () => ({ status: 'failed' }));
      useStore.setState({ problem: event.error.message });
      break;
  }
}

/** Stops the sweep and keeps what it found. */
export function cancelSweep(): void {
  const { sweep } = useStore.getState();
  void engine.cancel(sweepJobId);
  if (sweep?.status === 'running') updateSweep(sweep.key, () => ({ status: 'cancelled' }));
  sweepJobId = 0;
}

const requestCopies = latestOnly(async (cursorKey: string) => {
  const { model, image, settings, cursor } = useStore.getState();
  if (model === null || image === null || cursor?.key !== cursorKey) return;
  const { sigma } = cursor;
  try {
    const classes = await engine.classifyCopies({
      modelId: model.card.id,
      x: image.prepared.data,
      sigma,
      seed: settings.seed,
      count: SHOWN_COPIES,
    });
    const copies = { sigma, seed: settings.seed, x: image.prepared.data, classes };
    useStore.setState((now) =>
      now.image === image && now.model === model && now.cursor ? { cursor: { ...now.cursor, copies } } : {},
    );
  } catch (error) {
    const message = (error as { message?: unknown }).message;
    useStore.setState({
      problem: typeof message === 'string' ? message : 'The noisy copies could not be computed.',
    });
  }
});

/** Brings the cursor's copies and, between the radii of the sweep, its own estimates in line with the state. */
export function ensureCursor(): void {
  const state = useStore.getState();
  const sigma = cursorSigma(state);
  const base = sweepKey(state);
  if (sigma === null || base === null) return;
  const key = `${base}|${sigma}|${state.settings.estimators.join()}`;
  if (state.cursor?.key === key) return;
  const sameImage = state.cursor?.copies?.x === state.image?.prepared.data;
  const cursor: CursorState = {
    key,
    sigma,
    copies: sameImage ? (state.cursor?.copies ?? null) : null,
    estimates: {},
  };
  useStore.setState({ cursor });
  requestCopies(key);

  clearTimeout(cursorTimer);
  void engine.cancel(cursorJobId);
  cursorJobId = 0;
  if (state.sweep?.sigmas.includes(sigma)) return;
  cursorTimer = setTimeout(() => startCursorJob(key, sigma), CURSOR_REST_MS);
}

function startCursorJob(key: string, sigma: number): void {
  const state = useStore.getState();
  const job = jobFor(state, [sigma], state.settings.estimators);
  if (job === null || state.cursor?.key !== key) return;
  cursorJobId = runJob(job, (event) => {
    if (event.jobId !== cursorJobId || event.type !== 'partial') return;
    useStore.setState(({ cursor }) => {
      if (cursor?.key !== key) return {};
      const estimates = { ...cursor.estimates };
      for (const { estimatorId, estimate } of event.updates) estimates[estimatorId] = estimate;
      return { cursor: { ...cursor, estimates } };
    });
  });
}
