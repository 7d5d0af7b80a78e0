import type { EstimatorDefinition } from '../../definition';
import { CHECK_SAMPLES } from './check';
import { PILOT_SAMPLES } from './prepare';
import { cost, run } from './run';

/**
 * Control variates on plain copies where the rarer outcome is common, importance sampling from a mixture around design
 * points where it is rare. The sample size under stop by precision follows from the first samples, whose share in the
 * answer is settled before they are drawn, so that their variance does not bias it.
 */
export const importance: EstimatorDefinition = {
  id: 'importance',
  name: 'Importance sampling',
  colour: 'light-dark(#0e7490, #67d3ea)',
  kind: 'sampled',
  unbiased: true,
  needsGradients: true,
  shownByDefault: false,
  summary:
    'Draws noise where the prediction is likely to change and weighs it back; checks itself without that help.',
  formula:
    '\\overline{w\\,\\mathbf{1}} - \\beta\\,(\\overline{w\\,h} - \\mathbb{E}h),\\quad w = \\frac{\\varphi(\\varepsilon)}{\\sum_k w_k\\,\\varphi(\\varepsilon-u_k)}',
  citation:
    'Hesterberg 1995; Owen and Zhou 2000; design points: Hasofer and Lind 1974, Rackwitz and Fiessler 1978; self-check: Au and Beck 2001',
  help: {
    what: `Subtracts from every noisy copy what straightened models h predict of it, and adds their known mean.
      Where the rarer outcome is rare it also draws part of the noise around design points uₖ, where the
      prediction is likely to change, and weighs every copy back.

      A pilot of 64 plain copies decides. The gradients of 32 of them, each of the one margin that decides
      there, give the directions of h. If shifting promises little, that is all: plain copies with control
      variates. Otherwise a first mixture is explored, the margins are fitted to what it found, and the
      shares of the second mixture are those of least variance. The margins are fitted again to the first
      samples that count to control the others, and the other way round; so all of them count and none is
      judged by what was fitted to it.`,
    costs: `the forward passes of its samples, 160 passes of pilot and gradients at every radius, and in the
      tail a search, an exploration and a check; all are counted.`,
    right: `always, on average: whatever the design points, the weights undo them. In the tail it sees with
      thousands of passes what sampling sees with millions.`,
    wrong: `where a way to fail lies far from every design point: then it would be confidently wrong. So a rare
      outcome is sampled once more without any design point (subset simulation). Where the two disagree by
      more than three standard errors, or too few failures carry the weight, the estimate is flagged and
      only what plain copies say is shown. It gains least where margins are far from linear: at mid p on
      convolutional networks.`,
    source: `Ours, from parts: Hasofer and Lind 1974, Rackwitz and Fiessler 1978 (design points); Hesterberg,
      Technometrics 37 (1995) (defensive mixture); Owen and Zhou, JASA 95 (2000) (mixture with control
      variates); He and Owen, arXiv 1411.3954 (shares of least variance); Hall, J. R. Statist. Soc. B 54
      (1992) (limits of a skewed mean); Au and Beck, Prob. Eng. Mech. 16 (2001) (subset simulation).`,
  },
  options: { pilotSamples: PILOT_SAMPLES, checkSamples: CHECK_SAMPLES },
  cost,
  run,
};
