import type { Estimate, EstimateFlag } from './estimate';
import { type GaussianCdfOptions, gaussianCdf } from './gaussian-cdf';
import { multivariateSigmoid, standardisedMargins } from './margins';
import type { LogitGeometry } from './model';

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
) => Pick<Reading, 'p' | 'numericalError'>;

/** Phi_R(z) */
export const byGaussianCdf: Readout = (z, correlation, options) => {
  const { p, stdErr } = gaussianCdf(z, correlation, options);
  return { p, numericalError: stdErr };
};

/** The mv-sigmoid of z, whatever the correlations. */
export const bySigmoid: Readout = (z) => ({ p: multivariateSigmoid(z), numericalError: null });

/**
 * The probability that all margins of the target hold, for logits that are affine in noise of standard deviation sigma
 * with the given geometry. A margin without gradient always or never holds, and is flagged.
 */
export function readMargins(
  geometry: LogitGeometry,
  target: number,
  sigma: number,
  readout: Readout,
  options?: GaussianCdfOptions,
): Reading {
  const { distances, correlation, zeroGradient } = standardisedMargins(geometry, target);
  const flags: EstimateFlag[] = zeroGradient === null ? [] : ['zero_gradient'];
  if (zeroGradient === 'fails') return { p: 0, numericalError: null, flags };
  const z = distances.map((distance) => distance / sigma);
  return { ...readout(z, correlation, options), flags };
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
