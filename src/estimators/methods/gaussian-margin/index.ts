import type { EstimatorDefinition } from '../../definition';
import { classes, run } from './run';

const DEFAULT_PAIRS = 64;

/** Phi of z = m/sd(C) with the correlation of C. Sampling error: jackknife over 16 groups of pairs, of which there are at least 32. */
export const gaussianMarginOver = (pairs: number): EstimatorDefinition => ({
  id: 'gaussian_margin',
  name: 'Gaussian margin fit',
  colour: 'light-dark(#3f6212, #a9d46a)',
  roles: ['moments', 'screening'],
  lessonSteps: ['digit', 'photo'],
  kind: 'analytical',
  unbiased: false,
  needsGradients: false,
  shownByDefault: false,
  assumption: 'that the margins are Gaussian',
  summary:
    'Measures mean and spread of the margins over 128 noisy copies and takes them for Gaussian. No gradients.',
  formula: '\\Phi_R(z),\\quad z_i = m_i/\\sqrt{C_{ii}},\\ R = \\operatorname{corr}(C)',
  citation: 'Ours: moment matching over antithetic pairs',
  help: {
    what: `Measures the mean m and the covariance C of the margins over 64 mirrored pairs of noisy copies and
      takes them for Gaussian.`,
    costs: '128 forward passes at every radius, no gradients.',
    right: `where the margins, each a sum over many inputs, are nearly Gaussian, whatever the boundary looks
      like: the best value for the least cost at mid p.`,
    wrong: `in the tail, where nothing makes margins Gaussian, and where a unit's kink gives them two modes. Its
      sampling error is shown; that error is not.`,
    source: 'Ours: moment matching.',
  },
  options: { samples: 2 * pairs },
  cost: (sigmaCount) => ({ evaluations: 2 * pairs * sigmaCount, gradients: 0 }),
  run: (context) => run(context, pairs),
  classes: (context, sigma) => classes(context, sigma, pairs),
});

export const gaussianMargin = gaussianMarginOver(DEFAULT_PAIRS);
