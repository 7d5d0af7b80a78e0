import {
  betweenGroups,
  bootstrapMean,
  type Grouped,
  type Interval,
  mean,
  pairTests,
  permutationTest,
  squaredDeviations,
  valuesOfGroup,
} from '../../src/statistics';
import { ALPHA, PERMUTATIONS, RESAMPLES } from './plan';
import { type Survey, seedFor } from './results';

export interface ClassMean {
  readonly label: string;
  readonly images: number;
  /** Mean p_robust; the intervals of all classes are judged together. */
  readonly p: Interval;
}

/** How p_robust differs between the classes of one model. */
export interface ClassSpread {
  readonly subject: Survey['subject'];
  readonly sigma: number;
  readonly images: number;
  readonly copies: number;
  readonly classes: readonly ClassMean[];
  /** P value of the hypothesis that the label does not matter. */
  readonly pValue: number;
  /** The same on the images that the model gets right alone. */
  readonly pValueRight: number;
  /** Share of the variance of p_robust between images that lies between classes. */
  readonly explained: number;
  /** Pairs of classes that differ after Holm's adjustment for all pairs. */
  readonly pairs: { readonly differing: number; readonly all: number };
  /** The class that most of the lost copies are called, and their share. */
  readonly attractor: { readonly label: string; readonly share: number };
}

interface Options {
  readonly resamples: number;
  readonly permutations: number;
}

const groupsOf = ({ p, labels, subject }: Survey, keep: (i: number) => boolean): Grouped => {
  const kept = Array.from(p.keys()).filter(keep);
  return {
    values: Float64Array.from(kept, (i) => p[i] as number),
    groupOf: Uint32Array.from(kept, (i) => labels[i] as number),
    groups: subject.card.labels.length,
  };
};

/** Undefined where a class has fewer than two images. */
export function classSpread(
  survey: Survey,
  { resamples, permutations }: Options = { resamples: RESAMPLES, permutations: PERMUTATIONS },
): ClassSpread | undefined {
  const { subject, sigma, copies, p, labels, targets, lostTo } = survey;
  const { id, labels: names } = subject.card;
  const data = groupsOf(survey, () => true);
  const right = groupsOf(survey, (i) => targets[i] === labels[i]);
  const inClass = names.map((_, group) => valuesOfGroup(data, group));
  if (inClass.some(({ length }) => length < 2)) return undefined;
  const classes = names.map((label, group): ClassMean => {
    const values = inClass[group] as Float64Array;
    const options = { seed: seedFor('class', id, label), resamples, alpha: ALPHA / names.length };
    return { label, images: values.length, p: bootstrapMean(values, options) };
  });
  const pairs = pairTests(data, (a, b) => seedFor('pair', id, `${a}-${b}`), permutations);
  const lost = lostTo.reduce((sum, count) => sum + count, 0);
  const most = lostTo.indexOf(Math.max(...lostTo));
  return {
    subject,
    sigma,
    images: p.length,
    copies,
    classes,
    pValue: permutationTest(data, { seed: seedFor('classes', id), permutations }),
    pValueRight: permutationTest(right, { seed: seedFor('classes right', id), permutations }),
    explained: betweenGroups(data) / squaredDeviations(data.values),
    pairs: { differing: pairs.filter(({ adjusted }) => adjusted <= ALPHA).length, all: pairs.length },
    attractor: { label: names[most] as string, share: lost === 0 ? 0 : (lostTo[most] as number) / lost },
  };
}

export const meanOf = ({ classes }: ClassSpread): number => mean(classes.map(({ p }) => p.value));
