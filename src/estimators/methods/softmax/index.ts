import type { EstimatorDefinition } from '../../definition';
import { softmax } from '../../math/softmax';
import { assertFinite } from '../../model';

const TEMPERATURE = 1;

/** The model's own confidence, which knows nothing of sigma: what robustness is often mistaken for. */
export const softmaxBaseline: EstimatorDefinition = {
  id: 'softmax',
  name: 'Softmax',
  colour: 'light-dark(#5b6470, #aab2be)',
  roles: ['confidence'],
  kind: 'baseline',
  unbiased: false,
  needsGradients: false,
  shownByDefault: false,
  summary: 'The confidence that the model itself reports. It does not know the radius.',
  formula: '\\operatorname{softmax}(f(x)/T)_t,\\quad T = 1',
  citation: 'Baseline in Han, Srinivas, Lakkaraju, UAI 2024',
  help: {
    what: `The model's own confidence in t. It does not know the radius; it is here because it is often
      mistaken for robustness.`,
    costs: 'one forward pass.',
    right: `for what it was trained for: confidence on clean images, and only if the model is calibrated.`,
    wrong: 'as p_robust: it is the same at every σ.',
    source: 'Baseline in Han, Srinivas, Lakkaraju, UAI 2024.',
  },
  options: { temperature: TEMPERATURE },
  cost: () => ({ evaluations: 1, gradients: 0 }),
  async *run({ classifier, x, target, sigmas, now }) {
    const start = now();
    const logits = await classifier.logits(x);
    assertFinite(logits, 'logits');
    const p = softmax(logits, TEMPERATURE)[target] as number;
    const ms = now() - start;
    for (const [sigmaIndex, sigma] of sigmas.entries()) {
      yield {
        sigmaIndex,
        progress: (sigmaIndex + 1) / sigmas.length,
        estimate: {
          sigma,
          p,
          lo: null,
          hi: null,
          interval: 'none',
          level: null,
          numericalError: null,
          samplingError: null,
          evaluations: 1,
          gradients: 0,
          ms,
          shared: { evaluations: 1, gradients: 0, ms },
          flags: [],
        },
      };
    }
  },
};
