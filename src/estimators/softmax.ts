import type { EstimatorDefinition } from './definition';
import { assertFinite } from './model';

/** softmax(logits / temperature), free of overflow; temperature > 0. */
export function softmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) top = Math.max(top, logits[i] as number);
  const weights = Float64Array.from(logits, (value) => Math.exp((value - top) / temperature));
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map((value) => value / total);
}

const TEMPERATURE = 1;

/** The model's own confidence, which knows nothing of sigma: what robustness is often mistaken for. */
export const softmaxBaseline: EstimatorDefinition = {
  id: 'softmax',
  name: 'Softmax',
  kind: 'baseline',
  unbiased: false,
  needsGradients: false,
  shownByDefault: false,
  summary: 'The confidence that the model itself reports. It does not know the radius.',
  formula: '\\operatorname{softmax}(f(x)/T)_t,\\quad T = 1',
  citation: 'Baseline in Han, Srinivas, Lakkaraju, UAI 2024',
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
