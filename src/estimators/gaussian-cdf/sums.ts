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

export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Standard error of the mean of independent values. */
export function standardError(values: Float64Array): number {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length * (values.length - 1)));
}
