/** What one input may cost. */
export const LIMITS = {
  /** Milliseconds of processor time. */
  ms: 5000,
  /** Bytes that the process grows by at its largest. */
  bytes: 500e6,
  /** Milliseconds on the clock, for what waits without computing. */
  clockMs: 60_000,
} as const;
