import type { EstimatorContext } from '../../estimators/definition';
import type { JobSetting } from './job';
import { pauseBetweenSteps } from './pause';

type Question = Pick<EstimatorContext, 'x' | 'target' | 'sigmas' | 'seed' | 'stop'>;

/** What estimators are given for a question. What they share within the job outlives its place among those kept. */
export function estimatorContext(
  question: Question,
  { classifier, signal, pace, integrator, linearisations }: Omit<JobSetting, 'noGradients'>,
): EstimatorContext {
  const now = (): number => pace.now();
  let linearised: ReturnType<EstimatorContext['linearisation']> | undefined;
  return {
    ...question,
    classifier,
    now,
    pause: pauseBetweenSteps(pace, signal),
    ...(integrator && { integrator }),
    linearisation() {
      linearised ??= linearisations.at(classifier, question.x, now);
      return linearised;
    },
  };
}
