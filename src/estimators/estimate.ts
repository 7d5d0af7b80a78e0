/** How the limits of an estimate came about; `fixed-width` at the end of a planned stop by precision. */
export const INTERVAL_KINDS = [
  'fixed-width',
  'confidence-sequence',
  'clopper-pearson',
  'student-t',
  'none',
] as const;
export type IntervalKind = (typeof INTERVAL_KINDS)[number];

export type EstimateFlag =
  /** More samples are on their way. */
  | 'provisional'
  /** Stopped by the sample limit before the wanted precision. */
  | 'sample_limit'
  /** Copies in which the class ties exactly with another; such a copy is not called the class. */
  | 'exact_ties'
  /** A margin does not change near the image: its constraint always or never holds. */
  | 'zero_gradient'
  /** Sampled otherwise, without design points, the answer is another: only what plain copies say is given. */
  | 'check_failed'
  /** The rarer outcome was seen too seldom to trust its weights: only what plain copies say is given. */
  | 'few_failures';

/** What all radii of a sweep share. */
export interface SharedCost {
  readonly evaluations: number;
  readonly gradients: number;
  readonly ms: number;
}

/** What one estimator says of p_robust at one radius, with what it cost and how sure it is. */
export interface Estimate {
  readonly sigma: number;
  readonly p: number;
  /** Limits at confidence `level`, null where only the numerical error is known. */
  readonly lo: number | null;
  readonly hi: number | null;
  readonly interval: IntervalKind;
  readonly level: number | null;
  /** Standard error of the Gaussian CDF, null where none was computed. */
  readonly numericalError: number | null;
  /** Standard error from sampling, null where nothing was sampled. The error of a linearisation is in neither. */
  readonly samplingError: number | null;
  /** Degrees of freedom of `samplingError`, where a few groups gave it; absent where many samples did. */
  readonly samplingDegrees?: number;
  /** Forward passes, in inputs. */
  readonly evaluations: number;
  /** Input gradients of single logits or margins; one Jacobian is K of them. */
  readonly gradients: number;
  readonly ms: number;
  /** The part of the cost that all radii share and that is counted at each; absent where none is. */
  readonly shared?: SharedCost;
  readonly flags: readonly EstimateFlag[];
  /** How many of the `evaluations` were called the target; absent where p is not counted. */
  readonly successes?: number;
  /** How many noisy copies fell into each class; absent where the copies are not all of one distribution. */
  readonly classCounts?: readonly number[];
  /** Samples whose target logit is within 1e-5 of the best other: another backend may call these differently. */
  readonly nearTies?: number;
  /** Those of them in which the two are exactly equal, so that the copy is not called the target. */
  readonly exactTies?: number;
}

/**
 * When sampling ends. The rule is chosen beforehand and decides the kind of interval: after a fixed number of copies, or
 * once limits `halfWidth` to each side hold at LEVEL, looked at after every 256 copies, and after `maxSamples` at the latest.
 */
export type StopRule =
  | { readonly rule: 'precision'; readonly halfWidth: number; readonly maxSamples: number }
  | { readonly rule: 'fixed'; readonly samples: number };

export const DEFAULT_STOP: StopRule = { rule: 'precision', halfWidth: 0.02, maxSamples: 20_000 };
export const DEFAULT_SEED = 1;
export const LEVEL = 0.95;
