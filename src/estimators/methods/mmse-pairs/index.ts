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

/** Phi_R(z) over N/2 antithetic pairs: what is linear in the noise cancels from the average margins exactly. */
export const mmsePairsOver = (count: number): EstimatorDefinition => ({
  ...onNoisyPoints(count),
  id: 'mmse_pairs',
  name: 'MMSE, antithetic',
  colour: 'light-dark(#be185d, #ff8fbd)',
  roles: ['antithetic'],
  assumption: 'that the decision boundaries, averaged over noisy copies, are straight',
  summary:
    'MMSE over mirrored pairs of noisy copies: the chance of the draw cancels where the model is straight.',
  formula: `\\Phi_R(z),${Z_BAR}N/2 \\text{ pairs } x\\pm\\sigma\\varepsilon`,
  citation: `${PAPER}; antithetic variates: Hammersley and Morton 1956`,
  help: {
    what: `MMSE over mirrored pairs, so that the chance of the draw cancels exactly where the margins are
      straight.`,
    costs: 'what MMSE costs.',
    right: 'where MMSE is, with less scatter on models that are nearly linear.',
    wrong: `where the gradients themselves scatter, which mirroring does not cancel; five pairs say little about
      their own error.`,
    source: 'Ours; antithetic variates: Hammersley and Morton, Proc. Camb. Phil. Soc. 52 (1956).',
  },
  run: (context) => runOnNoisyPoints(context, { kind: 'pairs', count }, byGaussianCdf),
  classes: (context, sigma) => classesOnNoisyPoints(context, sigma, { kind: 'pairs', count }),
});

export const mmsePairs = mmsePairsOver(DEFAULT_POINTS);
