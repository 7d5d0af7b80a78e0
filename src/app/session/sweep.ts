import type { JobEvent } from '../../workers/protocol';
import { sweepRadii } from '../state/radii';
import { shownEstimators, sweepKey } from '../state/selectors';
import { type SweepState, useStore } from '../state/store';
import { report } from './problem';
import { further, keepSweep, recallSweep } from './results-cache';
import { cancelJob, jobRequest, runJob } from './run-job';

interface RunningJob {
  /** Estimators that this job has not finished. */
  readonly pending: Set<string>;
  fraction: number;
  secondsLeft: number | null;
}

/** The jobs of the sweep that is shown. An estimator that is switched on meanwhile gets a job of its own. */
const running = new Map<number, RunningJob>();

function updateSweep(key: string, change: (sweep: SweepState) => Partial<SweepState>): void {
  useStore.setState(({ sweep }) => (sweep?.key === key ? { sweep: { ...sweep, ...change(sweep) } } : {}));
}

function cancelRunning(isUnwanted: (job: RunningJob) => boolean = () => true): void {
  for (const [id, job] of running) {
    if (!isUnwanted(job)) continue;
    cancelJob(id);
    running.delete(id);
  }
}

function showProgress(key: string): void {
  const jobs = [...running.values()];
  updateSweep(key, ({ status, fraction }) => ({
    status: jobs.length > 0 ? 'running' : status === 'running' ? 'done' : status,
    fraction: jobs.length > 0 ? Math.min(...jobs.map((job) => job.fraction)) : fraction,
    secondsLeft: jobs.reduce<number | null>(
      (longest, { secondsLeft }) => (secondsLeft === null ? longest : Math.max(secondsLeft, longest ?? 0)),
      null,
    ),
  }));
}

/**
 * Brings the sweep in line with the state: another image, model or setting cancels what runs and shows what is known of
 * it; what is missing is computed beside what is there and what runs. A sweep that was cancelled stays so.
 */
export function ensureSweep(): void {
  const state = useStore.getState();
  const key = sweepKey(state);
  if (key === null || state.model === null) return;
  const sigmas = sweepRadii(state.settings, state.model.card);
  if (state.sweep?.key !== key) {
    cancelRunning();
    if (state.sweep !== null) keepSweep(state.sweep);
    const empty: SweepState = {
      key,
      status: 'running',
      fraction: 0,
      secondsLeft: null,
      sigmas,
      prediction: null,
      estimates: {},
      complete: [],
      failed: [],
      ms: null,
      recalled: false,
    };
    const sweep = recallSweep(key) ?? empty;
    useStore.setState({ sweep });
    if (sweep.status === 'cancelled') return;
  }
  const shown = shownEstimators(state);
  cancelRunning(({ pending }) => !shown.some((id) => pending.has(id)));
  const { complete = [], failed = [] } = useStore.getState().sweep ?? {};
  const busy = [...running.values()].flatMap(({ pending }) => [...pending]);
  const missing = shown.filter((id) => ![...complete, ...failed, ...busy].includes(id));
  const request = jobRequest(state, sigmas, missing);
  if (missing.length > 0 && request !== null) {
    const job: RunningJob = { pending: new Set(request.estimators), fraction: 0, secondsLeft: null };
    const id = runJob(request, (event) => applyEvent(key, sigmas, event));
    running.set(id, job);
    updateSweep(key, () => ({ recalled: false }));
  }
  showProgress(key);
}

function applyEvent(key: string, sigmas: readonly number[], event: JobEvent): void {
  const job = running.get(event.jobId);
  if (job === undefined) return;
  switch (event.type) {
    case 'progress':
      job.fraction = event.fraction;
      job.secondsLeft = event.secondsLeft;
      break;
    case 'partial': {
      const { updates, prediction, finished = [], failed } = event;
      for (const id of finished) job.pending.delete(id);
      if (failed !== undefined) {
        job.pending.delete(failed.estimatorId);
        report(failed.error);
      }
      updateSweep(key, (sweep) => {
        const estimates: Record<string, SweepState['estimates'][string]> = { ...sweep.estimates };
        for (const { estimatorId, sigmaIndex, estimate } of updates) {
          const known = estimates[estimatorId];
          estimates[estimatorId] = sigmas.map((_, i) =>
            i === sigmaIndex ? further(known?.[i], estimate) : known?.[i],
          );
        }
        return {
          estimates,
          prediction: prediction ?? sweep.prediction,
          complete: [...sweep.complete, ...finished],
          failed: failed === undefined ? sweep.failed : [...sweep.failed, failed.estimatorId],
        };
      });
      break;
    }
    case 'done':
      running.delete(event.jobId);
      updateSweep(key, ({ ms }) => ({ ms: (ms ?? 0) + event.ms }));
      break;
    case 'error':
      running.delete(event.jobId);
      updateSweep(key, () => ({ status: 'failed' }));
      report(event.error);
      break;
  }
  showProgress(key);
}

/** Stops the sweep and keeps what it found. */
export function cancelSweep(): void {
  const { sweep } = useStore.getState();
  cancelRunning();
  if (sweep?.status === 'running') updateSweep(sweep.key, () => ({ status: 'cancelled' }));
}

/** Computes what a cancelled or failed sweep left undone. */
export function resumeSweep(): void {
  const { sweep } = useStore.getState();
  if (sweep !== null) updateSweep(sweep.key, () => ({ failed: [] }));
  useStore.setState({ problem: null });
  ensureSweep();
}
