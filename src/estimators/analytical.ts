import type { Estimate, EstimateFlag } from './estimate';
import {
  type ChainIntegrator,
  type GaussianCdfOptions,
  gaussianCdfInSteps,
  gaussianCdfs,
} from './gaussian-cdf';
import { multivariateSigmoid, standardisedMargins } from './margins';
import type { LogitGeometry } from './model';
import { atOnce, inTurns, type Pause, type Steps } from './steps';

/** A probability from the standardised margins of one target. */
export interface Reading {
  readonly p: number;
  /** Standard error of the Gaussian CDF, null where none was computed. */
  readonly numericalError: number | null;
  readonly flags: readonly EstimateFlag[];
}

/** Turns limits z and their correlations into a probability. */
export type Readout = (
  z: Float64Array,
  correlation: Float64Array,
  options?: GaussianCdfOptions,
) => Steps<Pick<Reading, 'p' | 'numericalError'>>;

/** Phi_R(z) */
export const byGaussianCdf: Readout = function* (z, correlation, options) {
  const { p, stdErr } = yield* gaussianCdfInSteps(z, correlation, options);
  return { p, numericalError: stdErr };
};

/** The mv-sigmoid of z, whatever the correlations. */
export const bySigmoid: Readout = (z) => atOnce({ p: multivariateSigmoid(z), numericalError: null });

/**
 * The probability that all margins of the target hold, for logits that are affine in noise of standard deviation sigma
 * with the given geometry. A margin without gradient always or never holds, and is flagged.
 */
function* readMargins(
  geometry: LogitGeometry,
  target: number,
  sigma: number,
  readout: Readout,
  options?: GaussianCdfOptions,
): Steps<Reading> {
  const { distances, correlation, zeroGradient } = standardisedMargins(geometry, target);
  const flags: EstimateFlag[] = zeroGradient === null ? [] : ['zero_gradient'];
  if (zeroGradient === 'fails') return { p: 0, numericalError: null, flags };
  const z = distances.map((distance) => distance / sigma);
  return { ...(yield* readout(z, correlation, options)), flags };
}

/** What `readMargins` takes. */
export interface MarginQuestion {
  readonly geometry: LogitGeometry;
  readonly target: number;
  readonly sigma: number;
  readonly options?: GaussianCdfOptions;
}

/** How long work shares the thread: with many integrals side by side, or with a pause between steps. */
export interface Turns {
  readonly integrator?: ChainIntegrator | undefined;
  readonly pause?: Pause | undefined;
}

/**
 * The readings of several questions, by their place: each when it is asked for, or all at once beforehand where they are
 * Gaussian CDFs and there is an integrator for many of those.
 */
export async function readQuestions(
  questions: readonly MarginQuestion[],
  readout: Readout,
  { integrator, pause }: Turns,
): Promise<(place: number) => Promise<Reading>> {
  const alone = (place: number): Promise<Reading> => {
    const { geometry, target, sigma, options } = questions[place] as MarginQuestion;
    return inTurns(readMargins(geometry, target, sigma, readout, options), pause);
  };
  if (readout !== byGaussianCdf || integrator === undefined) return alone;
  const problems = questions.map(({ geometry, target, sigma, options }) => {
    const { distances, correlation, zeroGradient } = standardisedMargins(geometry, target);
    const z = distances.map((distance) => distance / sigma);
    return { z, correlation, zeroGradient, ...(options && { options }) };
  });
  const found = await gaussianCdfs(problems, integrator, pause);
  return async (place) => {
    const { zeroGradient } = problems[place] as (typeof problems)[number];
    if (zeroGradient === 'fails') return alone(place);
    const { p, stdErr } = found[place] as (typeof found)[number];
    return { p, numericalError: stdErr, flags: zeroGradient === null ? [] : ['zero_gradient'] };
  };
}

/** The probabilities of so many readings from a place on. */
export async function probabilities(
  read: (place: number) => Promise<Reading>,
  first: number,
  count: number,
): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push((await read(first + i)).p);
  return found;
}

/** An estimate without limits: its model error is not known, so none would cover. */
export function analyticalEstimate(
  reading: Reading,
  rest: Pick<
    Estimate,
    'sigma' | 'samplingError' | 'samplingDegrees' | 'evaluations' | 'gradients' | 'ms' | 'shared'
  >,
): Estimate {
  return { ...reading, ...rest, lo: null, hi: null, interval: 'none', level: null };
}
