import type { ClassReading } from './classes/reading';
import type { Estimate, StopRule } from './estimate';
import type { ChainIntegrator } from './gaussian-cdf';
import type { Classifier, Linearisation } from './model';
import type { Pause } from './steps';

/** What a run is given. */
export interface EstimatorContext {
  readonly classifier: Classifier;
  /** d input values */
  readonly x: Float32Array;
  /** The class t whose survival is asked for. */
  readonly target: number;
  /** Noise radii in pixel units, all positive. */
  readonly sigmas: readonly number[];
  readonly seed: number;
  readonly stop: StopRule;
  /**
   * Forward pass and Jacobian at x, computed once for all that ask, other jobs of the same model and picture included.
   * `ms` is what it took when it was computed: it counts in the cost of each answer that rests on it, as its passes do.
   */
  linearisation(): Promise<{ value: Linearisation; ms: number }>;
  /** Integrates many Gaussian CDFs at once, where that is faster. */
  readonly integrator?: ChainIntegrator;
  /** Called between steps of what takes long, so that whoever runs the estimator is heard. */
  readonly pause?: Pause;
  /** A clock in milliseconds. */
  now(): number;
}

/** One radius got a new estimate. `progress` is the share of the whole run that is done, in [0, 1]. */
export interface EstimatorUpdate {
  readonly sigmaIndex: number;
  readonly estimate: Estimate;
  readonly progress: number;
}

/** What an estimator costs over a whole sweep, in forward passes and single-logit gradients. */
interface EstimatorCost {
  readonly evaluations: number;
  readonly gradients: number;
}

/**
 * What the rest of the program asks an estimator to be, so that it need not know one by its id. Exactly one has each:
 * `reference` samples plainly and without bias: the others are judged by it, and its noisy copies are those that are shown;
 * `first-order` takes the decision boundaries to be straight as they lie at the picture;
 * `averaged` straightens them as they are on average under noise, `antithetic` does so over mirrored pairs of noisy copies;
 * `moments` fits a Gaussian to the margins;
 * `confidence` is what the model itself says, whatever the noise;
 * `screening` is suggested for many images: cheap, and without gradients.
 */
export const ROLES = [
  'reference',
  'first-order',
  'averaged',
  'antithetic',
  'moments',
  'confidence',
  'screening',
] as const;
export type Role = (typeof ROLES)[number];

/** A section of the page's help and of docs/estimators.md: Markdown, in which a blank line begins a paragraph. */
interface EstimatorHelp {
  /** What it computes, beyond the formula. */
  readonly what: string;
  /** Forward passes and gradients. */
  readonly costs: string;
  /** Where its answer is right, and where wrong: "always", "where ...", "as ...". */
  readonly right: string;
  readonly wrong: string;
  readonly source: string;
}

/** What is said of an estimator. Plain data. */
export interface EstimatorDescription {
  /** Stands in links, exports and on the command line, and stays: small letters, digits and _. */
  readonly id: string;
  readonly name: string;
  /** CSS, for a light and a dark page: `light-dark(#rrggbb, #rrggbb)`, each with a contrast of 4.5 to the card. */
  readonly colour: string;
  readonly roles?: readonly Role[];
  /** Steps of the lesson, on a digit and on a photo, that show it: where it is explained by then, and quick enough. */
  readonly lessonSteps?: readonly ('digit' | 'photo')[];
  /** Sampled estimates are drawn as points with limits, all others as a line. */
  readonly kind: 'sampled' | 'analytical' | 'baseline';
  readonly unbiased: boolean;
  /** Asks the classifier for gradients, so that it cannot run on a model without. */
  readonly needsGradients: boolean;
  /** On when the page is opened for the first time. */
  readonly shownByDefault: boolean;
  /** One sentence for a person who has not read the paper. */
  readonly summary: string;
  /** What an analytical answer rests on, to follow "it assumes"; absent for what assumes nothing. */
  readonly assumption?: string;
  /** TeX */
  readonly formula: string;
  readonly citation: string;
  /** Settings of its own that decide the numbers, as they stand in an export; empty where there are none. */
  readonly options: Readonly<Record<string, number>>;
}

/** One entry of the registry. */
export interface EstimatorDefinition extends EstimatorDescription {
  readonly help: EstimatorHelp;
  /** The most that a sweep of `sigmaCount` radii and `classCount` classes takes. */
  cost(sigmaCount: number, classCount: number, stop: StopRule): EstimatorCost;
  /** Streams estimates; the consumer may stop pulling at any point. */
  run(context: EstimatorContext): AsyncGenerator<EstimatorUpdate, void, undefined>;
  /**
   * P[argmax = k] of every class at one radius, whatever the context's target and radii; absent where the estimator has
   * nothing to say of classes. Yields between steps, so that the consumer can stop.
   */
  classes?(context: EstimatorContext, sigma: number): AsyncGenerator<void, ClassReading, undefined>;
}
