import { bootstrap, type Interval, mean, meanBinomialError } from '../../src/statistics';
import { ALPHA, type Compared, type Radius, RESAMPLES } from './plan';
import { type CaseSet, seedFor } from './results';

/** Estimators whose error is compared between models. */
export const ANALYTICAL = ['taylor', 'mmse', 'mmse_pairs', 'gaussian_margin'] as const satisfies Compared[];
export type Analytical = (typeof ANALYTICAL)[number];

/** Error of one estimator on one model and radius. */
export interface Miss {
  /** Mean absolute difference from sampling. */
  readonly absolute: number;
  /** Root mean square error with the sampling's own variance taken off; 0 where chance puts it below. */
  readonly rootMeanSquare: number;
}

/** One estimator on the ordinary model and on a robust one, on the same images. */
export interface Contest {
  readonly id: Analytical;
  readonly ordinary: Miss;
  readonly robust: Miss;
  /** Mean absolute error on the ordinary model less that on the robust one: above 0 it is closer on the robust one. */
  readonly gain: Interval;
}

/** A robust model against the ordinary one at one pair of radii. */
export interface Meeting {
  readonly ordinary: CaseSet;
  readonly robust: CaseSet;
  /** Mean absolute error that sampling alone would give an exact estimator, for the ordinary and the robust model. */
  readonly floors: readonly [number, number];
  readonly contests: readonly Contest[];
}

/** All meetings of one robust model. */
export interface Comparison {
  readonly ordinary: string;
  readonly robust: string;
  readonly meetings: readonly Meeting[];
}

export function miss({ p, copies, estimates }: CaseSet, id: Compared): Miss {
  const errors = Float64Array.from(estimates[id], (value, i) => value - (p[i] as number));
  // p(1 - p)/(n - 1) is the unbiased estimate of a share's variance.
  const noise = mean(p.map((share) => (share * (1 - share)) / (copies - 1)));
  return {
    absolute: mean(errors.map(Math.abs)),
    rootMeanSquare: Math.sqrt(Math.max(0, mean(errors.map((error) => error * error)) - noise)),
  };
}

export const floorOf = ({ p, copies }: CaseSet): number =>
  mean(p.map((share) => meanBinomialError(copies, share)));

const gap = ({ p, estimates }: CaseSet, id: Analytical, i: number): number =>
  Math.abs((estimates[id][i] as number) - (p[i] as number));

function meet(ordinary: CaseSet, robust: CaseSet, judged: number, resamples: number): Meeting {
  const gains = ANALYTICAL.map((id) => ordinary.p.map((_, i) => gap(ordinary, id, i) - gap(robust, id, i)));
  const statistics = (drawn: Uint32Array) =>
    gains.map((gain) => drawn.reduce((sum, i) => sum + (gain[i] as number), 0) / drawn.length);
  const intervals = bootstrap(ordinary.p.length, statistics, {
    seed: seedFor('regularised', robust.subject.card.id, robust.radius.basis, String(robust.radius.level)),
    resamples,
    alpha: ALPHA / judged,
  });
  return {
    ordinary,
    robust,
    floors: [floorOf(ordinary), floorOf(robust)],
    contests: ANALYTICAL.map((id, k) => ({
      id,
      ordinary: miss(ordinary, id),
      robust: miss(robust, id),
      gain: intervals[k] as Interval,
    })),
  };
}

const facing = (sets: readonly CaseSet[], { level }: Radius) =>
  sets.find(({ radius }) => radius.basis === 'matched' && radius.level === level);

/** Every robust model whose ordinary one was measured as well; all intervals of a robust model are judged together. */
export function comparisons(sets: readonly CaseSet[], resamples = RESAMPLES): Comparison[] {
  const of = (id: string) => sets.filter(({ subject }) => subject.card.id === id);
  const robust = [...new Set(sets.map(({ subject }) => subject))].filter(
    ({ card, ordinary }) => card.id !== ordinary,
  );
  return robust.flatMap(({ card, ordinary }): Comparison[] => {
    const pairs = of(card.id).flatMap((own) => {
      const other = facing(of(ordinary), own.radius);
      return other === undefined ? [] : [[other, own] as const];
    });
    if (pairs.length === 0) return [];
    const judged = pairs.length * ANALYTICAL.length;
    const meetings = pairs.map(([other, own]) => meet(other, own, judged, resamples));
    return [{ ordinary, robust: card.id, meetings }];
  });
}
