import { describe, expect, it } from 'vitest';
import { judgeGaps, sidesOf } from '../../../src/app/state/gap';
import { DEFAULT_STOP, type Estimate } from '../../../src/estimators/estimate';
import { studentUpperTail } from '../../../src/estimators/math/student';
import { mc } from '../../../src/estimators/methods/mc';
import { taylor } from '../../../src/estimators/methods/taylor';
import { linearClassifier } from '../../support/classifiers';
import { contextFor, finalEstimates } from '../../support/run';

const analytical = (sigma: number, p: number, errors: Partial<Estimate> = {}): Estimate => ({
  sigma,
  p,
  lo: null,
  hi: null,
  interval: 'none',
  level: null,
  numericalError: 1e-5,
  samplingError: null,
  evaluations: 1,
  gradients: 10,
  ms: 1,
  flags: [],
  ...errors,
});

const sampled = (sigma: number, survived: number, samples: number): Estimate => ({
  ...analytical(sigma, survived / samples),
  numericalError: null,
  samplingError: 0.01,
  lo: 0,
  hi: 1,
  interval: 'confidence-sequence',
  evaluations: samples,
  classCounts: [samples - survived, survived],
});

const stop = DEFAULT_STOP;
const radii = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe("Student's t", () => {
  it.each([
    // scipy.stats.t.sf(t, degrees)
    [1, 1, 0.25],
    [2.776445105, 4, 0.02500000000505973],
    [4, 11, 0.0010430967834874768],
    [6, 4, 0.0019412685234802554],
  ])('P(T > %d) at %d degrees', (t, degrees, tail) => {
    expect(studentUpperTail(t, degrees) / tail).toBeCloseTo(1, 9);
  });
});

describe('the gap between an analytical curve and sampling', () => {
  it('waits for both, and judges what is there meanwhile', () => {
    expect(judgeGaps({}, [], 1, stop)).toEqual({ complete: false, unexplained: [] });
    expect(judgeGaps({ taylor: [analytical(0.1, 0.9)] }, [undefined], 1, stop).complete).toBe(false);
    const half = judgeGaps(
      { taylor: [analytical(0.1, 0.9), undefined] },
      [sampled(0.1, 500, 1000), sampled(0.2, 500, 1000)],
      1,
      stop,
    );
    expect(half).toMatchObject({ complete: false, unexplained: [{ estimatorId: 'taylor', sigma: 0.1 }] });
  });

  it('is none where the errors explain it', () => {
    expect(judgeGaps({ taylor: [analytical(0.1, 0.9)] }, [sampled(0.1, 880, 1000)], 1, stop)).toEqual({
      complete: true,
      unexplained: [],
    });
  });

  it('is listed by estimator and radius, the largest first, with its sign', () => {
    const sampling = [sampled(0.1, 985, 1000), sampled(0.2, 700, 1000), sampled(0.3, 700, 1000)];
    const { complete, unexplained } = judgeGaps(
      {
        taylor: [analytical(0.1, 0.99), analytical(0.2, 0.9), analytical(0.3, 0.8)],
        taylor_mvs: [analytical(0.1, 0.98), analytical(0.2, 0.71), analytical(0.3, 0.4)],
      },
      sampling,
      1,
      stop,
    );
    expect(complete).toBe(true);
    expect(unexplained).toEqual([
      { estimatorId: 'taylor_mvs', sigma: 0.3, difference: expect.closeTo(-0.3, 12) },
      { estimatorId: 'taylor', sigma: 0.2, difference: expect.closeTo(0.2, 12) },
      { estimatorId: 'taylor', sigma: 0.3, difference: expect.closeTo(0.1, 12) },
    ]);
  });

  it('is told for either side: where, and how large at most', () => {
    const differences = [-0.2, -0.346, 0, 0.373, 0.1];
    const row = differences.map((by, i) => analytical(i + 1, 0.5 + by));
    const sampling = differences.map((_, i) => sampled(i + 1, 500, 1000));
    const verdict = judgeGaps(
      { taylor: row, other: row.map((each) => ({ ...each, p: 0.5 })) },
      sampling,
      1,
      stop,
    );
    expect(sidesOf(verdict, 'taylor')).toEqual([
      { above: false, sigmas: [1, 2], largest: expect.objectContaining({ sigma: 2 }) },
      { above: true, sigmas: [4, 5], largest: expect.objectContaining({ sigma: 4 }) },
    ]);
    expect(sidesOf(verdict, 'other')).toEqual([]);
  });

  it('asks more of each pair the more radii and estimators are judged together', () => {
    const row = (count: number) => radii(count).map((sigma) => analytical(sigma, 0.9));
    const against = (count: number) => radii(count).map((sigma) => sampled(sigma, 860, 1000));
    const found = (estimators: number, count: number) =>
      judgeGaps(
        Object.fromEntries(radii(estimators).map((i) => [`e${i}`, row(count)])),
        against(count),
        1,
        stop,
      ).unexplained.length;
    // 0.86 of 1000 lies outside the sequence about 0.9 at 97.5 %, and inside it at 1 - 0.025/40.
    expect(found(1, 1)).toBe(1);
    expect(found(1, 40)).toBe(0);
    expect(found(5, 8)).toBe(0);
  });

  it('allows for the sampling error of the curve itself, the more the fewer groups it comes from', () => {
    const against = [sampled(1, 700, 1000)];
    const judge = (errors: Partial<Estimate>) =>
      judgeGaps({ mmse: [analytical(1, 0.9, errors)] }, against, 1, stop).unexplained.length;
    expect(judge({})).toBe(1);
    expect(judge({ samplingError: 0.1, samplingDegrees: 9 })).toBe(0);
    expect(judge({ samplingError: 0.045, samplingDegrees: 9 })).toBe(1);
    expect(judge({ samplingError: 0.045, samplingDegrees: 3 })).toBe(0);
  });

  it('is found in no more than alpha of sweeps over a linear model, which Taylor describes exactly', async () => {
    const rows = [
      [1, 0, 0.3],
      [0, 1, -0.2],
      [0.4, 0.4, 0],
      [-0.3, 0.2, 1],
    ];
    const classifier = linearClassifier(rows, [0.1, 0, 0, 0.1]);
    const sweeps = 100;
    let wrong = 0;
    for (let seed = 0; seed < sweeps; seed++) {
      const stop = { rule: 'fixed', samples: 512 } as const;
      const context = await contextFor(classifier, Float32Array.of(0.6, 0.2, 0.4), [0.1, 0.3, 0.8], {
        seed,
        stop,
      });
      const verdict = judgeGaps(
        { taylor: await finalEstimates(taylor, context) },
        await finalEstimates(mc, context),
        context.target,
        stop,
      );
      if (verdict.unexplained.length > 0) wrong++;
    }
    // Binomial(100, 0.05) at most, which exceeds 5 by 4 standard deviations of 2.18.
    expect(wrong).toBeLessThan(5 + 4 * 2.18);
  });
});
