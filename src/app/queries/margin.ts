import type { MarginLandscape } from '../../estimators/landscape';
import { tasks } from '../engine/client';
import { modelKey } from '../state/selectors';
import type { QueryResult } from './definition';
import { Query } from './query';
import type { TargetQuestion } from './target-question';
import { untilAborted } from './until-aborted';

/** Half the side of the square that is shown, in radii of noise: the largest of the sweep. */
const extentOf = ({ sigmas }: TargetQuestion): number => sigmas.at(-1) as number;

export type Margin = QueryResult<MarginLandscape | null | undefined>;

/** The margin over the plane of the two most dangerous directions; null where no margin has a gradient. */
export const marginQuery = new Query<TargetQuestion, MarginLandscape | null | undefined>({
  capacity: 8,
  empty: undefined,
  key: (question) => {
    const { model, image, target, seed } = question;
    return JSON.stringify([modelKey(model), image.sha256, target, seed, extentOf(question)]);
  },
  async *run(question, _parts, signal) {
    const { model, image, target, seed } = question;
    const sigma = extentOf(question);
    const request = { modelId: model.card.id, x: image.prepared.data, target, seed, sigma };
    for await (const event of untilAborted(tasks.marginLandscape(request), signal)) {
      if (event.type === 'progress') yield { progress: event };
      else yield { change: () => event.found };
    }
  },
});
