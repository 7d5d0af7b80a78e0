import { clopperPearson } from '../../src/estimators/intervals';
import { bootstrap, type Interval, mean, pearson, ranks } from '../../src/statistics';
import { ALPHA, COMPARED, type Compared, RESAMPLES } from './plan';
import { type CaseSet, type Survey, seedFor } from './results';

/** How well one estimator stands for p_robust, over the images of one model and radius. */
export interface Standing {
  readonly id: Compared;
  readonly pearson: Interval;
  readonly spearman: Interval;
  /** Mean absolute difference from sampling. */
  readonly difference: Interval;
  /** Spearman's correlation less that of softmax; above 0 it ranks better. All against softmax are judged together. */
  readonly rankGain?: Interval;
  /** Mean absolute difference of softmax less its own; above 0 it is closer. */
  readonly closer?: Interval;
}

const meanDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  mean(Float64Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));

/** Statistics of each estimator, in the order of COMPARED. */
const OWN = ['pearson', 'spearman', 'difference'] as const;
/** Two comparisons with softmax of each other estimator. */
const JUDGED = 2 * (COMPARED.length - 1);

/** Every estimator against sampling; intervals at 95 % each, comparisons with softmax adjusted for their number. */
export function standings({ subject, radius, p, estimates }: CaseSet, resamples = RESAMPLES): Standing[] {
  const pick = (from: Float64Array, drawn: Uint32Array) => Float64Array.from(drawn, (i) => from[i] as number);
  const statistics = (drawn: Uint32Array): number[] => {
    const sampled = pick(p, drawn);
    const sampledRanks = ranks(sampled);
    const own = COMPARED.map((id) => {
      const estimated = pick(estimates[id], drawn);
      return {
        pearson: pearson(estimated, sampled),
        spearman: pearson(ranks(estimated), sampledRanks),
        difference: meanDifference(estimated, sampled),
      };
    });
    const [softmax, ...others] = own;
    return [
      ...own.flatMap((each) => OWN.map((name) => each[name])),
      ...others.flatMap(({ spearman, difference }) => [
        spearman - (softmax?.spearman as number),
        (softmax?.difference as number) - difference,
      ]),
    ];
  };
  const intervals = bootstrap(p.length, statistics, {
    seed: seedFor('proxy', subject.card.id, String(radius.sigma)),
    resamples,
    alpha: [
      ...new Array<number>(OWN.length * COMPARED.length).fill(ALPHA),
      ...new Array<number>(JUDGED).fill(ALPHA / JUDGED),
    ],
  });
  const against = intervals.slice(OWN.length * COMPARED.length);
  return COMPARED.map((id, k): Standing => {
    const [r, rho, difference] = intervals.slice(OWN.length * k) as [Interval, Interval, Interval];
    const own = { id, pearson: r, spearman: rho, difference };
    if (k === 0) return own;
    return { ...own, rankGain: against[2 * k - 2] as Interval, closer: against[2 * k - 1] as Interval };
  });
}

export const CONFIDENT = 0.99;
export const FRAGILE = 0.5;

/** Of the images that softmax is sure of, the share whose p_robust is below a half; null without such images. */
export function fragileShare({ softmax, p }: Survey) {
  const sure = Array.from(p).filter((_, i) => (softmax[i] as number) > CONFIDENT);
  if (sure.length === 0) return null;
  const fragile = sure.filter((value) => value < FRAGILE).length;
  const { lo, hi } = clopperPearson(fragile, sure.length);
  return { fragile, sure: sure.length, all: p.length, share: { value: fragile / sure.length, lo, hi } };
}
