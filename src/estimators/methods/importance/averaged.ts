import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { EstimatorContext } from '../../definition';
import { assertFinite } from '../../model';
import { NormalSource } from '../../noise/gaussian';
import { dot, type Plane, planeThrough } from '../../plane';

/** Copies whose gradients are taken: one margin's each, a seventh of a Jacobian's cost at ten classes. */
export const GRADIENT_COPIES = 32;
/** A class that fewer of them are nearest to has no direction of its own. */
const LEAST_OWN = 4;
const MAX_OWN = 6;
/** The share of all copies in the direction of one class, in copies: a few of its own say little. */
const SHRINKAGE = 4;
/** A linear share below which it is looked whether the boundary lies on two sides. */
const CANCELLED = 0.1;

/** Noisy copies that were evaluated: samples 0 ... count - 1 of a stream, none of them shifted. */
export interface PlainCopies {
  readonly stream: number;
  readonly count: number;
  /** count x K */
  readonly logits: Float32Array;
}

/** One of them, with its margin against the class that is nearest there. */
interface Copy {
  readonly sample: number;
  readonly other: number;
  readonly margin: number;
}

/** What margins look like from where the noise is. */
export interface AveragedMargins {
  /** Of the margin against whichever class is nearest; null where its gradients cancel. */
  readonly overall: Plane | null;
  /** Of the margins against the classes that are nearest most often, or from opposite sides. */
  readonly planes: readonly Plane[];
  /** Every class that is nearest to any copy. */
  readonly rivals: readonly number[];
  /** Share of the decisive margin's variance that is linear in the noise, between 0 and 1. */
  readonly linearShare: number;
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

  const all = near.map((_, n) => n);
  const average = (values: ArrayLike<number>, members: readonly number[]): Float64Array => {
    const mean = new Float64Array(d);
    for (const n of members) {
      for (let j = 0; j < d; j++)
        mean[j] = (mean[j] as number) + (values[n * d + j] as number) / members.length;
    }
    return mean;
  };
  /** The margin against the members' commonest rival, linear around where they are. */
  const planeOf = (members: readonly number[], gradient: Float64Array): Plane | null => {
    const [other] = groups(members, (n) => (near[n] as Copy).other)[0] as [number, number[]];
    const at = average(inputs, members).map((value, j) => value - (x[j] as number));
    const value = members.reduce((sum, n) => sum + (near[n] as Copy).margin, 0) / members.length;
    return planeThrough(other, value, gradient, at);
  };
  const mean = copies.reduce((sum, { margin }) => sum + margin, 0) / count;
  const variance =
    copies.reduce((sum, { margin }) => sum + (margin - mean) ** 2, 0) / (count - 1) / sigma ** 2;
  const shareOf = (members: readonly number[]): number =>
    linearShare(
      average(found.gradients, members),
      members.flatMap((n) => dot(row(n), row(n))),
      variance,
    );
  const row = (n: number): ArrayLike<number> => found.gradients.subarray(n * d, (n + 1) * d);
  const rest = {
    rivals: [...new Set(copies.map(({ other }) => other))],
    evaluations: near.length,
    gradients: near.length,
  };

  if (shareOf(all) < CANCELLED) {
    const sides = groups(all, sideOf(all.map(row)));
    const large = sides.flatMap(([, members]) => (members.length >= LEAST_OWN ? [members] : []));
    const linear = Math.max(0, ...large.map(shareOf));
    if (large.length === 2 && linear > CANCELLED) {
      const planes = large.flatMap((members) => planeOf(members, average(found.gradients, members)) ?? []);
      return { ...rest, overall: null, planes, linearShare: linear };
    }
  }
  const whole = average(found.gradients, all);
  const own = groups(all, (n) => (near[n] as Copy).other).filter(
    ([, members]) => members.length >= LEAST_OWN && members.length < all.length,
  );
  return {
    ...rest,
    overall: planeOf(all, whole),
    planes: own.slice(0, MAX_OWN).flatMap(([, members]) => {
      const size = members.length + SHRINKAGE;
      const gradient = average(found.gradients, members).map(
        (value, j) => (members.length * value + SHRINKAGE * (whole[j] as number)) / size,
      );
      return planeOf(members, gradient) ?? [];
    }),
    linearShare: shareOf(all),
  };
}

/** The members of each key, the largest group first. */
function groups(members: readonly number[], keyOf: (member: number) => number): [number, number[]][] {
  const found = new Map<number, number[]>();
  for (const member of members) {
    const key = keyOf(member);
    found.set(key, [...(found.get(key) ?? []), member]);
  }
  return [...found].sort(([, a], [, b]) => b.length - a.length);
}

/** On which side of zero each vector lies along the direction in which they are largest. */
function sideOf(vectors: readonly ArrayLike<number>[]): (n: number) => number {
  const gram = new Matrix(vectors.map((a) => vectors.map((b) => dot(a, b))));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const largest = realEigenvalues.indexOf(Math.max(...realEigenvalues));
  const along = eigenvectorMatrix.getColumn(largest);
  return (n) => Math.sign(along[n] as number);
}

function nearestRival(logits: ArrayLike<number>, target: number, sample: number): Copy {
  let other = target === 0 ? 1 : 0;
  for (let k = 0; k < logits.length; k++) {
    if (k !== target && (logits[k] as number) > (logits[other] as number)) other = k;
  }
  return { sample, other, margin: (logits[target] as number) - (logits[other] as number) };
}

/**
 * Share of a function's variance that is linear in standard normal noise: its first Hermite coefficients are the mean
 * gradient. What n gradients scatter by is taken off the square of their mean. @param squares of the gradients' norms.
 */
function linearShare(mean: Float64Array, squares: readonly number[], variance: number): number {
  const n = squares.length;
  if (!(variance > 0) || n < 2) return 1;
  const scatter = squares.reduce((sum, square) => sum + square, 0) / n;
  const linear = (n * dot(mean, mean) - scatter) / (n - 1);
  return Math.min(1, Math.max(0, linear / variance));
}
