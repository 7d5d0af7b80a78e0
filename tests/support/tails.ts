import golden from '../fixtures/golden.json';
import { ClosedFormClassifier, linearClassifier } from './classifiers';

interface Given {
  readonly kind: string;
  readonly sigma: number;
  readonly p: number;
  readonly d?: number;
  readonly a?: number;
  readonly r?: number;
  readonly K?: number;
  readonly logFail?: number;
  readonly rAdv?: number;
}

/** A class region of golden.json whose probability is known in closed form; the input is x, the target class 0. */
export interface Tail {
  readonly name: string;
  readonly kind: string;
  readonly sigma: number;
  readonly p: number;
  readonly fail: number;
  /** Smallest L2 distance to another class. */
  readonly rAdv: number;
  readonly x: Float32Array;
  readonly classifier: ClosedFormClassifier;
}

function classifierOf({ kind, d = 8, a = 0, r = 0, K = 0 }: Given): ClosedFormClassifier {
  if (kind === 'halfspace') {
    const w = Array.from({ length: d }, (_, j) => (j === 3 ? -1 : 0));
    return linearClassifier([w, w.map(() => 0)], [a, 0]);
  }
  if (kind === 'slab') {
    return new ClosedFormClassifier(d, 2, (x) => Float64Array.of(a - Math.abs(x[0] as number), 0));
  }
  if (kind === 'ball') {
    const squared = (x: ArrayLike<number>) => Array.from(x).reduce((sum, value) => sum + value * value, 0);
    return new ClosedFormClassifier(
      d,
      2,
      (x) => Float64Array.of(r * r - squared(x), 0),
      (x) => Float64Array.from({ length: 2 * d }, (_, j) => (j < d ? -2 * (x[j] as number) : 0)),
    );
  }
  const rows = Array.from({ length: K }, (_, i) => Array.from({ length: K }, (_, j) => (i === j ? 1 : 0)));
  return linearClassifier(rows, new Array(K).fill(0));
}

/** The closed forms of golden.json with at most ten classes. */
export const tails: readonly Tail[] = (golden.exact as readonly Given[])
  .filter(({ K }) => K === undefined || K <= 10)
  .map((given): Tail => {
    const { kind, sigma, p, d, a, r, K, logFail, rAdv = Number.NaN } = given;
    const classifier = classifierOf(given);
    const x = new Float32Array(classifier.inputLength);
    if (kind === 'identity') x[0] = 1.5;
    return {
      name: `${kind} of ${d ?? K ?? 8} dimensions, ${a ?? r ?? 1.5}/${sigma}`,
      kind,
      sigma,
      p,
      rAdv,
      fail: logFail === undefined ? 1 - p : Math.exp(logFail),
      x,
      classifier,
    };
  });
