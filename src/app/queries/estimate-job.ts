import { CATALOGUE } from '../../estimators/catalogue';
import type { SweepEvent } from '../../workers/protocol/sweep';
import { tasks } from '../engine/client';
import type { Question } from '../state/question';
import type { QueryUpdate } from './definition';
import { untilAborted } from './until-aborted';

/** Runs estimators of a question at some radii, in the catalogue's order. */
export function estimateJob(
  { model, image, target, seed, stop }: Question,
  sigmas: readonly number[],
  wanted: readonly string[],
  signal: AbortSignal,
): AsyncIterable<SweepEvent> {
  const estimators = CATALOGUE.filter(({ id }) => wanted.includes(id)).map(({ id }) => id);
  const job = { modelId: model.card.id, x: image.prepared.data, target, sigmas, estimators, seed, stop };
  return untilAborted(tasks.sweep(job), signal);
}

type Partial = Extract<SweepEvent, { type: 'partial' }>;

/** An event of a job as an update, whose parts are the estimators. @param merge adds partial results to the data */
export function toUpdate<Data>(
  event: Exclude<SweepEvent, { type: 'done' }>,
  merge: (event: Partial) => (data: Data) => Data,
): QueryUpdate<Data> {
  if (event.type === 'progress') return { progress: event };
  const { finished, failed } = event;
  return {
    change: merge(event),
    ...(finished && { finished }),
    ...(failed && { failed: { part: failed.estimatorId, error: failed.error } }),
  };
}
