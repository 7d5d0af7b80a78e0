import type { EstimatorContext } from '../../estimators/definition';
import type { ChainIntegrator } from '../../estimators/gaussian-cdf';
import { assertFinite } from '../../estimators/model';

/** What estimators are given, with the linearisation at x computed at most once. */
export function estimatorContext({
  integrator,
  ...given
}: Omit<EstimatorContext, 'linearisation' | 'integrator'> & {
  readonly integrator?: ChainIntegrator | undefined;
}): EstimatorContext {
  const { classifier, x, now } = given;
  let linearised: ReturnType<EstimatorContext['linearisation']> | undefined;
  return {
    ...given,
    ...(integrator && { integrator }),
    linearisation() {
      linearised ??= (async () => {
        const begin = now();
        const value = await classifier.linearise(x);
        assertFinite(value.logits, 'logits');
        assertFinite(value.gram, 'gradients');
        return { value, ms: now() - begin };
      })();
      return linearised;
    },
  };
}
