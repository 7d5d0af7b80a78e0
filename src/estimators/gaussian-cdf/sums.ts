import type { SequentialDraws } from './draws';

/** Sums of exp(log value) that neither overflow nor lose values which are all tiny: values[s] * exp(logScale). */
export class ScaledSums {
  readonly values: Float64Array;
  logScale = Number.NEGATIVE_INFINITY;

  constructor(count: number) {
    this.values = new Float64Array(count);
  }

  /** Adds product * exp(logFactor) to sum s. */
  add(s: number, product: number, logFactor: number): void {
    if (this.logScale === 0 && product > 1e-100 && Math.abs(logFactor) < 300) {
      const value = logFactor === 0 ? product : product * Math.exp(logFactor);
      this.values[s] = (this.values[s] as number) + value;
    } else if (product > 0) {
      this.addLogarithm(s, Math.log(product) + logFactor);
    }
  }

  private addLogarithm(s: number, logValue: number): void {
    if (logValue === Number.NEGATIVE_INFINITY) return;
    if (logValue > this.logScale + 500) {
      const next = Math.abs(logValue) < 500 ? 0 : logValue;
      const factor = Math.exp(this.logScale - next);
      for (let i = 0; i < this.values.length; i++) this.values[i] = (this.values[i] as number) * factor;
      this.logScale = next;
    }
    this.values[s] = (this.values[s] as number) + Math.exp(logValue - this.logScale);
  }
}

/** Sums over the points of each random shift: of the values, and of one minus them. */
export interface ShiftTotals {
  readonly scaled: ScaledSums;
  readonly fail: Float64Array;
}

export class ShiftSums implements ShiftTotals {
  readonly scaled: ScaledSums;
  readonly fail: Float64Array;

  constructor(shifts: number) {
    this.scaled = new ScaledSums(shifts);
    this.fail = new Float64Array(shifts);
  }

  /** Adds the first `count` values to the sums of shift s. */
  add(s: number, { product, logFactor, fail }: SequentialDraws, count: number): void {
    let failed = this.fail[s] as number;
    for (let p = 0; p < count; p++) {
      this.scaled.add(s, product[p] as number, logFactor[p] as number);
      failed += fail[p] as number;
    }
    this.fail[s] = failed;
  }
}

/** The logarithm of an estimate, and its standard error as a share of it. */
export interface Centre {
  readonly log: number;
  readonly relativeError: number;
}

/** The mean of independent sums, times exp(logScale). */
export function plainCentre(sums: Float64Array, logScale: number): Centre {
  const centre = mean(sums);
  return { log: Math.log(centre) + logScale, relativeError: centre === 0 ? 0 : standardError(sums) / centre };
}

/**
 * The ratio estimator with a control variate of known expectation exp(logKnown): that times the ratio of the sums. Null
 * where the control's sums vanish. Source: Cochran, Sampling Techniques, chapter 6.
 */
export function controlledCentre(sums: Float64Array, control: Float64Array, logKnown: number): Centre | null {
  const centre = mean(sums);
  const ratio = centre / mean(control);
  if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) return null;
  const residuals = sums.map((sum, s) => sum - ratio * (control[s] as number));
  return { log: Math.log(ratio) + logKnown, relativeError: standardError(residuals) / centre };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Standard error of the mean of independent values. */
function standardError(values: Float64Array): number {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length * (values.length - 1)));
}
