import type { StopRule } from '../../estimators/estimate';
import type { ModelInfo } from '../../workers/protocol/models';
import { memoizeLatest } from './memoize';
import { currentStop, modelKey, radiiOf, selectedSigma, shownEstimators } from './selectors';
import type { AppState, CurrentImage } from './store';

/** Two curves share the page: the main one, and the one that it is compared with. */
export type Series = 'main' | 'compared';
export const SERIES: readonly Series[] = ['main', 'compared'];

/** What one of the curves is about: a picture, a model, and how it is asked. */
export interface Question {
  readonly series: Series;
  readonly model: ModelInfo;
  readonly image: CurrentImage;
  /** The class that is asked for; null for the predicted one. */
  readonly target: number | null;
  /** The radii of the sweep, in ascending order. */
  readonly sigmas: readonly number[];
  /** The radius that is looked at. */
  readonly selectedSigma: number;
  /** Ids of the estimators that are switched on and can run. */
  readonly estimators: readonly string[];
  readonly seed: number;
  readonly stop: StopRule;
  /** Identifies all that the numbers of the sweep depend on, but for the class. */
  readonly base: string;
  /** The same with the class. */
  readonly key: string;
}

const SEPARATOR = '|';

/** The key of a question about a class; null for the predicted one. */
export const keyFor = (base: string, target: number | null): string => `${base}${SEPARATOR}${target ?? ''}`;

/** Whether two keys are of questions that differ in the class alone. */
export const isSameButForClass = (key: string, other: string): boolean => baseOf(key) === baseOf(other);

const baseOf = (key: string): string => key.slice(0, key.lastIndexOf(SEPARATOR));

type Parts = Omit<Question, 'base' | 'key'>;

function complete(parts: Parts): Question {
  const { model, image, sigmas, seed, stop, target } = parts;
  const base = JSON.stringify([modelKey(model), image.sha256, sigmas, seed, stop]);
  return { ...parts, base, key: keyFor(base, target) };
}

const makeMain = memoizeLatest(
  (
    model: ModelInfo,
    image: CurrentImage,
    target: number | null,
    radii: string,
    selectedSigma: number,
    estimators: readonly string[],
    seed: number,
    stop: StopRule,
  ): Question => {
    const sigmas = JSON.parse(radii) as readonly number[];
    return complete({ series: 'main', model, image, target, sigmas, selectedSigma, estimators, seed, stop });
  },
);

/** What the main curve is about; null until there is a model and a picture. */
export const mainQuestion = memoizeLatest((state: AppState): Question | null => {
  const { model, image, settings } = state;
  const sigma = selectedSigma(state);
  if (model === null || image === null || sigma === null) return null;
  const { target, seed } = settings;
  const known = target !== null && target < model.card.labels.length ? target : null;
  const radii = JSON.stringify(radiiOf(state));
  return makeMain(model, image, known, radii, sigma, shownEstimators(state), seed, currentStop(state));
});

const withPicture = memoizeLatest(
  (main: Question, image: CurrentImage): Question => complete({ ...main, series: 'compared', image }),
);

const withModel = memoizeLatest(
  (main: Question, model: ModelInfo, target: number, estimators: readonly string[]): Question =>
    complete({ ...main, series: 'compared', model, target, estimators }),
);

/**
 * What the compared curve is about: another picture, or another model, which is asked for the class of the main curve.
 *
 * @param target the class of the main curve, once it is known
 * @returns null while nothing is compared, or what it is compared with is not there
 */
export const comparedQuestion = memoizeLatest(
  (state: AppState, target: number | undefined): Question | null => {
    const main = mainQuestion(state);
    const { settings, otherModel, pinned } = state;
    const { compare } = settings;
    if (compare === null || main === null) return null;
    if (compare.with === 'picture') {
      if (pinned === null || pinned.prepared.data.length !== main.image.prepared.data.length) return null;
      return withPicture(main, pinned);
    }
    if (otherModel?.card.id !== compare.id || target === undefined) return null;
    return withModel(main, otherModel, target, shownEstimators({ settings, model: otherModel }));
  },
);
