import { CATALOGUE } from '../../estimators/catalogue';
import type { JobEvent, SweepEvent, SweepJob } from '../../workers/protocol';
import { engine, requestIds, tasks } from '../engine/client';
import type { EngineTask } from '../engine/event-queue';
import { stopRule } from '../state/settings';
import type { AppState } from '../state/store';

export type JobRequest = Omit<SweepJob, 'id'>;

export const nextJobId = (): number => requestIds.next();

/** What the state asks the engine to compute at these radii; null until there is a model and an image. */
export function jobRequest(
  { model, image, settings }: AppState,
  sigmas: readonly number[],
  estimators: readonly string[],
): JobRequest | null {
  if (model === null || image === null) return null;
  const { target } = settings;
  return {
    modelId: model.card.id,
    x: image.prepared.data,
    target: target !== null && target < model.card.labels.length ? target : null,
    sigmas,
    estimators: CATALOGUE.filter(({ id }) => estimators.includes(id)).map(({ id }) => id),
    seed: settings.seed,
    stop: stopRule(settings),
  };
}

/** Jobs that run, by the id under which they were started. */
const running = new Map<number, EngineTask<SweepEvent>>();

/** Starts a job under a new id, which its events carry. */
export function runJob(request: JobRequest, onEvent: (event: JobEvent) => void): number {
  const id = nextJobId();
  const task = tasks.sweep(request);
  running.set(id, task);
  void forward(id, task, onEvent);
  return id;
}

async function forward(
  jobId: number,
  task: EngineTask<SweepEvent>,
  onEvent: (event: JobEvent) => void,
): Promise<void> {
  try {
    for await (const event of task) {
      onEvent(event.type === 'done' ? { ...event, jobId, cancelled: false } : { ...event, jobId });
    }
  } catch (error) {
    onEvent({ type: 'error', jobId, error: error as Extract<JobEvent, { type: 'error' }>['error'] });
  } finally {
    running.delete(jobId);
  }
}

/** Stops a job, or a request that was sent under this id. */
export function cancelJob(id: number): void {
  const task = running.get(id);
  if (task !== undefined) {
    task.cancel();
    return;
  }
  requestIds.cancel(id);
  void engine.cancel(id);
}
