import { CATALOGUE } from '../../estimators/catalogue';
import type { ClassReading } from '../../estimators/classes/reading';
import { tasks } from '../engine/client';
import type { Question } from '../state/question';
import { Query } from './query';
import { untilAborted } from './until-aborted';

type Readings = Readonly<Record<string, ClassReading>>;

/** Estimators that tell the probabilities of all classes from one look at the model. */
const READERS = CATALOGUE.filter(({ readsClasses }) => readsClasses).map(({ id }) => id);

/** The probability of every class at the selected radius; its parts are the estimators that tell it. */
export const classesQuery = new Query<Question, Readings>({
  capacity: 256,
  debounceMs: 250,
  empty: {},
  key: ({ base, selectedSigma }) => JSON.stringify([base, selectedSigma]),
  parts: ({ estimators }) => READERS.filter((id) => estimators.includes(id)),
  async *run({ model, image, selectedSigma: sigma, seed }, parts, signal) {
    for (const estimatorId of parts) {
      const request = { modelId: model.card.id, x: image.prepared.data, estimatorId, sigma, seed };
      for await (const { found } of untilAborted(tasks.classProbabilities(request), signal)) {
        yield { change: (data) => ({ ...data, [estimatorId]: found }), finished: [estimatorId] };
      }
      if (signal.aborted) return;
    }
  },
});
