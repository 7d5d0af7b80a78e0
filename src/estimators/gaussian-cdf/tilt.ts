import { LuDecomposition, Matrix } from 'ml-matrix';
import { inverseMills } from '../math/normal';
import type { ConditionalChain } from './factor';

/** Newton solves 2(rank-1) equations; beyond this rank that costs more than the variance it saves. */
const LARGEST_RANK = 160;
const MAX_ITERATIONS = 40;

/**
 * The exponential tilt mu that minimises the worst-case weight of sequential importance sampling: the saddle point of
 * psi(y, mu) = sum_k mu_k^2/2 - mu_k y_k + log Phi(b_k(y) - mu_k), found by damped Newton. Of several constraints on
 * one step the first counts. Source: Botev, J. R. Stat. Soc. B 79 (2017). Any mu leaves the estimate unbiased; where
 * Newton does not settle the tilt is zero.
 */
export function minimaxTilt(chain: ConditionalChain): Float64Array {
  const { rank } = chain;
  const m = rank - 1;
  const none = new Float64Array(rank);
  if (m < 1 || rank > LARGEST_RANK) return none;

  let point = new Float64Array(2 * m);
  for (let k = 0; k < m; k++) point[k] = Math.min(0, chain.expected[k] as number);
  let current = saddleEquations(chain, point);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (current.norm < 1e-8 * Math.sqrt(m)) {
      none.set(point.subarray(m), 0);
      return none;
    }
    const lu = new LuDecomposition(saddleJacobian(chain, current.mills, current.slopeOfMills));
    if (lu.isSingular()) return none;
    const step = lu.solve(Matrix.columnVector(current.residual)).to1DArray();
    let accepted = false;
    for (let damping = 1; damping > 1e-4; damping /= 2) {
      const candidate = point.map((value, i) => value - damping * (step[i] as number));
      const next = saddleEquations(chain, candidate);
      if (next.norm < current.norm) {
        point = candidate;
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
  residual: Float64Array;
  norm: number;
  /** h_k = phi/Phi at b_k(y) - mu_k, and its derivative. */
  mills: Float64Array;
  slopeOfMills: Float64Array;
}

/** Residuals of d psi/d y_j = 0 (first m) and d psi/d mu_k = 0 (last m) at (y, mu). */
function saddleEquations(chain: ConditionalChain, point: Float64Array): SaddleState {
  const { rank, first, limit, slope } = chain;
  const m = rank - 1;
  const mills = new Float64Array(rank);
  const slopeOfMills = new Float64Array(rank);
  const residual = new Float64Array(2 * m);
  for (let k = 0; k < rank; k++) {
    const c = first[k] as number;
    let a = limit[c] as number;
    for (let j = 0; j < k; j++) a -= (slope[c * rank + j] as number) * (point[j] as number);
    if (k < m) a -= point[m + k] as number;
    const h = inverseMills(a);
    mills[k] = h;
    slopeOfMills[k] = -h * (a + h);
    for (let j = 0; j < k; j++) residual[j] = (residual[j] as number) - (slope[c * rank + j] as number) * h;
  }
  for (let k = 0; k < m; k++) {
    residual[k] = (residual[k] as number) - (point[m + k] as number);
    residual[m + k] = (point[m + k] as number) - (point[k] as number) - (mills[k] as number);
  }
  const norm = Math.hypot(...residual);
  return { residual, norm: Number.isFinite(norm) ? norm : Number.POSITIVE_INFINITY, mills, slopeOfMills };
}

function saddleJacobian(chain: ConditionalChain, mills: Float64Array, slopeOfMills: Float64Array): Matrix {
  const { rank, first, slope } = chain;
  const m = mills.length - 1;
  const jacobian = Matrix.zeros(2 * m, 2 * m);
  const add = (i: number, j: number, value: number) => jacobian.set(i, j, jacobian.get(i, j) + value);
  for (let k = 0; k < rank; k++) {
    const row = (first[k] as number) * rank;
    const dh = slopeOfMills[k] as number;
    for (let j = 0; j < k; j++) {
      const sj = slope[row + j] as number;
      for (let i = 0; i < k; i++) add(j, i, sj * (slope[row + i] as number) * dh);
      if (k < m) {
        add(j, m + k, sj * dh);
        add(m + k, j, sj * dh);
      }
    }
  }
  for (let k = 0; k < m; k++) {
    add(k, m + k, -1);
    add(m + k, k, -1);
    add(m + k, m + k, 1 + (slopeOfMills[k] as number));
  }
  return jacobian;
}
