import type study from '../../../estimators/accuracy-study.json';

/** What `npm run bench:accuracy -- --write` found; see docs/accuracy.md. */
export type AccuracyStudy = Pick<typeof study, 'models' | 'images' | 'truthSamples' | 'ranges'> & {
  readonly estimators: Readonly<Record<string, readonly (StudyScore | null)[]>>;
  readonly importanceBesideMc: readonly ({ readonly ratio: number; readonly stdErr: number } | null)[];
};

interface StudyScore {
  /** Forward passes a radius, a gradient counted for two. */
  readonly cost: number;
  readonly rmse: number;
  readonly bias: number;
  readonly coverage: number | null;
}

/** Passes up to which an estimate is there at once. */
const QUICK_COST = 300;
/** Ranges of p below this are where the image is lost more often than not. */
const LEAST_LOW = 0.5;

/** For one range of p: what came closest, and what did among those that cost little. */
export interface Advice {
  readonly range: readonly [number, number];
  readonly closest: { readonly id: string; readonly score: StudyScore };
  readonly quick: { readonly id: string; readonly score: StudyScore } | null;
  /** Squared error of plain sampling over that of importance sampling at the same cost. */
  readonly besideMc: number | null;
}

/** Read off the study, range by range, from where predictions mostly survive. */
export function adviceOf({ ranges, estimators, importanceBesideMc }: AccuracyStudy): Advice[] {
  return ranges.flatMap(([low, high], i): Advice[] => {
    if (low === undefined || high === undefined || low < LEAST_LOW) return [];
    const found = Object.entries(estimators).flatMap(([id, scores]) => {
      const score = scores[i];
      return score ? [{ id, score }] : [];
    });
    const byError = [...found].sort((a, b) => a.score.rmse - b.score.rmse);
    const closest = byError[0];
    if (closest === undefined) return [];
    const quick = byError.find(({ score }) => score.cost <= QUICK_COST) ?? null;
    return [{ range: [low, high], closest, quick, besideMc: importanceBesideMc[i]?.ratio ?? null }];
  });
}

/** What one estimator cost on average and how far off it was, from the ranges where predictions mostly survive. */
export function measuredOf({ ranges, estimators }: AccuracyStudy, id: string) {
  const scores = ranges.flatMap(([low, high], i) => {
    const score = estimators[id]?.[i];
    if (low === undefined || high === undefined || low < LEAST_LOW || !score) return [];
    return [{ range: [low, high] as const, score }];
  });
  if (scores.length === 0) return null;
  const costs = scores.map(({ score }) => score.cost);
  return { scores, cost: [Math.min(...costs), Math.max(...costs)] as const };
}
