import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clopperPearson, confidenceSequence } from '../../../src/estimators/intervals';
import { philoxBlock, philoxKeySchedule } from '../../../src/estimators/noise/philox';
import golden from '../../fixtures/golden.json';

/** Uniforms in (0, 1), reproducible. */
function uniforms(seed: number): () => number {
  const schedule = philoxKeySchedule(seed, 0);
  const words = new Uint32Array(4);
  let i = 0;
  return () => {
    if (i % 4 === 0) philoxBlock(schedule, i / 4, 0, 0, 0, words);
    return ((words[i++ % 4] as number) + 0.5) / 2 ** 32;
  };
}

/** Most misses that a true miss rate of 5 % allows at 4 standard errors. */
const mostMisses = (runs: number): number => 0.05 * runs + 4 * Math.sqrt(0.05 * 0.95 * runs);

describe('limits', () => {
  it.each(golden.intervals.cases)('match the known ones for $k of $n', ({ k, n, ...known }) => {
    const cp = clopperPearson(k, n);
    const cs = confidenceSequence(k, n);
    expect(cp.lo).toBeCloseTo(known.clopperPearson[0] as number, 11);
    expect(cp.hi).toBeCloseTo(known.clopperPearson[1] as number, 11);
    expect(cs.lo).toBeCloseTo(known.confidenceSequence[0] as number, 11);
    expect(cs.hi).toBeCloseTo(known.confidenceSequence[1] as number, 11);
  });

  it('enclose the share, nest by level, and mirror when successes and failures swap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const k = Math.round(share * n);
          for (const method of [clopperPearson, confidenceSequence]) {
            const { lo, hi } = method(k, n);
            expect(lo).toBeLessThanOrEqual(k / n);
            expect(hi).toBeGreaterThanOrEqual(k / n);
            const wider = method(k, n, 0.005);
            expect(wider.lo).toBeLessThanOrEqual(lo);
            expect(wider.hi).toBeGreaterThanOrEqual(hi);
            const mirrored = method(n - k, n);
            expect(mirrored.lo).toBeCloseTo(1 - hi, 10);
            expect(mirrored.hi).toBeCloseTo(1 - lo, 10);
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('refuse counts that are none', () => {
    expect(() => clopperPearson(3, 2)).toThrow(RangeError);
    expect(() => confidenceSequence(-1, 2)).toThrow(RangeError);
    expect(() => confidenceSequence(0.5, 2)).toThrow(RangeError);
  });
});

describe('coverage by simulation', () => {
  const runs = 2000;

  it.each([0.02, 0.3, 0.5, 0.9, 0.998])('Clopper-Pearson covers p = %s at fixed n', (p) => {
    const next = uniforms(17);
    const n = 300;
    const missed = Array.from({ length: runs }, () => {
      let k = 0;
      for (let i = 0; i < n; i++) if (next() < p) k++;
      const { lo, hi } = clopperPearson(k, n);
      return p < lo || p > hi;
    }).filter(Boolean).length;
    expect(missed).toBeLessThanOrEqual(mostMisses(runs));
  });

  it.each([0.02, 0.5, 0.9, 0.998])('the confidence sequence covers p = %s at every peek at once', (p) => {
    const next = uniforms(23);
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      let k = 0;
      let everOut = false;
      for (let n = 1; n <= 512 && !everOut; n++) {
        if (next() < p) k++;
        if (n % 8 === 0) {
          const { lo, hi } = confidenceSequence(k, n);
          everOut = p < lo || p > hi;
        }
      }
      if (everOut) missed++;
    }
    expect(missed).toBeLessThanOrEqual(mostMisses(runs));
  });

  it('Clopper-Pearson would not survive the same peeking: the test above can fail', () => {
    const next = uniforms(29);
    const p = 0.5;
    let missed = 0;
    for (let run = 0; run < 300; run++) {
      let k = 0;
      let everOut = false;
      for (let n = 1; n <= 512 && !everOut; n++) {
        if (next() < p) k++;
        if (n % 8 === 0) {
          const { lo, hi } = clopperPearson(k, n);
          everOut = p < lo || p > hi;
        }
      }
      if (everOut) missed++;
    }
    expect(missed).toBeGreaterThan(mostMisses(300));
  });
});
