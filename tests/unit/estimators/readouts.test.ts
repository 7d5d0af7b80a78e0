import { describe, expect, it } from 'vitest';
import { CERTIFICATION, type Certificate, certificate, certify } from '../../../src/estimators/certify';
import { normalCdf, normalQuantile } from '../../../src/estimators/math/normal';
import type { Classifier, NoisyBatch } from '../../../src/estimators/model';
import { STREAMS } from '../../../src/estimators/noise/gaussian';
import { equivalentDistance, nines } from '../../../src/estimators/readouts';
import { RequestError } from '../../../src/estimators/request';
import { linearClassifier } from '../../support/classifiers';

const claim = (p: number, lo: number | null = null, hi: number | null = null) => ({ sigma: 0.5, p, lo, hi });

describe('nines and equivalent distance', () => {
  it('are -log10(1 - p) and sigma Phi^-1(p)', () => {
    expect(nines(claim(0.999))).toEqual({ relation: '=', value: expect.closeTo(3, 12) });
    expect(nines(claim(0.5)).value).toBeCloseTo(Math.log10(2), 12);
    expect(equivalentDistance(claim(normalCdf(2))).value).toBeCloseTo(1, 12);
    expect(equivalentDistance(claim(0.2)).value).toBeCloseTo(0.5 * normalQuantile(0.2), 12);
  });

  it('are only limits where nothing failed, or nothing succeeded', () => {
    expect(nines(claim(1, 0.99, 1))).toEqual({ relation: '>=', value: expect.closeTo(2, 12) });
    expect(equivalentDistance(claim(1, normalCdf(3), 1))).toEqual({
      relation: '>=',
      value: expect.closeTo(1.5, 10),
    });
    expect(nines(claim(0, 0, 0.1))).toEqual({ relation: '<=', value: expect.closeTo(-Math.log10(0.9), 12) });
    expect(equivalentDistance(claim(0, 0, normalCdf(-2)))).toEqual({
      relation: '<=',
      value: expect.closeTo(-1, 12),
    });
  });

  it('are finite whatever the estimate, and grow with p', () => {
    const ps = [0, 1e-300, 0.1, 0.5, 0.9, 1 - 1e-12, 1];
    for (const read of [nines, equivalentDistance]) {
      for (const [lo, hi] of [[null, null] as const, [0, 1] as const]) {
        for (const p of ps) expect(Number.isFinite(read(claim(p, lo, hi)).value)).toBe(true);
      }
      const values = ps.map((p) => read(claim(p)).value);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });
});

async function finished(steps: AsyncGenerator<number, Certificate, undefined>): Promise<Certificate> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

/** f_0 - f_1 = a - x_0: P[0] = Phi(a / sigma) at x = 0, and so is the smoothed classifier's exact radius a. */
const halfspace = (a: number) =>
  linearClassifier(
    [
      [-1, 0],
      [0, 0],
    ],
    [a, 0],
  );
const x = new Float32Array(2);

describe('the certified radius', () => {
  it('is sigma Phi^-1 of the one-sided Clopper-Pearson limit', () => {
    // All of n kept: the limit is alpha^(1/n).
    const lower = 0.001 ** (1 / 1024);
    const found = certificate(0.5, 1024, 1024, 0.001);
    expect(found.lower).toBeCloseTo(lower, 12);
    expect(found.radius).toBeCloseTo(0.5 * normalQuantile(lower), 10);
    expect(found.level).toBe(0.999);
    // From the beta quantile: 0.05 quantile of Beta(90, 11) by scipy.stats.beta.ppf(0.05, 90, 11).
    expect(certificate(1, 90, 100, 0.05).lower).toBeCloseTo(0.8362823767, 9);
  });

  it('is withheld where the limit is at most 1/2', () => {
    expect(certificate(0.5, 512, 1024, 0.001).radius).toBeNull();
    expect(certificate(0.5, 0, 1024, 0.001)).toMatchObject({ lower: 0, radius: null });
  });

  it('exceeds the true radius in no more than alpha of many seeds', async () => {
    const [a, sigma, seeds, alpha] = [0.3, 0.5, 400, 0.05];
    let tooLarge = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const request = { classifier: halfspace(a), x, target: 0, seed };
      const { radius } = await finished(certify(request, sigma, { samples: 256, alpha }));
      if (radius !== null && radius > a) tooLarge++;
    }
    // Binomial(400, 0.05) exceeds 20 by 4 standard deviations of 4.36.
    expect(tooLarge).toBeLessThan(20 + 4 * 4.36);
    expect(tooLarge).toBeGreaterThan(0);
  });

  it('comes from samples of a stream of its own, each drawn once', async () => {
    const seen: NoisyBatch[] = [];
    const inner = halfspace(1);
    const watched: Classifier = Object.assign(Object.create(inner) as typeof inner, {
      noisyLogits: (batch: NoisyBatch) => {
        seen.push(batch);
        return inner.noisyLogits(batch);
      },
    });
    const found = await finished(certify({ classifier: watched, x, target: 0, seed: 1 }, 0.5));
    expect(found.samples).toBe(CERTIFICATION.samples);
    expect(new Set(seen.map(({ stream }) => stream))).toEqual(new Set([STREAMS.certification]));
    const others = Object.entries(STREAMS).filter(([name]) => name !== 'certification');
    expect(others.map(([, stream]) => stream)).not.toContain(STREAMS.certification);
    expect(seen.map(({ firstSample, count }) => [firstSample, count])).toEqual([
      [0, 256],
      [256, 256],
      [512, 256],
      [768, 256],
    ]);
  });

  it('refuses a radius or class that does not exist', async () => {
    const request = { classifier: halfspace(1), x, target: 0, seed: 1 };
    await expect(finished(certify(request, 0))).rejects.toBeInstanceOf(RequestError);
    await expect(finished(certify({ ...request, target: 5 }, 0.5))).rejects.toBeInstanceOf(RequestError);
  });
});
