import type { EstimatorContext } from '../../estimators/definition';
import { assertFinite } from '../../estimators/model';

/** What estimators are given, with the linearisation at x computed at most once. */
export function estimatorContext(given: Omit<EstimatorContext, 'linearisation'>): EstimatorContext {
  const { classifier, x, now } = given;
  let linearised: ReturnType<EstimatorContext['linearisation']> | undefined;
  return {
    ...given,
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
