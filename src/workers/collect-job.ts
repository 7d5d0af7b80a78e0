import type { Estimate } from '../estimators/estimate';
import type { EngineErrorInfo } from './error-info';
import type { JobEvent, Prediction, SweepEvent, SweepJob } from './protocol/sweep';

/** What a job found; estimates by estimator, one place a radius. */
export interface JobResult {
  readonly prediction: Prediction;
  readonly estimates: Readonly<Record<string, readonly (Estimate | undefined)[]>>;
  /** Estimators that could not be computed, with the reason. */
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

/** Puts a job's stream together, for whoever wants its end alone. */
export class JobCollector {
  readonly #estimates: Record<string, (Estimate | undefined)[]> = {};
  readonly #failed: { id: string; message: string }[] = [];
  #prediction: Prediction | undefined;
  #error: EngineErrorInfo | undefined;
  #isDone = false;

  constructor(readonly job: Pick<SweepJob, 'sigmas'>) {}

  add(event: JobEvent | SweepEvent): void {
    if (event.type === 'done') this.#isDone = !('cancelled' in event && event.cancelled);
    else if (event.type === 'error') this.#error = event.error;
    else if (event.type === 'partial') {
      this.#prediction = event.prediction ?? this.#prediction;
      for (const { estimatorId, sigmaIndex, estimate } of event.updates) {
        this.#estimates[estimatorId] ??= new Array<undefined>(this.job.sigmas.length).fill(undefined);
        this.#estimates[estimatorId][sigmaIndex] = estimate;
      }
      const { failed } = event;
      if (failed) this.#failed.push({ id: failed.estimatorId, message: failed.error.message });
    }
  }

  /** Once the job is over; null if it was cancelled. Throws EngineErrorInfo if it failed. */
  result(): JobResult | null {
    if (this.#error !== undefined) throw this.#error;
    if (!this.#isDone) return null;
    if (this.#prediction === undefined) throw new Error('The engine gave no prediction.');
    return { prediction: this.#prediction, estimates: this.#estimates, failed: this.#failed };
  }
}

/** All radii of one estimator. Throws an Error with the engine's sentence if it could not be computed. */
export function estimatesOf({ estimates, failed }: JobResult, estimator: string): Estimate[] {
  const places = estimates[estimator] ?? [];
  const found = places.filter((each) => each !== undefined);
  const reason = failed.find(({ id }) => id === estimator)?.message;
  if (reason !== undefined || found.length === 0 || found.length < places.length)
    throw new Error(reason ?? 'no estimate was found.');
  return found;
}
