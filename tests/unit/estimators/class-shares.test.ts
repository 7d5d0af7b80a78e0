import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampledShares } from '../../../src/estimators/class-shares';
import { DEFAULT_STOP, type Estimate } from '../../../src/estimators/estimate';
import { clopperPearson, confidenceSequence } from '../../../src/estimators/intervals';
import { philoxBlock, philoxKeySchedule } from '../../../src/estimators/noise/philox';
import { targetLimits } from '../../../src/estimators/sampled-limits';
import { PathValues } from '../../../src/estimators/stopping/path-values';
import { isEnd, planStop } from '../../../src/estimators/stopping/plan';

function sampled(classCounts: readonly number[] | undefined, rest: Partial<Estimate> = {}): Estimate {
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
    ...rest,
  };
}

describe('shares of the classes', () => {
  const counts = fc.array(fc.nat(500), { minLength: 2, maxLength: 12 }).filter((list) => list.some(Boolean));

  it('sum to 1, each within limits at alpha / K of the kind of the estimate', () => {
    fc.assert(
      fc.property(counts, (classCounts) => {
        const n = classCounts.reduce((sum, count) => sum + count, 0);
        const alpha = 0.05 / classCounts.length;
        for (const [kind, limits] of [
          ['clopper-pearson', clopperPearson],
          ['confidence-sequence', confidenceSequence],
        ] as const) {
          const { shares, interval } = sampledShares(
            sampled(classCounts, { interval: kind }),
            0,
            DEFAULT_STOP,
          );
          expect(interval).toBe(kind);
          expect(shares.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 10);
          for (const [k, { p, lo, hi }] of shares.entries()) {
            const wanted = limits(classCounts[k] as number, n, alpha);
            expect(lo).toBeCloseTo(wanted.lo, 12);
            expect(hi).toBeCloseTo(wanted.hi, 12);
            expect(lo <= p && p <= hi).toBe(true);
          }
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('at the planned stop are the value of the asked class, and what is left by the counts of the others', () => {
    const estimate = sampled([12, 980, 8, 0, 24], { interval: 'fixed-width', p: 0.958 });
    const { shares, interval } = sampledShares(estimate, 1, DEFAULT_STOP);
    expect(interval).toBe('fixed-width');
    expect(shares.map(({ p }) => p)).toEqual(
      [12, 0, 8, 0, 24].map((c, i) => (i === 1 ? 0.958 : (0.042 * c) / 44)).map((p) => expect.closeTo(p, 12)),
    );
    const asked = targetLimits(estimate, 980, DEFAULT_STOP, 0.01);
    expect(shares[1]).toEqual({ p: 0.958, ...asked });
    expect(asked.hi - asked.lo).toBeGreaterThan(0.04);
    const ofRest = clopperPearson(24, 44, 0.01);
    expect(shares[4]?.lo).toBeCloseTo((1 - asked.hi) * ofRest.lo, 12);
    expect(shares[4]?.hi).toBeCloseTo((1 - asked.lo) * ofRest.hi, 12);
    for (const { p, lo, hi } of shares) expect(lo <= p && p <= hi).toBe(true);
    const all = sampledShares(sampled([0, 256, 0], { interval: 'fixed-width', p: 1 }), 1, DEFAULT_STOP);
    expect(all.shares[0]).toMatchObject({ p: 0, lo: 0 });
    expect(all.shares[0]?.hi).toBeLessThan(0.04);
  });

  it.each([
    {
      probabilities: [0.9, 0.06, 0.03, 0.01],
      stop: { rule: 'precision', halfWidth: 0.05, maxSamples: 20_000 },
    },
    {
      probabilities: [0.97, 0.01, 0.01, 0.01],
      stop: { rule: 'precision', halfWidth: 0.03, maxSamples: 20_000 },
    },
    { probabilities: [0.3, 0.55, 0.15], stop: { rule: 'precision', halfWidth: 0.05, maxSamples: 300 } },
  ] as const)('cover all classes at once at the stop: $probabilities', ({ probabilities, stop }) => {
    const plan = planStop(stop);
    const values = new PathValues(plan);
    const schedule = philoxKeySchedule(31, 0);
    const words = new Uint32Array(4);
    let drawn = 0;
    const uniform = () => {
      if (drawn % 4 === 0) philoxBlock(schedule, drawn / 4, 0, 0, 0, words);
      return ((words[drawn++ % 4] as number) + 0.5) / 2 ** 32;
    };
    const runs = 500;
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const classCounts = probabilities.map(() => 0);
      for (let n = 1; ; n++) {
        let u = uniform();
        let k = 0;
        while (k < probabilities.length - 1 && u >= (probabilities[k] as number))
          u -= probabilities[k++] as number;
        classCounts[k] = (classCounts[k] as number) + 1;
        if (n % 256 !== 0 && n !== plan.cap) continue;
        const kept = classCounts[0] as number;
        if (!isEnd(plan, kept, n)) continue;
        const p = values.at(kept, n);
        const { shares } = sampledShares(sampled(classCounts, { interval: 'fixed-width', p }), 0, stop);
        const isMissed = shares.some(({ lo, hi }, i) => {
          const truth = probabilities[i] as number;
          return truth < lo || truth > hi;
        });
        if (isMissed) missed++;
        break;
      }
    }
    // 4 standard errors above 5 %.
    expect(missed).toBeLessThanOrEqual(0.05 * runs + 4 * Math.sqrt(0.05 * 0.95 * runs));
  });

  it('refuses an estimate that counted no classes', () => {
    expect(() => sampledShares(sampled(undefined), 0, DEFAULT_STOP)).toThrow(RangeError);
  });
});
