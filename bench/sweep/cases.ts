import { readCard } from '../../src/node/bundled-models';
import type { ModelCard } from '../../src/workers/models/card';
import { ownPictures, type Picture } from '../support/own-pictures';

export interface Case {
  readonly card: ModelCard;
  readonly pictures: readonly Picture[];
  /** RADII of them, evenly spaced on a logarithmic scale. */
  readonly sigmas: readonly number[];
}

const RADII = 12;
/** Mean p over the pictures at the first and the last radius. */
export const ENDS = [0.995, 0.3] as const;

/** Counts how many of some noisy copies keep their class; the same copies for every radius. */
export type Survival = (picture: Picture, sigma: number) => Promise<number>;

const STEPS = 14;
const WIDEST = 4;

/** The radius at which the mean of `survival` falls through `level`, by halving on a logarithmic scale. */
async function crossing(pictures: readonly Picture[], survival: Survival, level: number): Promise<number> {
  let [low, high] = [1e-4, WIDEST];
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.sqrt(low * high);
    let sum = 0;
    for (const picture of pictures) sum += await survival(picture, middle);
    if (sum / pictures.length >= level) low = middle;
    else high = middle;
  }
  return Number(Math.sqrt(low * high).toPrecision(2));
}

/** Some of the project's own pictures of a model's data set, evenly chosen, and radii that take them from safe to lost. */
export async function caseOf(
  id: string,
  images: number,
  survival: (card: ModelCard) => Survival,
): Promise<Case> {
  const card = await readCard(id);
  const own = ownPictures(card);
  const pictures = Array.from(
    { length: images },
    (_, i) => own[Math.floor((i * own.length) / images)] as Picture,
  );
  const first = await crossing(pictures, survival(card), ENDS[0]);
  const last = await crossing(pictures, survival(card), ENDS[1]);
  const sigmas = Array.from({ length: RADII }, (_, i) =>
    Number((first * (last / first) ** (i / (RADII - 1))).toPrecision(3)),
  );
  return { card, pictures, sigmas };
}
