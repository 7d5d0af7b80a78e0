import { byGaussianCdf } from '../../analytical';
import type { EstimatorDefinition } from '../../definition';
import { classesOnLinearisation, linearisationCost, runOnLinearisation } from '../../on-linearisation';
import { PAPER } from '../../paper';

/** p = Phi_R(z), z_i = g_i / (sigma norm(grad g_i)): exact if the logits are linear. */
export const taylor: EstimatorDefinition = {
  id: 'taylor',
  name: 'Taylor',
  colour: 'light-dark(#c2410c, #ff9a5c)',
  roles: ['first-order'],
  lessonSteps: ['digit', 'photo'],
  kind: 'analytical',
  unbiased: false,
  needsGradients: true,
  shownByDefault: true,
  assumption: 'that the decision boundaries are straight, as they lie at the picture',
  summary: 'Straightens the decision boundaries at the clean image and integrates the noise exactly.',
  formula: '\\Phi_R(z),\\quad z_i = \\frac{g_i(x)}{\\sigma\\,\\lVert\\nabla g_i(x)\\rVert}',
  citation: PAPER,
  help: {
    what: `Straightens every decision boundary at the clean image and integrates the noise over what they
      enclose; R holds the correlations of the margins' gradients.`,
    costs: 'one forward pass and K gradients, for all radii together.',
    right: `where the logits are linear as far as the noise reaches: exactly for a linear model, nearly for
      small σ.`,
    wrong: `where the boundary bends within that reach. In many dimensions noise leaves the neighbourhood of x
      already at moderate σ, and on convolutional networks it then promises far too much.`,
    source: 'Han, Srinivas, Lakkaraju, UAI 2024, arXiv 2307.13885.',
  },
  options: {},
  cost: linearisationCost,
  run: (context) => runOnLinearisation(context, byGaussianCdf),
  classes: classesOnLinearisation,
};
