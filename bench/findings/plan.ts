import { type Dataset, findDataset } from '../../src/data';
import { readCard, readIndex } from '../../src/node/bundled-models';
import type { ModelCard } from '../../src/workers/models/card';

/** What the command measures: models, radii, and how many images and noisy copies. */

/** Mean p_robust, on a model's card, at which its radii are taken. */
export const LEVELS = [0.9, 0.75, 0.5] as const;
/** The level at which softmax, classes and looks are judged, and whose radius robust models share with the ordinary one. */
export const MIDDLE = 0.75;
/** Estimators that are held against sampling. */
export const COMPARED = ['softmax', 'taylor', 'taylor_mvs', 'mmse', 'mmse_pairs', 'gaussian_margin'] as const;
export type Compared = (typeof COMPARED)[number];

/** Chance of a wrong statement, for all that is judged together. */
export const ALPHA = 0.05;
export const RESAMPLES = 10_000;
export const PERMUTATIONS = 9_999;

export interface Sizes {
  /** Images, and noisy copies of each, for the comparison of estimators. */
  readonly images: number;
  readonly copies: number;
  /** The same for classes and looks, where images count for more than copies. */
  readonly surveyImages: number;
  readonly surveyCopies: number;
}

const SIZES: Readonly<Record<string, Sizes>> = {
  mnist: { images: 200, copies: 1000, surveyImages: 2000, surveyCopies: 100 },
  cifar10: { images: 80, copies: 400, surveyImages: 1000, surveyCopies: 50 },
};
/** For a data set that is bundled later: as for the dearer of the known ones. */
const OTHER = SIZES.cifar10 as Sizes;
const SURVEY_PER_IMAGE = 10;

export function sizesFor(dataset: Dataset, images?: number): Sizes {
  const sizes = SIZES[dataset.id] ?? OTHER;
  return images === undefined ? sizes : { ...sizes, images, surveyImages: SURVEY_PER_IMAGE * images };
}

export interface Radius {
  readonly sigma: number;
  /** Mean p_robust for which it was chosen: the model's own, or the ordinary model's where `basis` is `equal`. */
  readonly level: number;
  readonly basis: 'matched' | 'equal';
}

/** A bundled model with what is asked of it. */
export interface Subject {
  readonly card: ModelCard;
  readonly dataset: Dataset;
  /** Id of the ordinary model that it is held against; its own where it is none's variant. */
  readonly ordinary: string;
  readonly radii: readonly Radius[];
}

/**
 * Where a card's mean p_robust falls through a level: between the last radius at or above it and the next, on a
 * logarithmic scale, to two digits. Undefined if the card's radii do not reach from one side to the other.
 */
export function radiusAtLevel(
  curve: readonly { sigma: number; mean: number }[],
  level: number,
): number | undefined {
  const last = curve.findLastIndex(({ mean }) => mean >= level);
  const [above, below] = [curve[last], curve[last + 1]];
  if (above === undefined || below === undefined) return undefined;
  const part = (above.mean - level) / (above.mean - below.mean);
  return Number((above.sigma * (below.sigma / above.sigma) ** part).toPrecision(2));
}

const curveOf = ({ robustness }: ModelCard) => robustness.meanPRobust;

/** @param compared whether some model is held against another: of the others only the middle radius is of interest */
function radiiOf(card: ModelCard, ordinary: ModelCard, compared: boolean): Radius[] {
  const levels = compared ? LEVELS : [MIDDLE];
  const matched = levels.flatMap((level): Radius[] => {
    const sigma = radiusAtLevel(curveOf(card), level);
    return sigma === undefined ? [] : [{ sigma, level, basis: 'matched' }];
  });
  const shared = radiusAtLevel(curveOf(ordinary), MIDDLE);
  if (card.id === ordinary.id || shared === undefined) return matched;
  return [...matched, { sigma: shared, level: MIDDLE, basis: 'equal' }];
}

/** The bundled models, as far as their data sets can be read. */
export async function readSubjects(only: RegExp | undefined): Promise<Subject[]> {
  const { models } = await readIndex();
  const subjects: Subject[] = [];
  for (const { id, ordinary = id } of models) {
    const card = await readCard(id);
    const dataset = findDataset(card.dataset.name);
    if (dataset === undefined || (only !== undefined && !only.test(id))) continue;
    const compared = models.some((each) => each.ordinary === ordinary);
    subjects.push({ card, dataset, ordinary, radii: radiiOf(card, await readCard(ordinary), compared) });
  }
  return subjects;
}
