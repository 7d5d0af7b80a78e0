import type { AdversarialPoint } from '../../estimators/adversarial';
import { tasks } from '../engine/client';
import { modelKey } from '../state/selectors';
import type { QueryResult } from './definition';
import { Query } from './query';
import type { TargetQuestion } from './target-question';
import { untilAborted } from './until-aborted';

/** The point that was found; null where there is none, undefined while it is looked for. */
export type AdversaryData = AdversarialPoint | null | undefined;
export type Adversary = QueryResult<AdversaryData>;

/** The nearest input that is not called t. */
export const adversaryQuery = new Query<TargetQuestion, AdversaryData>({
  capacity: 32,
  empty: undefined,
  key: ({ model, image, target, seed }) => JSON.stringify([modelKey(model), image.sha256, target, seed]),
  async *run({ model, image, target, seed }, _parts, signal) {
    const request = { modelId: model.card.id, x: image.prepared.data, target, seed };
    for await (const event of untilAborted(tasks.nearestAdversarial(request), signal)) {
      if (event.type === 'progress') yield { progress: event };
      else yield { change: () => event.found };
    }
  },
});
