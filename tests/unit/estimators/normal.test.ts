import { describe, expect, it } from 'vitest';
import { logNormalCdf, normalCdf, normalQuantile } from '../../../src/estimators/math/normal';
import { normalCdfOfBlock, normalQuantileOfBlock } from '../../../src/estimators/math/normal-series';

// mpmath at 40 digits, rounded to float64: ncdf(x), and the root of log ncdf(x) = log p.
const CDF: readonly (readonly [number, number])[] = [
  [-37.5, 4.605353009581955e-308],
  [-30.3, 5.731723503315496e-202],
  [-20.7, 1.7318518790197378e-95],
  [-12.34, 2.7577941516989773e-35],
  [-9.99, 8.429087200443072e-24],
  [-7.96, 8.601963985707775e-16],
  [-6.28, 1.692865146423043e-10],
  [-4.1, 2.065750691254677e-5],
  [-2.5, 0.006209665325776135],
  [-1.05, 0.14685905637589594],
  [-0.3, 0.3820885778110474],
  [0.01, 0.5039893563146316],
  [0.7, 0.758036347776927],
  [1.9, 0.9712834401839981],
  [4.4, 0.9999945874560923],
  [7.7, 0.9999999999999932],
];
const QUANTILE: readonly (readonly [number, number])[] = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [5.9e-5, -3.8502444365298527],
  [6.3e-5, -3.8341485147344043],
  [0.001, -3.0902323061678136],
  [0.0771, -1.4248519558296606],
  [0.25, -0.6744897501960817],
  [0.4999, -0.00025066283008800747],
  [0.73, 0.6128129910166271],
  [0.97, 1.8807936081512504],
  [0.9999, 3.7190164854557084],
];

const cdfOne = (x: number): number => {
  const out = new Float64Array(1);
  normalCdfOfBlock(Float64Array.of(x), 1, out);
  return out[0] as number;
};
const quantileOne = (p: number): number => {
  const out = new Float64Array(1);
  normalQuantileOfBlock(Float64Array.of(p), 1, out);
  return out[0] as number;
};

describe.each([
  ['rational approximations', normalCdf, normalQuantile],
  ['local series', cdfOne, quantileOne],
] as const)('%s', (_, cdf, quantile) => {
  it.each(CDF)('Phi(%s)', (x, exact) => {
    expect(Math.abs(cdf(x) / exact - 1)).toBeLessThan(1e-14);
  });

  it.each(QUANTILE)('the quantile of %s', (p, exact) => {
    // Half a unit in the last place of p near 1/2, or of 1 - p near 1, is that much in x.
    expect(Math.abs(quantile(p) - exact)).toBeLessThan(4e-15 * Math.max(1, Math.abs(exact)));
  });

  it('ends where the line ends', () => {
    expect(cdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(cdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(quantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(quantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(Math.abs(quantile(0.5))).toBeLessThan(1e-16);
  });
});

describe('both ways to the same value, over the whole line', () => {
  it('Phi', () => {
    const x = new Float64Array(1);
    const out = new Float64Array(1);
    for (x[0] = -38; (x[0] as number) < 9; x[0] = (x[0] as number) + 0.00317) {
      normalCdfOfBlock(x, 1, out);
      expect(Math.abs((out[0] as number) / normalCdf(x[0] as number) - 1)).toBeLessThan(1e-14);
    }
  });

  it('the quantile, in blocks', () => {
    const p = Float64Array.from({ length: 256 }, (_, i) => (i + 0.37) / 256);
    const out = new Float64Array(256);
    normalQuantileOfBlock(p, 256, out);
    for (const [i, value] of out.entries())
      expect(Math.abs(value - normalQuantile(p[i] as number))).toBeLessThan(4e-15);
  });

  it('log Phi', () => {
    for (const [x, exact] of CDF) expect(Math.abs(logNormalCdf(x) - Math.log(exact))).toBeLessThan(1e-12);
  });
});
