/** Thrown when a matrix handed to the Gaussian CDF is not a correlation matrix; the message says in what respect. */
export class CorrelationError extends RangeError {
  override readonly name = 'CorrelationError';

  constructor(
    message: string,
    /** The smallest eigenvalue, where that is what is wrong. */
    readonly eigenvalue?: number,
  ) {
    super(message);
  }
}
