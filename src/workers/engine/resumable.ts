import type { JobEvent, SweepJob } from '../protocol/sweep';

/** A job that may have to start again: what it told is not told twice, and progress does not fall. */
export class ResumableJob {
  readonly #through = new Set<string>();
  #fraction = 0;

  constructor(
    readonly job: SweepJob,
    readonly send: (event: JobEvent) => void,
  ) {}

  readonly emit = (event: JobEvent): void => {
    if (event.type === 'partial') {
      for (const id of event.finished ?? []) this.#through.add(id);
      if (event.failed !== undefined) this.#through.add(event.failed.estimatorId);
    }
    if (event.type === 'progress') {
      this.#fraction = Math.max(this.#fraction, event.fraction);
      this.send({ ...event, fraction: this.#fraction });
      return;
    }
    this.send(event);
  };

  /** The job without the estimators that are through; null if all are. */
  rest(): SweepJob | null {
    const estimators = this.job.estimators.filter((id) => !this.#through.has(id));
    return this.#through.size > 0 && estimators.length === 0 ? null : { ...this.job, estimators };
  }
}
