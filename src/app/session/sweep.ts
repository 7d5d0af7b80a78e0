import type { JobEvent } from '../../workers/protocol';
import { withUpdate } from '../state/history';
import { findingsOf, type Lane, updateFindings, viewOf } from '../state/lanes';
import { radiiOf, shownEstimators, sweepKey } from '../state/selectors';
import { type SweepState, useStore } from '../state/store';
import { withKeptCounts } from './kept-counts';
import { Paced } from './paced';
import { report } from './problem';
import { further, keepSweep, recallSweep } from './results-cache';
import { cancelJob, jobRequest, runJob } from './run-job';

/** What came of a job, and the sweep that asked for it. */
interface Arrival {
  readonly key: string;
  readonly sigmas: readonly number[];
  readonly event: JobEvent;
}

interface RunningJob {
  /** Estimators that this job has not finished. */
  readonly pending: Set<string>;
  fraction: number;
  secondsLeft: number | null;
}

const emptySweep = (key: string, sigmas: readonly number[]): SweepState => ({
  key,
  status: 'running',
  fraction: 0,
  secondsLeft: null,
  sigmas,
  prediction: null,
  estimates: {},
  history: {},
  complete: [],
  failed: [],
  ms: null,
  recalled: false,
});

/** Keeps the sweep of one curve in line with the state. */
class SweepKeeper {
  /** The jobs of the sweep. An estimator that is switched on meanwhile gets a job of its own. */
  readonly #running = new Map<number, RunningJob>();
  /** A phone draws fewer charts a second than the engine has news. */
  readonly #arrivals = new Paced<Arrival>((arrivals) => {
    const before = this.#sweep();
    const sweep = this.#drafted(() => {
      for (const arrival of arrivals) this.#apply(arrival);
    });
    if (this.#draft === null && sweep !== before) updateFindings(this.lane, () => ({ sweep }));
  });
  /** The sweep while a bunch of news is worked into it: everything that is shown looks at the state once, not at each. */
  #draft: SweepState | null = null;

  constructor(readonly lane: Lane) {}

  #sweep(): SweepState | null {
    return this.#draft ?? findingsOf(useStore.getState(), this.lane).sweep;
  }

  /** The sweep as `work` leaves it; written into the state by whoever asks. */
  #drafted(work: () => void): SweepState | null {
    const outer = this.#draft;
    this.#draft = this.#sweep();
    work();
    const sweep = this.#draft;
    // Within another draft, it is a part of that.
    this.#draft = outer === null ? null : sweep;
    return sweep;
  }

  /** The curve beside the shown one comes after it. */
  #mayStart(): boolean {
    const status = useStore.getState().sweep?.status;
    return this.lane === 'shown' || status === 'done' || status === 'failed';
  }

  #update(key: string, change: (sweep: SweepState) => Partial<SweepState>): void {
    const before = this.#sweep();
    if (before?.key !== key) return;
    const sweep = { ...before, ...change(before) };
    if (this.#draft === null) updateFindings(this.lane, () => ({ sweep }));
    else this.#draft = sweep;
  }

  #cancelRunning(isUnwanted: (job: RunningJob) => boolean = () => true): void {
    for (const [id, job] of this.#running) {
      if (!isUnwanted(job)) continue;
      cancelJob(id);
      this.#running.delete(id);
    }
  }

  #showProgress(key: string): void {
    const jobs = [...this.#running.values()];
    this.#update(key, ({ status, fraction }) => ({
      status: jobs.length > 0 ? 'running' : status === 'running' ? 'done' : status,
      fraction: jobs.length > 0 ? Math.min(...jobs.map((job) => job.fraction)) : fraction,
      secondsLeft: jobs.reduce<number | null>(
        (longest, { secondsLeft }) => (secondsLeft === null ? longest : Math.max(secondsLeft, longest ?? 0)),
        null,
      ),
    }));
  }

  /**
   * Another image, model or setting cancels what runs and shows what is known of it; what is missing is computed beside
   * what is there and what runs. A sweep that was cancelled stays so.
   */
  ensure(): void {
    const view = viewOf(useStore.getState(), this.lane);
    const key = view && sweepKey(view);
    if (view === null || key === null) {
      this.leave();
      return;
    }
    const sigmas = radiiOf(view);
    if (view.sweep?.key === key) this.#arrivals.flush();
    else {
      // What came in late is of the sweep before: kept with it, and never seen beside what takes its place.
      const left = this.#drafted(() => this.#arrivals.flush());
      this.#cancelRunning();
      // The two curves may change places.
      const { sweep: before, compared } = useStore.getState();
      for (const known of [before, compared.sweep, left]) if (known !== null) keepSweep(known);
      const sweep =
        recallSweep(key) ?? withKeptCounts(emptySweep(key, sigmas), left ?? view.sweep, view.settings.target);
      updateFindings(this.lane, () => ({ sweep }));
      if (sweep.status === 'cancelled') return;
    }
    const shown = shownEstimators(view);
    this.#cancelRunning(({ pending }) => !shown.some((id) => pending.has(id)));
    if (!this.#mayStart() && this.#running.size === 0) return;
    const { complete = [], failed = [] } = this.#sweep() ?? {};
    const busy = [...this.#running.values()].flatMap(({ pending }) => [...pending]);
    const missing = shown.filter((id) => ![...complete, ...failed, ...busy].includes(id));
    const request = jobRequest(view, sigmas, missing);
    if (missing.length > 0 && request !== null) {
      const job: RunningJob = { pending: new Set(request.estimators), fraction: 0, secondsLeft: null };
      const id = runJob(request, (event) => this.#arrivals.push({ key, sigmas, event }));
      this.#running.set(id, job);
      this.#update(key, () => ({ recalled: false }));
    }
    this.#showProgress(key);
  }

  #apply({ key, sigmas, event }: Arrival): void {
    const job = this.#running.get(event.jobId);
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
        this.#update(key, (sweep) => {
          const estimates: Record<string, SweepState['estimates'][string]> = { ...sweep.estimates };
          const history: Record<string, SweepState['history'][string]> = { ...sweep.history };
          for (const update of updates) {
            const { estimatorId, sigmaIndex, estimate } = update;
            const known = estimates[estimatorId];
            estimates[estimatorId] = sigmas.map((_, i) =>
              i === sigmaIndex ? further(known?.[i], estimate) : known?.[i],
            );
            const before = history[estimatorId];
            history[estimatorId] = sigmas.map((_, i) =>
              i === sigmaIndex ? withUpdate(before?.[i], update) : before?.[i],
            );
          }
          return {
            estimates,
            history,
            prediction: prediction ?? sweep.prediction,
            complete: [...sweep.complete, ...finished],
            failed: failed === undefined ? sweep.failed : [...sweep.failed, failed.estimatorId],
          };
        });
        break;
      }
      case 'done':
        this.#running.delete(event.jobId);
        this.#update(key, ({ ms }) => ({ ms: (ms ?? 0) + event.ms }));
        break;
      case 'error':
        this.#running.delete(event.jobId);
        this.#update(key, () => ({ status: 'failed' }));
        report(event.error);
        break;
    }
    this.#showProgress(key);
  }

  /** Stops the sweep and keeps what it found. */
  cancel(): void {
    this.#arrivals.flush();
    const sweep = this.#sweep();
    this.#cancelRunning();
    if (sweep?.status === 'running') this.#update(sweep.key, () => ({ status: 'cancelled' }));
  }

  /** Takes the sweep off the state; it comes back as it was left. */
  leave(): void {
    this.#arrivals.flush();
    this.#cancelRunning();
    const sweep = this.#sweep();
    if (sweep === null) return;
    keepSweep(sweep);
    updateFindings(this.lane, () => ({ sweep: null }));
  }

  /** Opens what failed to another attempt. */
  reopen(): void {
    const sweep = this.#sweep();
    if (sweep !== null) this.#update(sweep.key, () => ({ failed: [] }));
    this.ensure();
  }
}

export const shownSweep = new SweepKeeper('shown');
export const comparedSweep = new SweepKeeper('compared');

/** Stops what is computed for the curves and keeps what was found. */
export function cancelSweep(): void {
  shownSweep.cancel();
  comparedSweep.cancel();
}

/** Computes what cancelled or failed sweeps left undone. */
export function resumeSweep(): void {
  useStore.setState({ problem: null });
  shownSweep.reopen();
  comparedSweep.reopen();
}
