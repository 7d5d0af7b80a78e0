import { DECISION_SAMPLES, type StopDesign } from './looks';
import { firstShares, nextShares, type PathShares, pathValue } from './paths';

/** Values at the ends of one look, of at most n/2 successes: from `from` on. */
interface EndValues {
  readonly from: number;
  readonly values: Float64Array;
}

/**
 * The unbiased estimates of p at the ends of a stop rule, computed look by look as they are asked for: some
 * milliseconds at most for a look. One serves every radius of a sweep.
 */
export class PathValues {
  readonly #design: StopDesign;
  #shares: PathShares;
  /** By look, of those that are passed. */
  readonly #passed: EndValues[] = [];

  constructor(design: StopDesign) {
    this.#design = design;
    this.#shares = firstShares(design);
  }

  /** The estimate at an end of k successes after n copies. */
  at(k: number, n: number): number {
    while (this.#shares.n < n) {
      this.#passed.push(this.#endValues());
      this.#shares = nextShares(this.#design, this.#shares);
    }
    const low = Math.min(k, n - k);
    const value = this.#shares.n === n ? pathValue(this.#shares, low) : this.#passedValue(low, n);
    return low === k ? value : 1 - value;
  }

  #passedValue(low: number, n: number): number {
    const { from, values } = this.#passed[n / DECISION_SAMPLES - 1] as EndValues;
    return values[low - from] ?? low / n;
  }

  #endValues(): EndValues {
    const { n, from } = this.#shares;
    const count = Math.max(0, this.#design.boundary(n) + 1 - from);
    return {
      from,
      values: Float64Array.from({ length: count }, (_, i) => pathValue(this.#shares, from + i)),
    };
  }
}
