import type { EstimatorContext, EstimatorDefinition, EstimatorUpdate } from './definition';
import type { Estimate } from './estimate';
import { gaussianCdf } from './gaussian-cdf';
import { multivariateSigmoid, type StandardisedMargins, standardisedMargins } from './margins';

const PAPER =
  'Han, Srinivas, Lakkaraju: Characterizing Data Point Vulnerability via Average-Case Robustness, UAI 2024';

type Readout = (
  z: Float64Array,
  margins: StandardisedMargins,
) => { p: number; numericalError: number | null };

/** Streams one analytical estimate a radius, all from the linearisation at the clean image. */
async function* runOnLinearisation(
  context: EstimatorContext,
  readout: Readout,
): AsyncGenerator<EstimatorUpdate, void, undefined> {
  const { value, ms: sharedMs } = await context.linearisation();
  const margins = standardisedMargins(value, context.target);
  const classCount = value.logits.length;
  for (const [sigmaIndex, sigma] of context.sigmas.entries()) {
    const start = context.now();
    const z = margins.distances.map((distance) => distance / sigma);
    const { p, numericalError } =
      margins.zeroGradient === 'fails' ? { p: 0, numericalError: null } : readout(z, margins);
    const estimate: Estimate = {
      sigma,
      p,
      lo: null,
      hi: null,
      interval: 'none',
      level: null,
      numericalError,
      samplingError: null,
      evaluations: 1,
      gradients: classCount,
      ms: sharedMs + context.now() - start,
      sharedMs,
      flags: margins.zeroGradient === null ? [] : ['zero_gradient'],
    };
    yield { sigmaIndex, estimate, progress: (sigmaIndex + 1) / context.sigmas.length };
  }
}

const cost = (_sigmaCount: number, classCount: number) => ({ evaluations: 1, gradients: classCount });

/** p = Phi_R(z), z_i = g_i / (sigma norm(grad g_i)): exact if the logits are linear. */
export const taylor: EstimatorDefinition = {
  id: 'taylor',
  name: 'Taylor',
  kind: 'analytical',
  unbiased: false,
  shownByDefault: true,
  summary: 'Straightens the decision boundaries at the clean image and integrates the noise exactly.',
  formula: '\\Phi_R(z),\\quad z_i = \\frac{g_i(x)}{\\sigma\\,\\lVert\\nabla g_i(x)\\rVert}',
  citation: PAPER,
  cost,
  run: (context) =>
    runOnLinearisation(context, (z, margins) => {
      const { p, stdErr } = gaussianCdf(z, margins.correlation);
      return { p, numericalError: stdErr };
    }),
};

/** The same z through the mv-sigmoid: cheaper than Phi_R and biased at every number of classes. */
export const taylorMvs: EstimatorDefinition = {
  id: 'taylor_mvs',
  name: 'Taylor, mv-sigmoid',
  kind: 'analytical',
  unbiased: false,
  shownByDefault: false,
  summary:
    'The same straightened boundaries, with a sigmoid in place of the Gaussian integral. Always biased.',
  formula: '\\frac{1}{1+\\sum_i e^{-z_i}}',
  citation: PAPER,
  cost,
  run: (context) => runOnLinearisation(context, (z) => ({ p: multivariateSigmoid(z), numericalError: null })),
};
