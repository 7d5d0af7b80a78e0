import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampledShares } from '../../../src/estimators/class-shares';
import { DEFAULT_STOP, type Estimate } from '../../../src/estimators/estimate';
import { clopperPearson, confidenceSequence } from '../../../src/estimators/intervals';

function sampled(classCounts: readonly number[] | undefined): Estimate {
  const evaluations = classCounts?.reduce((sum, count) => sum + count, 0) ?? 0;
  return {
    sigma: 0.1,
    p: 0.5,
    lo: 0,
    hi: 1,
    interval: 'clopper-pearson',
    level: 0.95,
    numericalError: null,
    samplingError: 0.1,
    evaluations,
    gradients: 0,
    ms: 1,
    flags: [],
    ...(classCounts && { classCounts }),
  };
}

describe('shares of the classes', () => {
  const counts = fc.array(fc.nat(500), { minLength: 2, maxLength: 12 }).filter((list) => list.some(Boolean));

  it('sum to 1, each within limits at alpha / K of the kind that the stop rule chose', () => {
    fc.assert(
      fc.property(counts, (classCounts) => {
        const n = classCounts.reduce((sum, count) => sum + count, 0);
        const alpha = 0.05 / classCounts.length;
        for (const [stop, kind, limits] of [
          [{ rule: 'fixed', samples: n }, 'clopper-pearson', clopperPearson],
          [DEFAULT_STOP, 'confidence-sequence', confidenceSequence],
        ] as const) {
          const { shares, interval } = sampledShares(sampled(classCounts), stop);
          expect(interval).toBe(kind);
          expect(shares.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 10);
          for (const [k, { p, lo, hi }] of shares.entries()) {
            const wanted = limits(classCounts[k] as number, n, alpha);
            expect(lo).toBeCloseTo(wanted.lo, 12);
            expect(hi).toBeCloseTo(wanted.hi, 12);
            expect((lo as number) <= p && p <= (hi as number)).toBe(true);
          }
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('refuses an estimate that counted no classes', () => {
    expect(() => sampledShares(sampled(undefined), DEFAULT_STOP)).toThrow(RangeError);
  });
});
