import type { EstimatorContext } from '../../estimators/definition';
import type { JobSetting } from './job';
import { pauseBetweenSteps } from './pause';

type Question = Pick<EstimatorContext, 'x' | 'target' | 'sigmas' | 'seed' | 'stop'>;

/** What estimators are given for a question. */
export function estimatorContext(
  question: Question,
  { classifier, signal, pace, integrator, linearisations }: Omit<JobSetting, 'noGradients'>,
): EstimatorContext {
  const now = (): number => pace.now();
  return {
    ...question,
    classifier,
    now,
    pause: pauseBetweenSteps(pace, signal),
    ...(integrator && { integrator }),
    linearisation: () => linearisations.at(classifier, question.x, now),
  };
}
