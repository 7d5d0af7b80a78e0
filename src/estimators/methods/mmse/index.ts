import { byGaussianCdf } from '../../analytical';
import type { EstimatorDefinition } from '../../definition';
import {
  classesOnNoisyPoints,
  DEFAULT_POINTS,
  onNoisyPoints,
  runOnNoisyPoints,
  Z_BAR,
} from '../../on-noisy-points';
import { PAPER } from '../../paper';

/** Phi_R(z) with margins and gradients averaged over N noisy points. Sampling error: jackknife over the points. */
export const mmseOver = (count: number): EstimatorDefinition => ({
  ...onNoisyPoints(count),
  id: 'mmse',
  name: 'MMSE',
  colour: 'light-dark(#0f766e, #5fd4c4)',
  roles: ['averaged'],
  lessonSteps: ['digit'],
  assumption: 'that the decision boundaries, averaged over noisy copies, are straight',
  summary: 'Straightens the decision boundaries as they are on average over a few noisy copies.',
  formula: `\\Phi_R(z),${Z_BAR}N \\text{ noisy points}`,
  citation: PAPER,
  help: {
    what: `As Taylor, but with margins and gradients averaged over N = 10 noisy copies first: the straight
      boundaries that fit best, on average, where the noise is.`,
    costs: 'N forward passes and N K gradients at every radius.',
    right: 'where the averaged boundary is nearly straight, also at radii at which Taylor fails.',
    wrong: `by chance: with so few points the averages are themselves noisy, which moves z by about 1/√N. Its
      sampling error, by the jackknife, is shown. At the same cost plain sampling is often nearer.`,
    source: 'Han, Srinivas, Lakkaraju, UAI 2024; jackknife: Tukey, Ann. Math. Stat. 29 (1958).',
  },
  run: (context) => runOnNoisyPoints(context, { kind: 'independent', count }, byGaussianCdf),
  classes: (context, sigma) => classesOnNoisyPoints(context, sigma, { kind: 'independent', count }),
});

export const mmse = mmseOver(DEFAULT_POINTS);
