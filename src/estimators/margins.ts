import { assertFinite, type LogitGeometry } from './model';

/** The margins of a linearised classifier in units of their own standard deviation at sigma = 1. */
export interface StandardisedMargins {
  /** Signed distances g_i / norm(grad g_i) of the decision boundaries; z_i = distance_i / sigma. */
  readonly distances: Float64Array;
  /** Correlations of the margin gradients, row-major. */
  readonly correlation: Float64Array;
  /** A margin without gradient: it holds at every noise ('holds'), or at none ('fails'). Null if there is none. */
  readonly zeroGradient: 'holds' | 'fails' | null;
}

/** Squared gradient norms below this share of their parts are rounding. */
const ZERO_GRADIENT = 1e-13;

/** norm(grad g_i) of the margin of a target against class i; null where that is rounding, and the margin constant. */
export function marginNorm({ logits, gram, rounding = 0 }: LogitGeometry, target: number, i: number) {
  const classCount = logits.length;
  const ofTarget = gram[target * (classCount + 1)] as number;
  const ofOther = gram[i * (classCount + 1)] as number;
  const squared = ofTarget + ofOther - 2 * (gram[target * classCount + i] as number);
  return squared > Math.max(rounding, ZERO_GRADIENT * (ofTarget + ofOther)) ? Math.sqrt(squared) : null;
}

/**
 * Margins g_i = f_t - f_i of every other class, their gradients' norms and correlations, from logits and Gram matrix.
 * Margins without gradient are left out and reported. Source: Han, Srinivas, Lakkaraju, UAI 2024, section 3.
 * @throws ClassifierError where a logit or product of gradients is not finite.
 */
export function standardisedMargins(geometry: LogitGeometry, target: number): StandardisedMargins {
  const { logits, gram } = geometry;
  assertFinite(logits, 'logits');
  assertFinite(gram, 'gradients');
  const classCount = logits.length;
  const at = (i: number, j: number): number => gram[i * classCount + j] as number;
  const others: number[] = [];
  const norms: number[] = [];
  let zeroGradient: StandardisedMargins['zeroGradient'] = null;
  for (let i = 0; i < classCount; i++) {
    if (i === target) continue;
    const norm = marginNorm(geometry, target, i);
    if (norm !== null) {
      others.push(i);
      norms.push(norm);
    } else {
      const holds = (logits[target] as number) > (logits[i] as number);
      if (!holds) zeroGradient = 'fails';
      else zeroGradient ??= 'holds';
    }
  }
  const n = others.length;
  const distances = new Float64Array(n);
  const correlation = new Float64Array(n * n);
  for (const [a, i] of others.entries()) {
    distances[a] = ((logits[target] as number) - (logits[i] as number)) / (norms[a] as number);
    for (const [b, j] of others.entries()) {
      const product = at(target, target) - at(target, i) - at(target, j) + at(i, j);
      correlation[a * n + b] = a === b ? 1 : product / ((norms[a] as number) * (norms[b] as number));
    }
  }
  return { distances, correlation, zeroGradient };
}

/** 1 / (1 + sum_i exp(-z_i)), the mv-sigmoid of the paper. In [0, 1], free of overflow. */
export function multivariateSigmoid(z: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += Math.exp(-(z[i] as number));
  return 1 / (1 + sum);
}
