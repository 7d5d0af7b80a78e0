import { proxy } from 'comlink';
import { ResumableJob } from '../../workers/engine/resumable';
import EngineWorker from '../../workers/engine.worker?worker';
import ImageWorker from '../../workers/image.worker?worker';
import type { EngineApi, ImageApi, JobEvent, SweepJob } from '../../workers/protocol';
import { strings } from '../strings';
import { SupervisedWorker } from './supervised';

/** What a person brings is tried where nothing else is lost with it; what a job asks is asked once more. */
const ONCE: readonly string[] = ['inspectOwnModel', 'addOwnModel', 'describeOwnModel'];

/** Jobs and requests that nobody waits for any more. */
const cancelled = new Set<number>();

export function forgetJob(id: number): void {
  cancelled.add(id);
}

/** A job for each life of the engine: the estimators that are not through, told once. */
function resumed([job, emit]: Parameters<EngineApi['run']>): () => unknown[] | null {
  const resumable = new ResumableJob(job, emit);
  let attempts = 0;
  return () => {
    const attempt = ++attempts;
    const rest = resumable.rest();
    const isCancelled = cancelled.has(job.id);
    if (rest === null || isCancelled) {
      emit({ type: 'done', jobId: job.id, cancelled: isCancelled, ms: 0 });
      return null;
    }
    // Events of a life that is over may come late.
    return [rest, proxy((event: JobEvent) => attempt === attempts && resumable.emit(event))];
  };
}

const askedAgain =
  (given: readonly unknown[]): (() => readonly unknown[] | null) =>
  () =>
    cancelled.has((given[0] as Pick<SweepJob, 'id'>).id) ? null : given;

let onLoss: (part: 'engine' | 'images') => void = () => {};
let onFailure: () => void = () => {};

/** Calls back when a worker ended, or hung, and was started anew; and when that is given up. */
export function followWorkers(loss: typeof onLoss, failure: typeof onFailure): void {
  onLoss = loss;
  onFailure = failure;
}

const engineWorker = new SupervisedWorker<EngineApi>({
  start: () => new EngineWorker({ name: 'engine' }),
  attempts: (method) => (ONCE.includes(method) ? 1 : 2),
  lost: () => new Error(strings.workers.engineLost),
  first: ['start', 'setPaused'],
  resume: {
    run: (given) => resumed(given as Parameters<EngineApi['run']>),
    classProbabilities: askedAgain,
    nearestAdversarial: askedAgain,
    marginLandscape: askedAgain,
    certify: askedAgain,
  },
  whenLost: {
    run: (given, { message }) => {
      const [job, emit] = given as Parameters<EngineApi['run']>;
      emit({ type: 'error', jobId: job.id, error: { code: 'internal', message } });
    },
  },
  onLoss: () => onLoss('engine'),
  onFailure: () => onFailure(),
});

const imageWorker = new SupervisedWorker<ImageApi>({
  start: () => new ImageWorker({ name: 'images' }),
  attempts: () => 2,
  lost: () => new Error(strings.workers.pictureLost),
  onLoss: () => onLoss('images'),
  onFailure: () => onFailure(),
});

// Both are up while the page renders.
engineWorker.start();
imageWorker.start();

export const engine = engineWorker.api;
export const images = imageWorker.api;
