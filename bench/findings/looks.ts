import { type Interval, percentileLimits, squaredDeviations, UniformSource } from '../../src/statistics';
import { ALPHA, RESAMPLES } from './plan';
import { type Survey, seedFor } from './results';

/** Part of a class's images at either end. */
const QUINTILE = 0.2;

/** How one feature differs between images of low and of high p_robust. */
export interface Effect {
  readonly feature: string;
  /** Mean at the low end less mean at the high end, in standard deviations within the classes. */
  readonly effect: Interval;
}

export interface Looks {
  readonly subject: Survey['subject'];
  readonly images: number;
  readonly effects: readonly Effect[];
}

/** Numbers of a class's images by rising p_robust; of equals, the earlier image first. */
export function byRobustness({ p, labels }: Pick<Survey, 'p' | 'labels'>, label: number): Uint32Array {
  return Uint32Array.from(p.keys())
    .filter((i) => labels[i] === label)
    .sort((a, b) => (p[a] as number) - (p[b] as number) || a - b);
}

/** The standard deviation of a feature within its classes. */
function deviationWithin(values: Float64Array, classes: readonly Uint32Array[]): number {
  const squares = classes.map((members) =>
    squaredDeviations(Float64Array.from(members, (i) => values[i] as number)),
  );
  const total = classes.reduce((sum, { length }) => sum + length, 0);
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / (total - classes.length));
}

/** Mean over the lowest fifth less that over the highest, of images that stand in the order of p_robust. */
function endsApart(values: Float64Array, ordered: Uint32Array): number {
  const size = Math.max(1, Math.floor(QUINTILE * ordered.length));
  let difference = 0;
  for (let i = 0; i < size; i++) {
    const [low, high] = [ordered[i] as number, ordered[ordered.length - 1 - i] as number];
    difference += (values[low] as number) - (values[high] as number);
  }
  return difference / size;
}

/**
 * Within each class the fifth of its images with the lowest p_robust against the fifth with the highest, averaged over
 * the classes by size. Limits by a bootstrap of the images within the classes, in which the fifths are chosen anew;
 * all features of a model are judged together.
 */
export function looks(survey: Survey, resamples = RESAMPLES): Looks {
  const { subject, features, p } = survey;
  const classes = subject.card.labels
    .map((_, label) => byRobustness(survey, label))
    .filter(({ length }) => length > 1);
  const total = classes.reduce((sum, { length }) => sum + length, 0);
  const scales = features.map(({ values }) => deviationWithin(values, classes));
  const effectsOf = (drawn: readonly Uint32Array[]): number[] =>
    features.map(({ values }, k) => {
      const apart = drawn.reduce((sum, members) => sum + members.length * endsApart(values, members), 0);
      return apart / total / (scales[k] as number);
    });
  const seen = effectsOf(classes);
  const source = new UniformSource(seedFor('looks', subject.card.id));
  const columns = features.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    // Positions in the order of p_robust, so that drawn in rising order they need no sorting by p.
    const drawn = classes.map((members) =>
      Uint32Array.from(members, () => source.below(members.length))
        .sort()
        .map((position) => members[position] as number),
    );
    for (const [k, value] of effectsOf(drawn).entries()) (columns[k] as Float64Array)[resample] = value;
  }
  return {
    subject,
    images: p.length,
    effects: features.map(({ name }, k) => ({
      feature: name,
      effect: {
        value: seen[k] as number,
        ...percentileLimits(columns[k] as Float64Array, ALPHA / features.length),
      },
    })),
  };
}
