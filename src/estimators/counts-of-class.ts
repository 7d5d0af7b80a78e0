import { type Estimate, LEVEL } from './estimate';
import { confidenceSequence } from './intervals';
import { samplingError } from './sampling-error';

/**
 * The estimate of another class from copies that were counted by class while one was asked for: its share, with a
 * confidence sequence, since the copies stopped by the rule of the class before. It is not finished until sampling reaches
 * the stop of its own class. Null where the copies were not counted.
 */
export function countsOfClass({ classCounts, ...estimate }: Estimate, target: number): Estimate | null {
  const successes = classCounts?.[target];
  if (classCounts === undefined || successes === undefined) return null;
  const { sigma, evaluations, gradients, ms } = estimate;
  return {
    sigma,
    p: successes / evaluations,
    ...confidenceSequence(successes, evaluations, 1 - LEVEL),
    interval: 'confidence-sequence',
    level: LEVEL,
    numericalError: null,
    samplingError: samplingError(successes, evaluations),
    evaluations,
    gradients,
    ms,
    flags: ['provisional'],
    successes,
    classCounts,
  };
}
