import { inverseMills } from '../math/normal';
import type { ConditionalChain } from './factor';

/** Steps that are tilted: the leading ones, which are the least likely. More would cost more than the variance saved. */
const MOST_STEPS = 160;
const MAX_ITERATIONS = 40;

/**
 * The exponential tilt mu that minimises the worst-case weight of sequential importance sampling: the saddle point of
 * psi(y, mu) = sum_k mu_k^2/2 - mu_k y_k + log Phi(b_k(y) - mu_k), found by damped Newton. Of several constraints on
 * one step the first counts. Source: Botev, J. R. Stat. Soc. B 79 (2017). Any mu leaves the estimate unbiased; where
 * Newton does not settle the tilt is zero.
 */
export function minimaxTilt(chain: ConditionalChain): Float64Array {
  const none = new Float64Array(chain.rank);
  const steps = Math.min(chain.rank, MOST_STEPS);
  const m = steps - 1;
  if (m < 1) return none;

  let y = Float64Array.from({ length: m }, (_, k) => Math.min(0, chain.expected[k] as number));
  let mu = new Float64Array(m);
  let current = saddleEquations(chain, steps, y, mu);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (current.norm < 1e-8 * Math.sqrt(m)) {
      none.set(mu, 0);
      return none;
    }
    const step = newtonStep(chain, steps, current);
    if (step === null) return none;
    let accepted = false;
    for (let damping = 1; damping > 1e-4; damping /= 2) {
      const nextY = y.map((value, k) => value + damping * (step.y[k] as number));
      const nextMu = mu.map((value, k) => value + damping * (step.mu[k] as number));
      const next = saddleEquations(chain, steps, nextY, nextMu);
      if (next.norm < current.norm) {
        y = nextY;
        mu = nextMu;
        current = next;
        accepted = true;
        break;
      }
    }
    if (!accepted) return none;
  }
  return none;
}

interface SaddleState {
  /** d psi / d y and d psi / d mu. */
  readonly byY: Float64Array;
  readonly byMu: Float64Array;
  readonly norm: number;
  /** Derivative of h = phi/Phi at b_k(y) - mu_k, in (-1, 0). */
  readonly slopeOfMills: Float64Array;
}

function saddleEquations(
  chain: ConditionalChain,
  steps: number,
  y: Float64Array,
  mu: Float64Array,
): SaddleState {
  const { rank, first, limit, slope } = chain;
  const m = steps - 1;
  const slopeOfMills = new Float64Array(steps);
  const byY = new Float64Array(m);
  const byMu = new Float64Array(m);
  for (let k = 0; k < steps; k++) {
    const c = first[k] as number;
    const row = c * rank;
    let a = (limit[c] as number) - (k < m ? (mu[k] as number) : 0);
    for (let j = 0; j < k; j++) a -= (slope[row + j] as number) * (y[j] as number);
    const h = inverseMills(a);
    slopeOfMills[k] = -h * (a + h);
    for (let j = 0; j < k; j++) byY[j] = (byY[j] as number) - (slope[row + j] as number) * h;
    if (k < m) byMu[k] = (mu[k] as number) - (y[k] as number) - h;
  }
  let squares = 0;
  for (let k = 0; k < m; k++) {
    byY[k] = (byY[k] as number) - (mu[k] as number);
    squares += (byY[k] as number) ** 2 + (byMu[k] as number) ** 2;
  }
  const norm = Math.sqrt(squares);
  return { byY, byMu, norm: Number.isFinite(norm) ? norm : Number.POSITIVE_INFINITY, slopeOfMills };
}

/**
 * Eliminating mu from the Newton equations leaves (I + L'WL) dy = g for the steps before the last, with L the slopes
 * over a unit diagonal and W = -h' / (1 + h') (-h' at the last step): positive definite, so Cholesky solves it.
 */
function newtonStep(
  chain: ConditionalChain,
  steps: number,
  { byY, byMu, slopeOfMills }: SaddleState,
): { y: Float64Array; mu: Float64Array } | null {
  const { rank, first, slope } = chain;
  const m = steps - 1;
  const matrix = new Float64Array(m * m);
  const weighted = new Float64Array(steps);
  // B = d2 psi / dy dmu = L' diag(h') - I and D = d2 psi / dmu2 = 1 + h'.
  const y = byY.slice();
  for (let k = 0; k < steps; k++) {
    const row = (first[k] as number) * rank;
    const dh = slopeOfMills[k] as number;
    const curvature = k < m ? 1 + dh : 1;
    if (!(curvature > 0)) return null;
    const weight = -dh / curvature;
    for (let i = 0; i < k; i++) weighted[i] = weight * (slope[row + i] as number);
    for (let i = 0; i < k; i++) {
      const s = slope[row + i] as number;
      if (s === 0) continue;
      const o = i * m;
      for (let j = 0; j <= i; j++) matrix[o + j] = (matrix[o + j] as number) + s * (weighted[j] as number);
    }
    if (k === m) break;
    const o = k * m;
    for (let j = 0; j < k; j++) matrix[o + j] = (matrix[o + j] as number) + (weighted[j] as number);
    matrix[o + k] = (matrix[o + k] as number) + 1 + weight;
    const pull = (byMu[k] as number) / curvature;
    for (let j = 0; j < k; j++) y[j] = (y[j] as number) - (slope[row + j] as number) * dh * pull;
    y[k] = (y[k] as number) + pull;
  }
  if (!solveCholesky(matrix, m, y)) return null;

  const mu = new Float64Array(m);
  for (let k = 0; k < m; k++) {
    const row = (first[k] as number) * rank;
    const dh = slopeOfMills[k] as number;
    let along = -(y[k] as number);
    for (let j = 0; j < k; j++) along += dh * (slope[row + j] as number) * (y[j] as number);
    mu[k] = (-(byMu[k] as number) - along) / (1 + dh);
  }
  return { y, mu };
}

/** Solves A x = b in place of b, for the lower triangle of A, positive definite; false where it is not. */
function solveCholesky(a: Float64Array, m: number, b: Float64Array): boolean {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * m + j] as number;
      for (let k = 0; k < j; k++) sum -= (a[i * m + k] as number) * (a[j * m + k] as number);
      if (j < i) a[i * m + j] = sum / (a[j * m + j] as number);
      else if (sum > 0) a[i * m + i] = Math.sqrt(sum);
      else return false;
    }
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (a[i * m + k] as number) * (b[k] as number);
    b[i] = sum / (a[i * m + i] as number);
  }
  for (let i = m - 1; i >= 0; i--) {
    const x = (b[i] as number) / (a[i * m + i] as number);
    b[i] = x;
    for (let k = 0; k < i; k++) b[k] = (b[k] as number) - (a[i * m + k] as number) * x;
  }
  return true;
}
