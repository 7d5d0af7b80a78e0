import { bySigmoid } from '../../analytical';
import type { EstimatorDefinition } from '../../definition';
import { DEFAULT_POINTS, onNoisyPoints, runOnNoisyPoints, Z_BAR } from '../../on-noisy-points';
import { PAPER } from '../../paper';

/** The same z through the mv-sigmoid. */
export const mmseMvsOver = (count: number): EstimatorDefinition => ({
  ...onNoisyPoints(count),
  id: 'mmse_mvs',
  name: 'MMSE, mv-sigmoid',
  colour: 'light-dark(#a16207, #e6bf4e)',
  assumption: 'straight decision boundaries on average, and a sigmoid for the Gaussian integral',
  summary: 'The same averaged boundaries, with a sigmoid in place of the Gaussian integral. Always biased.',
  formula: `\\frac{1}{1+\\sum_i e^{-z_i}},${Z_BAR}N \\text{ noisy points}`,
  citation: PAPER,
  help: {
    what: 'The z of MMSE through the multivariate sigmoid.',
    costs: 'what MMSE costs; where both are switched on they share the gradients.',
    right: 'as a ranking.',
    wrong: 'as a probability, as the other mv-sigmoid is.',
    source: 'Han, Srinivas, Lakkaraju, UAI 2024.',
  },
  run: (context) => runOnNoisyPoints(context, { kind: 'independent', count }, bySigmoid),
});

export const mmseMvs = mmseMvsOver(DEFAULT_POINTS);
