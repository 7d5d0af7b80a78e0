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
  /** Forward pass and Jacobian at x, computed once for all estimators that ask, with its time in ms. */
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

/** What is said of an estimator. Plain data. */
export interface EstimatorDescription {
  readonly id: string;
  readonly name: string;
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
