import { LruCache } from '../../estimators/lru-cache';
import { engine } from '../engine/client';
import type { Question } from '../state/question';
import type { QueryResult } from './definition';
import { Query } from './query';
import type { TargetQuestion } from './target-question';

/** Copies 0 to 99 of the Monte Carlo stream: those that the page shows. */
export const SHOWN_COPIES = 100;

/** What noisy copies of a picture are called. */
export interface ClassifiedCopies {
  readonly sigma: number;
  readonly seed: number;
  readonly x: Float32Array;
  readonly target: number;
  /** The class of each copy; a tie with the target is not it. */
  readonly classes: readonly number[];
}

/** The newest copies of a question, whatever their radius. */
const newest = new LruCache<ClassifiedCopies>(4);

/** The noisy copies at the selected radius. While the radius moves, the last one that was asked for is answered next. */
export const copiesQuery = new Query<TargetQuestion, ClassifiedCopies | null>({
  capacity: 256,
  serial: true,
  empty: null,
  key: ({ base, target, selectedSigma }) => JSON.stringify([base, target, selectedSigma]),
  async *run({ model, image, target, selectedSigma: sigma, seed, key }, parts) {
    const x = image.prepared.data;
    const request = { modelId: model.card.id, x, sigma, seed, target, count: SHOWN_COPIES };
    const copies = { sigma, seed, x, target, classes: await engine.classifyCopies(request) };
    newest.set(key, copies);
    yield { change: () => copies, finished: parts };
  },
});

/** The copies to show: those of the selected radius or, until they are there, the newest of the same question. */
export function shownCopies(
  { data }: QueryResult<ClassifiedCopies | null>,
  question: Question | null,
): ClassifiedCopies | null {
  return data ?? (question && newest.get(question.key)) ?? null;
}
