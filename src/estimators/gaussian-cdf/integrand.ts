import {
  logNormalCdf,
  normalCdf,
  normalQuantile,
  normalQuantileFromLog,
  normalSmallerTail,
} from '../math/normal';
import type { ConditionalChain } from './factor';

/** Below this limit Phi underflows and a step is carried out on logarithms. */
const UNDERFLOW_LIMIT = -37;
const TINY = 1e-200;

/** The value of the separated integrand at one point of the unit cube. */
export interface IntegrandValue {
  /** Log of the weighted product of the conditional probabilities; -Infinity where a step has none left. */
  logP: number;
  /** Without a tilt: one minus that product, to full relative accuracy where the product is near 1. */
  fail: number;
}

/**
 * Evaluates the separated integrand of Genz, J. Comput. Graph. Stat. 1 (1992): y_k is drawn from the standard normal
 * restricted to its conditional bounds, and the value is the product of the probabilities of those bounds. With a tilt
 * mu_k the draw is from N(mu_k, 1) instead, and the value carries the weight exp(mu_k^2/2 - mu_k y_k).
 * @param uniforms rank - 1 numbers in (0, 1). @param y scratch of length rank.
 */
export function evaluateIntegrand(
  chain: ConditionalChain,
  tilt: Float64Array,
  uniforms: Float64Array,
  y: Float64Array,
  out: IntegrandValue,
): void {
  const { rank, first, side, limit, slope } = chain;
  let product = 1;
  let logFactor = 0;
  let fail = 0;
  for (let k = 0; k < rank; k++) {
    const mu = tilt[k] as number;
    let lower = Number.NEGATIVE_INFINITY;
    let upper = Number.POSITIVE_INFINITY;
    const end = first[k + 1] as number;
    for (let c = first[k] as number; c < end; c++) {
      let bound = limit[c] as number;
      const row = c * rank;
      for (let j = 0; j < k; j++) bound -= (slope[row + j] as number) * (y[j] as number);
      if ((side[c] as number) > 0) {
        if (bound < upper) upper = bound;
      } else if (bound > lower) lower = bound;
    }
    if (!(lower < upper)) {
      out.logP = Number.NEGATIVE_INFINITY;
      out.fail = 1;
      return;
    }
    lower -= mu;
    upper -= mu;
    const isLast = k === rank - 1;
    const u = isLast ? 0.5 : (uniforms[k] as number);
    if (lower === Number.NEGATIVE_INFINITY && upper > UNDERFLOW_LIMIT) {
      const tail = normalSmallerTail(upper);
      const inside = upper < 0 ? tail : 1 - tail;
      const outside = upper < 0 ? 1 - tail : tail;
      product *= inside;
      fail += (1 - fail) * outside;
      if (!isLast) y[k] = mu + normalQuantile(u * inside);
    } else {
      const mirrored = lower + upper > 0;
      const a = mirrored ? -upper : lower;
      const b = mirrored ? -lower : upper;
      const logB = logNormalCdf(b);
      const logInside = logB + Math.log1p(-Math.exp(logNormalCdf(a) - logB));
      fail += (1 - fail) * Math.min(1, normalCdf(a) + normalCdf(-b));
      logFactor += logInside;
      if (!isLast) {
        const logA = logNormalCdf(a) - logB;
        const share = mirrored ? 1 - u : u;
        const drawn = normalQuantileFromLog(logB + Math.log(share + (1 - share) * Math.exp(logA)));
        y[k] = mu + (mirrored ? -drawn : drawn);
      }
    }
    if (mu !== 0) logFactor += mu * (0.5 * mu - (y[k] as number));
    if (product < TINY) {
      logFactor += Math.log(product);
      product = 1;
    }
  }
  out.logP = Math.log(product) + logFactor;
  out.fail = fail;
}
