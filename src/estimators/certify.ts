import { countCalls, noisyCalls } from './calls';
import type { EstimatorContext } from './definition';
import { clopperPearson } from './intervals';
import { normalQuantile } from './math/normal';
import { STREAMS } from './noise/gaussian';
import { assertRequest } from './request';
import { DECISION_SAMPLES } from './stopping/looks';

/** What is certain, at a level of confidence, of the smoothed classifier that calls the class noise calls most often. */
export interface Certificate {
  readonly sigma: number;
  /** Noisy copies, and how many of them were called t. */
  readonly samples: number;
  readonly kept: number;
  /** Confidence of `lower` and of the radius. */
  readonly level: number;
  /** One-sided lower limit of P[t is called under noise]. */
  readonly lower: number;
  /** L2 radius within which the smoothed classifier cannot leave t; null where it abstains. */
  readonly radius: number | null;
}

/** alpha = 0.001 as in the paper. All of this many copies kept certifies 2.4 sigma. */
export const CERTIFICATION = { samples: 1024, alpha: 0.001 } as const;

/**
 * Cohen's certified radius sigma * Phi^-1(p_lower) for a class t that was fixed beforehand, from copies of a stream that
 * nothing else looks at, so that the choice of t and of when to stop elsewhere leave the level what it says.
 * Abstains where p_lower is at most 1/2. Yields the share done after each batch.
 * Source: Cohen, Rosenfeld, Kolter, Certified Adversarial Robustness via Randomized Smoothing, ICML 2019, theorem 1.
 */
export async function* certify(
  { classifier, x, target, seed }: Pick<EstimatorContext, 'classifier' | 'x' | 'target' | 'seed'>,
  sigma: number,
  { samples, alpha }: { readonly samples: number; readonly alpha: number } = CERTIFICATION,
): AsyncGenerator<number, Certificate, undefined> {
  assertRequest({ classifier, x, target, seed, sigmas: [sigma] });
  const tally = {
    classCounts: new Array<number>(classifier.classCount).fill(0),
    survived: 0,
    nearTies: 0,
    exactTies: 0,
  };
  for (let done = 0; done < samples; done += DECISION_SAMPLES) {
    const count = Math.min(DECISION_SAMPLES, samples - done);
    const batch = { x, sigma, seed, stream: STREAMS.certification, firstSample: done, count };
    countCalls(tally, await noisyCalls(classifier, batch, target));
    yield (done + count) / samples;
  }
  return certificate(sigma, tally.survived, samples, alpha);
}

/** The certificate that counts support. */
export function certificate(sigma: number, kept: number, samples: number, alpha: number): Certificate {
  const lower = clopperPearson(kept, samples, 2 * alpha).lo;
  const radius = lower > 0.5 ? sigma * normalQuantile(lower) : null;
  return { sigma, samples, kept, level: 1 - alpha, lower, radius };
}
