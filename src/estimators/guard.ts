import type { EstimatorDefinition } from './definition';
import { assertEstimate, assertRequest } from './request';

/** The same estimator, refusing questions without an answer, and never passing on what is not a number. */
export function guarded(definition: EstimatorDefinition): EstimatorDefinition {
  return {
    ...definition,
    async *run(context) {
      assertRequest(context);
      for await (const update of definition.run(context)) {
        assertEstimate(definition.name, update.estimate);
        yield update;
      }
    },
  };
}
