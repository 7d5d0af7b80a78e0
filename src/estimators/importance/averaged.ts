import type { EstimatorContext } from '../definition';
import { assertFinite } from '../model';
import { NormalSource } from '../noise/gaussian';
import { type Plane, planeThrough } from './plane';

/** Copies whose gradients are taken: one margin's each, a seventh of a Jacobian's cost at ten classes. */
export const GRADIENT_COPIES = 32;
/** A class that fewer of them are nearest to has no direction of its own. */
const LEAST_OWN = 4;
const MAX_OWN = 6;
/** The share of all copies in the direction of one class, in copies: a few of its own say little. */
const SHRINKAGE = 4;

/** Noisy copies that were evaluated: samples 0 ... count - 1 of a stream, none of them shifted. */
export interface PlainCopies {
  readonly stream: number;
  readonly count: number;
  /** count x K */
  readonly logits: Float32Array;
}

/** What margins look like from where the noise is. */
export interface AveragedMargins {
  /** Of the margin against whichever class is nearest; null without a gradient. */
  readonly overall: Plane | null;
  /** Of the margins against the classes that are nearest most often. */
  readonly planes: readonly Plane[];
  /** Every class that is nearest to any copy. */
  readonly rivals: readonly number[];
  readonly evaluations: number;
  readonly gradients: number;
}

/**
 * Margins against the best other class, linearised at noisy copies and averaged: in many dimensions noise leaves the
 * neighbourhood of x, and what x's own gradient says of the boundary is little. The copies nearest to the boundary are
 * taken, each with the gradient of the one margin that decides there.
 */
export async function averagedMargins(
  { classifier, x, target, seed }: EstimatorContext,
  sigma: number,
  { stream, count, logits }: PlainCopies,
): Promise<AveragedMargins> {
  const [d, K] = [classifier.inputLength, classifier.classCount];
  const copies = Array.from({ length: count }, (_, i) =>
    nearestRival(logits.subarray(i * K, (i + 1) * K), target, i),
  );
  const near = [...copies].sort((a, b) => Math.abs(a.margin) - Math.abs(b.margin)).slice(0, GRADIENT_COPIES);
  const source = new NormalSource(seed, stream);
  const inputs = new Float32Array(near.length * d);
  const cotangents = new Float32Array(near.length * K);
  for (const [n, { sample, other }] of near.entries()) {
    source.fill(sample, inputs, n * d, d);
    for (let j = 0; j < d; j++) inputs[n * d + j] = (x[j] as number) + sigma * (inputs[n * d + j] as number);
    cotangents[n * K + target] = 1;
    cotangents[n * K + other] = -1;
  }
  const found = await classifier.gradients(inputs, cotangents);
  assertFinite(found.gradients, 'gradients');

  const sumOver = (members: readonly number[]): Float64Array => {
    const sum = new Float64Array(d);
    for (const n of members) {
      for (let j = 0; j < d; j++) sum[j] = (sum[j] as number) + (found.gradients[n * d + j] as number);
    }
    return sum;
  };
  const all = near.map((_, n) => n);
  const whole = sumOver(all).map((value) => value / all.length);
  const meanMargin = copies.reduce((sum, { margin }) => sum + margin, 0) / count;
  const byRival = new Map<number, number[]>();
  for (const [n, { other }] of near.entries()) byRival.set(other, [...(byRival.get(other) ?? []), n]);
  const own = [...byRival].filter(
    ([, members]) => members.length >= LEAST_OWN && members.length < all.length,
  );
  own.sort(([, a], [, b]) => b.length - a.length);
  const marginAgainst = (other: number): number => {
    let sum = 0;
    for (let i = 0; i < count; i++)
      sum += (logits[i * K + target] as number) - (logits[i * K + other] as number);
    return sum / count;
  };
  const commonest = [...byRival].sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 0;
  return {
    overall: planeThrough(commonest, meanMargin, whole, null),
    planes: own.slice(0, MAX_OWN).flatMap(([other, members]) => {
      const sum = sumOver(members);
      const size = members.length + SHRINKAGE;
      const gradient = sum.map((value, j) => (value + SHRINKAGE * (whole[j] as number)) / size);
      return planeThrough(other, marginAgainst(other), gradient, null) ?? [];
    }),
    rivals: [...new Set(copies.map(({ other }) => other))],
    evaluations: near.length,
    gradients: near.length,
  };
}

function nearestRival(logits: ArrayLike<number>, target: number, sample: number) {
  let other = target === 0 ? 1 : 0;
  for (let k = 0; k < logits.length; k++) {
    if (k !== target && (logits[k] as number) > (logits[other] as number)) other = k;
  }
  return { sample, other, margin: (logits[target] as number) - (logits[other] as number) };
}
