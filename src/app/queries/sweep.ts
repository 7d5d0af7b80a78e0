import { isSameButForClass, keyFor, type Question } from '../state/question';
import { countsFor } from './counts';
import type { Known, QueryResult } from './definition';
import { estimateJob, toUpdate } from './estimate-job';
import { withUpdates } from './estimates';
import { Query } from './query';
import { NO_SWEEP, type SweepData } from './sweep-data';

export type Sweep = QueryResult<SweepData>;

/** Whether what is known answers a question: its own class is asked for, or is the one predicted. */
function answers({ key, data }: Known<SweepData>, { base, target }: Question): boolean {
  const { prediction } = data;
  if (prediction === null || (target ?? prediction.predicted) !== prediction.target) return false;
  return key === keyFor(base, null) || key === keyFor(base, prediction.target);
}

/** The estimates of one picture and model at all radii; its parts are the estimators. */
export const sweepQuery = new Query<Question, SweepData>({
  capacity: 32,
  empty: NO_SWEEP,
  key: ({ key }) => key,
  parts: ({ estimators }) => estimators,
  derive(question, find) {
    const same = find((known) => answers(known, question));
    if (same !== undefined) return same;
    const sibling = find(({ key }) => isSameButForClass(key, question.key));
    const data = sibling && countsFor(sibling.data, question.target);
    return data && { data, finished: new Set() };
  },
  async *run(question, parts, signal) {
    const { sigmas } = question;
    for await (const event of estimateJob(question, sigmas, parts, signal)) {
      if (event.type === 'done') {
        yield { change: (data) => ({ ...data, ms: (data.ms ?? 0) + event.ms }) };
        continue;
      }
      yield toUpdate<SweepData>(event, ({ updates, prediction }) => (data) => ({
        ...data,
        ...withUpdates(data, updates, sigmas.length),
        prediction: prediction ?? data.prediction,
      }));
    }
  },
});
