/** What one input may cost. */
export interface Limits {
  /** Milliseconds of processor time. */
  readonly ms: number;
  /** Bytes that the process grows by at its largest. */
  readonly bytes: number;
  /** Milliseconds on the clock, for what waits without computing. */
  readonly clockMs: number;
}

export const LIMITS: Limits = { ms: 5000, bytes: 500e6, clockMs: 180_000 };
