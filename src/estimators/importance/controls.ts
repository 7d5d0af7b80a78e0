import type { Draw } from './sampler';
import { controlCoefficients, StratifiedMean } from './strata';
import type { Surrogate } from './surrogate';

/** The outcome whose probability is estimated: the rarer one, so that its own relative accuracy is what counts. */
export type Outcome = 'kept' | 'lost';

/**
 * mean(w 1) - beta (mean(v) - E v) for one outcome, with beta from a pilot on other noise, so that it is unbiased.
 * Controls v: the weighted indicator of every linear model, whose mean is a Gaussian CDF, and the densities of the
 * mixture's components over q, whose mean is 1 (Owen and Zhou, JASA 95, 2000).
 */
export class ControlledMean {
  readonly #mean: StratifiedMean;
  readonly #beta: Float64Array;
  /** Number of samples with the outcome, and the sums of w and w^2 over them. */
  #hits = 0;
  #weightSum = 0;
  #weightSquares = 0;
  /** Plain samples, and those with the outcome. */
  plain = 0;
  plainHits = 0;

  constructor(
    readonly target: number,
    readonly outcome: Outcome,
    readonly surrogates: readonly Surrogate[],
    readonly components: number,
    pilot: Draw | null,
  ) {
    this.#mean = new StratifiedMean(components);
    if (pilot === null) {
      this.#beta = new Float64Array(this.#controlCount);
      return;
    }
    const controls = Array.from({ length: this.#controlCount }, () => new Float64Array(pilot.count));
    const y = new Float64Array(pilot.count);
    for (let i = 0; i < pilot.count; i++) {
      y[i] = this.#weighted(pilot, i);
      for (let c = 0; c < controls.length; c++) (controls[c] as Float64Array)[i] = this.#control(pilot, i, c);
    }
    this.#beta = controlCoefficients(y, controls, pilot.componentOf, components);
  }

  /** Densities of all components but the last: they sum to a constant. */
  get #controlCount(): number {
    return this.surrogates.length + this.components - 1;
  }

  #happened(draw: Draw, i: number): boolean {
    return (draw.called[i] === this.target) === (this.outcome === 'kept');
  }

  #weighted(draw: Draw, i: number): number {
    return this.#happened(draw, i) ? (draw.weights[i] as number) : 0;
  }

  #control(draw: Draw, i: number, c: number): number {
    const surrogate = this.surrogates[c];
    if (surrogate === undefined) return draw.ratios[c - this.surrogates.length]?.[i] as number;
    const happens = surrogate.keepsAt(draw.projections, i) === (this.outcome === 'kept');
    return happens ? (draw.weights[i] as number) : 0;
  }

  #expected(c: number): number {
    const surrogate = this.surrogates[c];
    if (surrogate === undefined) return 1;
    return this.outcome === 'kept' ? surrogate.keeps : surrogate.fails;
  }

  add(draw: Draw): void {
    for (let i = 0; i < draw.count; i++) {
      const weighted = this.#weighted(draw, i);
      let value = weighted;
      for (let c = 0; c < this.#beta.length; c++) {
        const beta = this.#beta[c] as number;
        if (beta !== 0) value -= beta * (this.#control(draw, i, c) - this.#expected(c));
      }
      const component = draw.componentOf[i] as number;
      this.#mean.add(component, value);
      if (weighted > 0) this.#hits++;
      this.#weightSum += weighted;
      this.#weightSquares += weighted * weighted;
      if (component === 0) {
        this.plain++;
        if (this.#happened(draw, i)) this.plainHits++;
      }
    }
  }

  get count(): number {
    return this.#mean.count;
  }

  /** Estimated probability of the outcome; chance may put it slightly outside [0, 1]. */
  get probability(): number {
    return this.#mean.mean;
  }

  /**
   * Standard error from sampling, with its degrees of freedom. Half a sample of the outcome's usual weight is added, for
   * what none of them showed: where the linear models agree with every sample the spread alone would be zero.
   */
  get samplingError(): { stdErr: number; degrees: number } {
    const { stdErr, degrees } = this.#mean.error;
    const usual = this.#hits > 0 ? Math.sqrt(this.#weightSquares / this.#hits) : 0;
    return { stdErr: Math.hypot(stdErr, (Math.SQRT1_2 * usual) / this.count), degrees };
  }

  /** What the error of the Gaussian CDFs does to the estimate, at most. */
  get numericalError(): number {
    return this.surrogates.reduce(
      (sum, { stdErr }, c) => sum + Math.abs(this.#beta[c] as number) * stdErr,
      0,
    );
  }

  /** Kish's effective number of samples with the outcome: (sum w)^2 / sum w^2 over them. */
  get effective(): number {
    return this.#weightSquares > 0 ? this.#weightSum ** 2 / this.#weightSquares : 0;
  }
}
