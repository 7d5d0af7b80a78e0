import { argmax, centredGram, type LogitGeometry } from '../../../../estimators/model';
import { NormalSource, STREAMS } from '../../../../estimators/noise/gaussian';
import { noisyPoints } from '../../../../estimators/noisy-points';
import { pairGeometry } from '../../../../estimators/pair-geometry';
import type { HalfPlane } from './half-planes';
import { CLASS_COUNT, jacobianAt, logitsAt, type Point } from './model';

/** Noisy copies that MMSE averages over: as the registered estimators do. */
const MMSE_POINTS = 10;
/** Pairs that the Gaussian margin fit takes: the same. */
const FIT_PAIRS = 64;

/** Roles of the estimators that average. */
export type Averaging = 'averaged' | 'antithetic';

/** The two classes that are not t. */
export const others = (target: number): number[] =>
  Array.from({ length: CLASS_COUNT }, (_, k) => k).filter((k) => k !== target);

/** What the classifier calls a point. */
export const calledAt = (point: Point): number => argmax(logitsAt(point));

/** One straightened margin for each class that is not t, from logits and Jacobian as seen from a point. */
function halfPlanesOf(
  logits: ArrayLike<number>,
  jacobian: ArrayLike<number>,
  from: Point,
  target: number,
): HalfPlane[] {
  const slope = (k: number, j: number): number => jacobian[2 * k + j] as number;
  return others(target).map((i) => ({
    against: i,
    from,
    value: (logits[target] as number) - (logits[i] as number),
    gradient: [slope(target, 0) - slope(i, 0), slope(target, 1) - slope(i, 1)],
  }));
}

/** The tangent half-planes of Taylor. */
export function tangentsAt(point: Point, target: number): HalfPlane[] {
  return halfPlanesOf(logitsAt(point), jacobianAt(point), point, target);
}

/** The noisy copies of MMSE, the half-planes of each, and their average as seen from the clean point. */
export function averagedPlanes(
  point: Point,
  target: number,
  sigma: number,
  seed: number,
  averaging: Averaging,
) {
  const kind = averaging === 'averaged' ? 'independent' : 'pairs';
  const inputs = noisyPoints({ x: Float32Array.from(point), seed }, sigma, { kind, count: MMSE_POINTS });
  const copies = Array.from(
    { length: MMSE_POINTS },
    (_, i): Point => [inputs[2 * i] as number, inputs[2 * i + 1] as number],
  );
  const single = copies.map((copy) => tangentsAt(copy, target));
  const mean = others(target).map((against, i): HalfPlane => {
    const planes = single.map((each) => each[i] as HalfPlane);
    const average = (of: (plane: HalfPlane) => number): number =>
      planes.reduce((sum, plane) => sum + of(plane), 0) / planes.length;
    return {
      against,
      from: point,
      value: average(({ value }) => value),
      gradient: [average(({ gradient }) => gradient[0]), average(({ gradient }) => gradient[1])],
    };
  });
  return { copies, single, mean };
}

/** Noisy copies 0 ... count-1 of the Monte Carlo stream, and what each is called. */
export function noisyCopies(point: Point, sigma: number, seed: number, count: number) {
  const source = new NormalSource(seed, STREAMS.plain);
  const noise = new Float64Array(2);
  return Array.from({ length: count }, (_, i) => {
    source.fill(i, noise);
    const at: Point = [point[0] + sigma * (noise[0] as number), point[1] + sigma * (noise[1] as number)];
    const logits = logitsAt(at);
    return { at, logits, called: argmax(logits) };
  });
}

/** A Gaussian of the two margins. */
export interface MarginGaussian {
  readonly mean: Point;
  /** Variances of both and their covariance. */
  readonly covariance: readonly [number, number, number];
}

/** Mean and covariance of the margins, from mean and covariance of the logits. */
function marginGaussian({ logits, gram }: LogitGeometry, target: number, scale: number): MarginGaussian {
  const [a = 0, b = 0] = others(target);
  const at = (i: number, j: number): number => gram[i * CLASS_COUNT + j] as number;
  const product = (i: number, j: number): number =>
    scale * (at(target, target) - at(target, i) - at(target, j) + at(i, j));
  const margin = (i: number): number => (logits[target] as number) - (logits[i] as number);
  return { mean: [margin(a), margin(b)], covariance: [product(a, a), product(b, b), product(a, b)] };
}

/** What the estimator of each role takes the margins' distribution for. */
export function fittedGaussian(
  method: 'first-order' | 'moments' | Averaging,
  point: Point,
  target: number,
  sigma: number,
  seed: number,
): MarginGaussian {
  if (method === 'first-order') {
    const gram = centredGram(jacobianAt(point), CLASS_COUNT);
    return marginGaussian({ logits: logitsAt(point), gram }, target, sigma ** 2);
  }
  if (method === 'moments') {
    const source = new NormalSource(seed, STREAMS.pairs);
    const noise = new Float64Array(2);
    const [above, below] = [1, -1].map((sign) =>
      Float32Array.from(
        Array.from({ length: FIT_PAIRS }, (_, i) => {
          source.fill(i, noise);
          return Array.from(
            logitsAt([
              point[0] + sign * sigma * (noise[0] as number),
              point[1] + sign * sigma * (noise[1] as number),
            ]),
          );
        }).flat(),
      ),
    ) as [Float32Array, Float32Array];
    return marginGaussian(pairGeometry(above, below, CLASS_COUNT), target, 1);
  }
  const { mean } = averagedPlanes(point, target, sigma, seed, method);
  const [one, other] = mean as [HalfPlane, HalfPlane];
  const product = (a: HalfPlane, b: HalfPlane): number =>
    sigma ** 2 * (a.gradient[0] * b.gradient[0] + a.gradient[1] * b.gradient[1]);
  return {
    mean: [one.value, other.value],
    covariance: [product(one, one), product(other, other), product(one, other)],
  };
}
