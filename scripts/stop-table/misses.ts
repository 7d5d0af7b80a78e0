import type { Ends } from './ending';

/** Multiples of the half-width at which misses are told apart. */
const FINEST = 0.005;
const LEAST = 0.9;
const MOST = 6;
const BINS = Math.round((MOST - LEAST) / FINEST);
/** Standard deviations, and then copies, beyond which nothing is counted; at most 1e-12 of probability in all. */
const REACH = 7.2;
const BEYOND = 40;
const NEGLIGIBLE = -34;

/**
 * The multiples of the half-width that intervals need so that they miss p with a probability of at most each alpha,
 * whatever p is: an upper bound, valid between the cells' edges too. In a cell of p, an interval counts as missing if it
 * misses any p of the cell, and its probability is the largest in the cell: p^k (1-p)^(n-k) rises towards k/n, so that is
 * the one at the edge nearest to k/n.
 * @param alphas falling
 * @param cells how many, of equal width
 * @param stride looks at every so many cells only, for a first impression
 */
export function neededMultiples(
  all: readonly Ends[],
  alphas: readonly number[],
  cells: number,
  stride = 1,
): number[] {
  const needed = alphas.map(() => LEAST);
  const bins = new Float64Array(BINS);
  for (let cell = 0; cell < cells / 2; cell += stride) {
    bins.fill(0);
    addLower(all, cell / cells, (cell + 1) / cells, bins);
    addLower(all, 1 - (cell + 1) / cells, 1 - cell / cells, bins);
    let missed = 0;
    let bin = BINS - 1;
    for (let i = alphas.length - 1; i >= 0; i--) {
      const alpha = (alphas[i] as number) * 0.9999;
      while (bin >= 0 && missed + (bins[bin] as number) <= alpha) missed += bins[bin--] as number;
      needed[i] = Math.max(needed[i] as number, LEAST + (bin + 1) * FINEST);
    }
  }
  return needed;
}

/** Adds the probability of ends below a cell by how many half-widths they are away from its upper edge. */
function addLower(all: readonly Ends[], lower: number, upper: number, bins: Float64Array): void {
  if (lower <= 0) return;
  const logOdds = Math.log(lower / (1 - lower));
  const logLoss = Math.log1p(-lower);
  const spread = lower * (1 - lower);
  for (const { n, from, logWays, perWidth } of all) {
    const middle = n * lower;
    const start = Math.max(0, Math.ceil(middle - REACH * Math.sqrt(n * spread) - BEYOND) - from);
    const stop = Math.min(logWays.length, Math.ceil(n * upper) - from);
    if (start >= stop) continue;
    const base = n * logLoss;
    for (let i = start; i < stop; i++) {
      const k = from + i;
      const multiple = (upper - k / n) * (perWidth[i] as number);
      // It falls in k: half-widths grow no faster than ends move away.
      if (multiple < LEAST) break;
      const exponent = (logWays[i] as number) + k * logOdds + base;
      if (exponent < NEGLIGIBLE) continue;
      const bin = Math.min(BINS - 1, Math.floor((multiple - LEAST) / FINEST));
      bins[bin] = (bins[bin] as number) + Math.exp(exponent);
    }
  }
}
