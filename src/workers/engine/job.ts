import type { ChainIntegrator } from '../../estimators/gaussian-cdf';
import type { Classifier } from '../../estimators/model';
import type { Linearisations } from './linearisations';
import type { Pace } from './pause';

/** What a job computes with. */
export interface JobSetting {
  readonly classifier: Classifier;
  /** Ends the job early. */
  readonly signal: AbortSignal;
  readonly pace: Pace;
  /** Why the classifier has no gradients, to follow “because”; null where it has. */
  readonly noGradients: string | null;
  readonly integrator?: ChainIntegrator | undefined;
  /** Shared with the other jobs. */
  readonly linearisations: Linearisations;
}
