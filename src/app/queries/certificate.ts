import type { Certificate } from '../../estimators/certify';
import { tasks } from '../engine/client';
import { Query } from './query';
import type { TargetQuestion } from './target-question';
import { untilAborted } from './until-aborted';

/** The radius within which the classifier smoothed by the selected noise is certain. */
export const certificateQuery = new Query<TargetQuestion, Certificate | null>({
  capacity: 256,
  debounceMs: 250,
  empty: null,
  key: ({ base, target, selectedSigma }) => JSON.stringify([base, target, selectedSigma]),
  async *run({ model, image, target, selectedSigma: sigma, seed }, _parts, signal) {
    const request = { modelId: model.card.id, x: image.prepared.data, target, seed, sigma };
    for await (const { found } of untilAborted(tasks.certify(request), signal)) {
      yield { change: () => found };
    }
  },
});
