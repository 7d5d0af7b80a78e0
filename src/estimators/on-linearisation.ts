import { analyticalEstimate, type Readout, readQuestions } from './analytical';
import { type ClassReading, classProbabilities } from './classes';
import type { EstimatorContext, EstimatorUpdate } from './definition';

/** Streams one analytical estimate a radius, all from the linearisation at the clean image. */
export async function* runOnLinearisation(
  context: EstimatorContext,
  readout: Readout,
): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { value, ms } = await context.linearisation();
  const shared = { evaluations: 1, gradients: value.logits.length, ms };
  const { target, sigmas } = context;
  const begin = context.now();
  const questions = sigmas.map((sigma) => ({ geometry: value, target, sigma }));
  const read = await readQuestions(questions, readout, context);
  const share = (context.now() - begin) / sigmas.length;
  for (const [sigmaIndex, sigma] of sigmas.entries()) {
    const start = context.now();
    const reading = await read(sigmaIndex);
    const estimate = analyticalEstimate(reading, {
      ...shared,
      sigma,
      samplingError: null,
      ms: ms + share + context.now() - start,
      shared,
    });
    yield { sigmaIndex, estimate, progress: (sigmaIndex + 1) / sigmas.length };
  }
}

/** P[argmax = k] of every class at one radius, from the linearisation at the clean image. */
export async function* classesOnLinearisation(
  context: EstimatorContext,
  sigma: number,
): AsyncGenerator<void, ClassReading, undefined> {
  const { value, ms } = await context.linearisation();
  const start = context.now();
  const found = yield* classProbabilities(value, sigma, [], context);
  const spent = { evaluations: 1, gradients: value.logits.length, ms: ms + context.now() - start };
  return { ...found, ...spent, sigma };
}

/** The most that a sweep takes: the linearisation serves all radii. */
export const linearisationCost = (_sigmaCount: number, classCount: number) => ({
  evaluations: 1,
  gradients: classCount,
});
