import type { EstimatorDefinition } from './definition';
import { assertEstimate, assertReading, assertRequest } from './request';

/** The same estimator, refusing questions without an answer, and never passing on what is not a number. */
export function guarded(definition: EstimatorDefinition): EstimatorDefinition {
  const classes = definition.classes?.bind(definition);
  const guardedClasses: EstimatorDefinition['classes'] =
    classes &&
    async function* (context, sigma) {
      assertRequest({ ...context, sigmas: [sigma] });
      const reading = yield* classes(context, sigma);
      assertReading(definition.name, reading);
      return reading;
    };
  return {
    ...definition,
    async *run(context) {
      assertRequest(context);
      for await (const update of definition.run(context)) {
        assertEstimate(definition.name, update.estimate);
        yield update;
      }
    },
    ...(guardedClasses && { classes: guardedClasses }),
  };
}
