import type { EstimatorContext } from '../../estimators/definition';
import { assertFinite } from '../../estimators/model';
import type { JobSetting } from './job';
import { pauseBetweenSteps } from './pause';

type Question = Pick<EstimatorContext, 'x' | 'target' | 'sigmas' | 'seed' | 'stop'>;

/** What estimators are given, with the linearisation at x computed at most once. */
export function estimatorContext(
  question: Question,
  { classifier, signal, pace, integrator }: Omit<JobSetting, 'noGradients'>,
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
      linearised ??= (async () => {
        const begin = now();
        const value = await classifier.linearise(question.x);
        assertFinite(value.logits, 'logits');
        assertFinite(value.gram, 'gradients');
        return { value, ms: now() - begin };
      })();
      return linearised;
    },
  };
}
