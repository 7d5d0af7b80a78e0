import { bootstrap, type Interval, quantileSorted, spearman } from '../../src/statistics';
import { ALPHA, RESAMPLES } from './plan';
import { type CaseSet, type Survey, seedFor } from './results';

/** An image is called vulnerable where noise takes its class more often than not. */
export const VULNERABLE = 0.5;
/** The share of the images that are the least robust ones of a model. */
export const LOWEST = 0.1;

/** Whether the vulnerable images of a robust model are those of the ordinary one. */
export interface VulnerablePoints {
  readonly ordinary: string;
  readonly robust: string;
  /** At the ordinary model's middle radius: the share of the images that are vulnerable on each, and how much fewer. */
  readonly equal:
    | {
        readonly sigma: number;
        readonly images: number;
        readonly shares: readonly [Interval, Interval];
        readonly fewer: Interval;
      }
    | undefined;
  /** Each at its own middle radius, where the mean p is the same. */
  readonly matched: {
    readonly sigmas: readonly [number, number];
    readonly images: number;
    /** Rank correlation of p between the models. */
    readonly correlation: Interval;
    /** Of the ordinary model's lowest tenth, the share that is in the robust one's; a tenth by chance. */
    readonly overlap: Interval;
  };
}

const shareBelow = (values: Float64Array, drawn: Uint32Array): number =>
  drawn.reduce((count, i) => count + Number((values[i] as number) < VULNERABLE), 0) / drawn.length;

/** Of what is lowest in one, how much is lowest in the other. */
export function overlapOfLowest(one: Float64Array, other: Float64Array, drawn: Uint32Array): number {
  const isLow = (values: Float64Array) => {
    const limit = quantileSorted(Float64Array.from(drawn, (i) => values[i] as number).sort(), LOWEST);
    return (i: number): boolean => (values[i] as number) <= limit;
  };
  const [lowInOne, lowInOther] = [isLow(one), isLow(other)];
  const low = drawn.filter(lowInOne);
  return low.filter(lowInOther).length / low.length;
}

function atEqualRadius(ordinary: Survey, robust: Survey, sets: readonly CaseSet[], resamples: number) {
  const own = (id: string, basis: string) =>
    sets.find(
      ({ subject, radius }) =>
        subject.card.id === id && radius.basis === basis && radius.sigma === ordinary.sigma,
    );
  const [one, other] = [own(ordinary.subject.card.id, 'matched'), own(robust.subject.card.id, 'equal')];
  if (one === undefined || other === undefined) return undefined;
  const [first, second, fewer] = bootstrap(
    one.p.length,
    (drawn) => {
      const shares = [shareBelow(one.p, drawn), shareBelow(other.p, drawn)] as const;
      return [...shares, shares[0] - shares[1]];
    },
    { seed: seedFor('vulnerable', robust.subject.card.id), resamples, alpha: ALPHA / 3 },
  ) as [Interval, Interval, Interval];
  return { sigma: ordinary.sigma, images: one.p.length, shares: [first, second] as const, fewer };
}

/** Every robust model beside the ordinary one that it started from, on the same images. */
export function vulnerablePoints(
  surveys: readonly Survey[],
  sets: readonly CaseSet[],
  resamples = RESAMPLES,
): VulnerablePoints[] {
  return surveys.flatMap((robust): VulnerablePoints[] => {
    const { subject } = robust;
    const ordinary = surveys.find((each) => each.subject.card.id === subject.ordinary);
    if (ordinary === undefined || ordinary === robust) return [];
    const images = Math.min(ordinary.p.length, robust.p.length);
    const [correlation, overlap] = bootstrap(
      images,
      (drawn) => [
        spearman(
          Array.from(drawn, (i) => ordinary.p[i] as number),
          Array.from(drawn, (i) => robust.p[i] as number),
        ),
        overlapOfLowest(ordinary.p, robust.p, drawn),
      ],
      { seed: seedFor('overlap', subject.card.id), resamples, alpha: ALPHA / 2 },
    ) as [Interval, Interval];
    return [
      {
        ordinary: subject.ordinary,
        robust: subject.card.id,
        equal: atEqualRadius(ordinary, robust, sets, resamples),
        matched: { sigmas: [ordinary.sigma, robust.sigma], images, correlation, overlap },
      },
    ];
  });
}
