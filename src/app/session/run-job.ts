import { proxy } from 'comlink';
import { CATALOGUE } from '../../estimators/catalogue';
import type { JobEvent, SweepJob } from '../../workers/protocol';
import { stopRule } from '../state/settings';
import type { AppState } from '../state/store';
import { strings } from '../strings';
import { messageOf, report } from './problem';
import { engine, forgetJob } from './workers';

export type JobRequest = Omit<SweepJob, 'id'>;

let lastJobId = 0;

/** Jobs and requests share their numbers, by which they are cancelled. */
export function nextJobId(): number {
  return ++lastJobId;
}

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

/** Jobs that the engine has not been told of. */
const unsent = new Map<number, ReturnType<typeof setTimeout>>();

/**
 * Starts a job under a new id, which its events carry. The page draws what led to it first: with few cores the two would
 * get in each other's way.
 */
export function runJob(request: JobRequest, onEvent: (event: JobEvent) => void): number {
  const id = nextJobId();
  const send = (): void => {
    unsent.delete(id);
    engine.run({ ...request, id }, proxy(onEvent)).catch((error: unknown) => {
      report(new Error(strings.sweep.engineStopped(messageOf(error))));
    });
  };
  unsent.set(id, setTimeout(send));
  return id;
}

export function cancelJob(id: number): void {
  const timer = unsent.get(id);
  forgetJob(id);
  if (timer === undefined) void engine.cancel(id);
  clearTimeout(timer);
  unsent.delete(id);
}
