import { analyticalEstimate, byGaussianCdf, bySigmoid, type Readout, readQuestions } from './analytical';
import { type ClassReading, classProbabilities } from './classes';
import type { EstimatorContext, EstimatorDefinition, EstimatorUpdate } from './definition';

export const PAPER =
  'Han, Srinivas, Lakkaraju: Characterizing Data Point Vulnerability via Average-Case Robustness, UAI 2024';

/** Streams one analytical estimate a radius, all from the linearisation at the clean image. */
async function* runOnLinearisation(
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

async function* classesOnLinearisation(
  context: EstimatorContext,
  sigma: number,
): AsyncGenerator<void, ClassReading, undefined> {
  const { value, ms } = await context.linearisation();
  const start = context.now();
  const found = yield* classProbabilities(value, sigma, [], context);
  const spent = { evaluations: 1, gradients: value.logits.length, ms: ms + context.now() - start };
  return { ...found, ...spent, sigma };
}

const cost = (_sigmaCount: number, classCount: number) => ({ evaluations: 1, gradients: classCount });

/** p = Phi_R(z), z_i = g_i / (sigma norm(grad g_i)): exact if the logits are linear. */
export const taylor: EstimatorDefinition = {
  id: 'taylor',
  name: 'Taylor',
  kind: 'analytical',
  unbiased: false,
  needsGradients: true,
  shownByDefault: true,
  assumption: 'that the decision boundaries are straight, as they lie at the picture',
  summary: 'Straightens the decision boundaries at the clean image and integrates the noise exactly.',
  formula: '\\Phi_R(z),\\quad z_i = \\frac{g_i(x)}{\\sigma\\,\\lVert\\nabla g_i(x)\\rVert}',
  citation: PAPER,
  options: {},
  cost,
  run: (context) => runOnLinearisation(context, byGaussianCdf),
  classes: classesOnLinearisation,
};

/** The same z through the mv-sigmoid: cheaper than Phi_R and biased at every number of classes. */
export const taylorMvs: EstimatorDefinition = {
  id: 'taylor_mvs',
  name: 'Taylor, mv-sigmoid',
  kind: 'analytical',
  unbiased: false,
  needsGradients: true,
  shownByDefault: false,
  assumption: 'straight decision boundaries, and a sigmoid for the Gaussian integral',
  summary:
    'The same straightened boundaries, with a sigmoid in place of the Gaussian integral. Always biased.',
  formula: '\\frac{1}{1+\\sum_i e^{-z_i}}',
  citation: PAPER,
  options: {},
  cost,
  run: (context) => runOnLinearisation(context, bySigmoid),
};
