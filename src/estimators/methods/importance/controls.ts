import type { Draw } from './sampler';
import { controlCoefficients, StratifiedMean } from './strata';
import type { Surrogate } from './surrogate';

/** The outcome whose probability is estimated: the rarer one, so that its own relative accuracy is what counts. */
export type Outcome = 'kept' | 'lost';

/** What a draw says of the outcome and of the control variates. */
interface Observed {
  readonly y: Float64Array;
  /** One array for each control variate. */
  readonly controls: readonly Float64Array[];
  readonly componentOf: Int32Array;
}

/**
 * mean(w 1) - beta (mean(v) - E v) for one outcome. Every draw is controlled with a beta from the draws before it, the
 * pilot first, and so stays unbiased: beta is fitted anew whenever twice as much is known.
 * Controls v: the weighted indicator of every linear model, whose mean is a Gaussian CDF, and the densities of the
 * mixture's components over q, whose mean is 1 (Owen and Zhou, JASA 95, 2000).
 */
export class ControlledMean {
  readonly #mean: StratifiedMean;
  readonly #known: Observed[] = [];
  #knownCount = 0;
  #fittedAt = 0;
  #beta: Float64Array;
  /** Sums of |beta| over the samples. */
  readonly #used: Float64Array;
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
    this.#beta = new Float64Array(this.#controlCount);
    this.#used = new Float64Array(this.#controlCount);
    if (pilot !== null) this.#learn(this.#observe(pilot));
  }

  /** Densities of all components but the last: they sum to a constant. */
  get #controlCount(): number {
    return this.surrogates.length + this.components - 1;
  }

  #happened(draw: Draw, i: number): boolean {
    return (draw.called[i] === this.target) === (this.outcome === 'kept');
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

  #observe(draw: Draw): Observed {
    const y = Float64Array.from({ length: draw.count }, (_, i) =>
      this.#happened(draw, i) ? (draw.weights[i] as number) : 0,
    );
    const controls = Array.from({ length: this.#controlCount }, (_, c) =>
      Float64Array.from({ length: draw.count }, (_, i) => this.#control(draw, i, c)),
    );
    return { y, controls, componentOf: draw.componentOf };
  }

  #learn(observed: Observed): void {
    this.#known.push(observed);
    this.#knownCount += observed.y.length;
    if (this.#knownCount < 2 * this.#fittedAt) return;
    this.#fittedAt = this.#knownCount;
    const join = (pick: (each: Observed) => ArrayLike<number>): Float64Array => {
      const all = new Float64Array(this.#knownCount);
      let at = 0;
      for (const each of this.#known) {
        all.set(pick(each), at);
        at += each.y.length;
      }
      return all;
    };
    this.#beta = controlCoefficients(
      join(({ y }) => y),
      this.#beta.length === 0
        ? []
        : Array.from(this.#beta, (_, c) => join(({ controls }) => controls[c] as Float64Array)),
      join(({ componentOf }) => componentOf),
      this.components,
    );
  }

  add(draw: Draw): void {
    const observed = this.#observe(draw);
    for (let c = 0; c < this.#beta.length; c++) {
      this.#used[c] = (this.#used[c] as number) + draw.count * Math.abs(this.#beta[c] as number);
    }
    for (let i = 0; i < draw.count; i++) {
      const weighted = observed.y[i] as number;
      let value = weighted;
      for (let c = 0; c < this.#beta.length; c++) {
        const beta = this.#beta[c] as number;
        if (beta !== 0) value -= beta * ((observed.controls[c]?.[i] as number) - this.#expected(c));
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
    this.#learn(observed);
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

  /** Third central moment of the estimate. */
  get third(): number {
    return this.#mean.third;
  }

  /** What the error of the Gaussian CDFs does to the estimate, at most. */
  get numericalError(): number {
    return this.surrogates.reduce(
      (sum, { stdErr }, c) => sum + ((this.#used[c] as number) / this.count) * stdErr,
      0,
    );
  }

  /** Sums of w and of w^2 over the samples with the outcome. */
  get weights(): { sum: number; squares: number } {
    return { sum: this.#weightSum, squares: this.#weightSquares };
  }
}

/** What a mean, or several together, say of the rarer outcome. */
export interface Finding {
  readonly outcome: Outcome;
  readonly count: number;
  /** Estimated probability of the outcome; chance may put it slightly outside [0, 1]. */
  readonly probability: number;
  /** Standard error from sampling, with its degrees of freedom. */
  readonly samplingError: { readonly stdErr: number; readonly degrees: number };
  /** Third central moment of the estimate. */
  readonly third: number;
  readonly numericalError: number;
  /** Kish's effective number of samples with the outcome: (sum w)^2 / sum w^2 over them. */
  readonly effective: number;
  /** Plain samples, and those with the outcome. */
  readonly plain: number;
  readonly plainHits: number;
}

/**
 * Means of independent samples put together with shares that sum to 1 and were chosen before their samples.
 * @param check plain copies besides, which count where only those do.
 */
export function together(
  parts: readonly { readonly mean: ControlledMean; readonly share: number }[],
  check: { readonly outcome: Outcome; readonly samples: number; readonly plainHits: number } | null = null,
): Finding {
  const { outcome } = (parts[0] as (typeof parts)[0]).mean;
  const { samples, plainHits: seen } = check ?? { samples: 0, plainHits: 0 };
  const total = (of: (mean: ControlledMean, share: number) => number): number =>
    parts.reduce((sum, { mean, share }) => sum + of(mean, share), 0);
  const variance = total((mean, share) => (share * mean.samplingError.stdErr) ** 2);
  // Satterthwaite, as within each mean.
  const spread = total(
    (mean, share) => (share * mean.samplingError.stdErr) ** 4 / mean.samplingError.degrees,
  );
  const squares = total(({ weights }) => weights.squares);
  return {
    outcome,
    count: total(({ count }) => count),
    probability: total((mean, share) => share * mean.probability),
    samplingError: {
      stdErr: Math.sqrt(variance),
      degrees: spread > 0 ? variance ** 2 / spread : total(({ count }) => count - 1),
    },
    third: total((mean, share) => share ** 3 * mean.third),
    numericalError: total((mean, share) => share * mean.numericalError),
    effective: squares > 0 ? total(({ weights }) => weights.sum) ** 2 / squares : 0,
    plain: total(({ plain }) => plain) + samples,
    plainHits:
      total(({ plainHits }) => plainHits) +
      (check === null || check.outcome === outcome ? seen : samples - seen),
  };
}
