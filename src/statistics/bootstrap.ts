import { quantileSorted } from './moments';
import { UniformSource } from './random';

/** A statistic with its limits. */
export interface Interval {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  readonly resamples: number;
  /**
   * Probability of missing, both sides together, of all statistics or of each; divide by the number of intervals that
   * are judged together.
   */
  readonly alpha: number | readonly number[];
}

/**
 * Percentile limits from values of a statistic over resamples; values that are not numbers (a resample in which
 * nothing varies) are left out. Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 */
export function percentileLimits(values: Float64Array, alpha: number): { lo: number; hi: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return { lo: quantileSorted(sorted, alpha / 2), hi: quantileSorted(sorted, 1 - alpha / 2) };
}

/**
 * Percentile bootstrap of several statistics of the same cases, which are drawn with replacement: what is paired
 * within a case stays paired.
 * @param statistics of the cases with these numbers, each once or more; a list of fixed length.
 */
export function bootstrap(
  cases: number,
  statistics: (drawn: Uint32Array) => readonly number[],
  { seed, resamples, alpha }: BootstrapOptions,
): Interval[] {
  const source = new UniformSource(seed);
  const drawn = Uint32Array.from({ length: cases }, (_, i) => i);
  const values = statistics(drawn);
  const columns = values.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < cases; i++) drawn[i] = source.below(cases);
    for (const [k, value] of statistics(drawn).entries()) (columns[k] as Float64Array)[resample] = value;
  }
  return columns.map((column, k) => {
    const missing = typeof alpha === 'number' ? alpha : (alpha[k] as number);
    return { value: values[k] as number, ...percentileLimits(column, missing) };
  });
}

/** The same for the mean of values. */
export function bootstrapMean(values: ArrayLike<number>, options: BootstrapOptions): Interval {
  const statistics = (drawn: Uint32Array) => [
    drawn.reduce((sum, i) => sum + (values[i] as number), 0) / drawn.length,
  ];
  return bootstrap(values.length, statistics, options)[0] as Interval;
}
