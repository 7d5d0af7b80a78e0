import type { Question } from '../state/question';
import { estimateJob, toUpdate } from './estimate-job';
import { type EstimateTable, NO_ESTIMATES, withUpdates } from './estimates';
import { Query } from './query';

/** The estimates at a radius that the sweep does not have; its parts are the estimators. */
export const radiusQuery = new Query<Question, EstimateTable>({
  capacity: 256,
  debounceMs: 250,
  empty: NO_ESTIMATES,
  key: ({ key, selectedSigma }) => `${key}|${selectedSigma}`,
  parts: ({ estimators }) => estimators,
  async *run(question, parts, signal) {
    for await (const event of estimateJob(question, [question.selectedSigma], parts, signal)) {
      if (event.type === 'done') continue;
      yield toUpdate<EstimateTable>(
        event,
        ({ updates }) =>
          (data) =>
            withUpdates(data, updates, 1),
      );
    }
  },
});

/** The question that the query answers, if its radius is none of the sweep's. */
export const betweenRadii = (question: Question | null): Question | null =>
  question === null || question.sigmas.includes(question.selectedSigma) ? null : question;
