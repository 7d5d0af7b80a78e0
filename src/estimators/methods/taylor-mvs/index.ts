import { bySigmoid } from '../../analytical';
import type { EstimatorDefinition } from '../../definition';
import { linearisationCost, runOnLinearisation } from '../../on-linearisation';
import { PAPER } from '../../paper';

/** The same z through the mv-sigmoid: cheaper than Phi_R and biased at every number of classes. */
export const taylorMvs: EstimatorDefinition = {
  id: 'taylor_mvs',
  name: 'Taylor, mv-sigmoid',
  colour: 'light-dark(#7c3aed, #b79cff)',
  kind: 'analytical',
  unbiased: false,
  needsGradients: true,
  shownByDefault: false,
  assumption: 'straight decision boundaries, and a sigmoid for the Gaussian integral',
  summary:
    'The same straightened boundaries, with a sigmoid in place of the Gaussian integral. Always biased.',
  formula: '\\frac{1}{1+\\sum_i e^{-z_i}}',
  citation: PAPER,
  help: {
    what: 'The same z as Taylor, with a multivariate sigmoid in place of Φ_R.',
    costs: 'what Taylor costs, less the Gaussian CDF.',
    right: 'as a ranking: larger z give larger values.',
    wrong: `as a probability, at every number of classes: up to 0.12 from Φ_R at K = 2 and 0.42 at K = 10, for
      it neither knows the correlations nor has the Gaussian's tail.`,
    source: 'Han, Srinivas, Lakkaraju, UAI 2024.',
  },
  options: {},
  cost: linearisationCost,
  run: (context) => runOnLinearisation(context, bySigmoid),
};
