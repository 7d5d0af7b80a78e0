/** P[argmax = k] of one class. */
export interface ClassProbability {
  /** k */
  readonly index: number;
  readonly p: number;
  /** Standard error of the Gaussian integral, with what the classes left out may take. */
  readonly numericalError: number;
  /** Standard error from sampling, null where nothing was sampled. */
  readonly samplingError: number | null;
}

export interface ClassProbabilities {
  /** The classes that matter, by rising number. */
  readonly classes: readonly ClassProbability[];
  /** How many others there are, and how often all of them together win at most. */
  readonly others: { readonly count: number; readonly atMost: number };
}

/** The probabilities of all classes at one radius, and what they cost. */
export interface ClassReading extends ClassProbabilities {
  readonly sigma: number;
  /** Forward passes, and input gradients of single logits. */
  readonly evaluations: number;
  readonly gradients: number;
  readonly ms: number;
}
