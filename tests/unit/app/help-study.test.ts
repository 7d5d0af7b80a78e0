import { describe, expect, it } from 'vitest';
import { type AccuracyStudy, adviceOf, measuredOf } from '../../../src/app/features/help/study';
import study from '../../../src/estimators/accuracy-study.json';
import { ESTIMATORS } from '../../../src/estimators/registry';

const score = (cost: number, rmse: number) => ({ cost, rmse, bias: 0, coverage: null });
const given: AccuracyStudy = {
  models: ['m'],
  images: 2,
  truthSamples: 100,
  ranges: [
    [0, 0.5],
    [0.5, 0.9],
    [0.9, 0.99],
  ],
  estimators: {
    slow: [score(5000, 0.001), score(4000, 0.002), score(3000, 0.03)],
    fast: [score(100, 0.001), score(300, 0.01), null],
    faster: [score(10, 0.1), score(10, 0.2), score(10, 0.02)],
  },
  importanceBesideMc: [null, { ratio: 1.25, stdErr: 0.1 }, null],
};

describe('advice from the accuracy study', () => {
  it('names what came closest and what did at little cost, where predictions mostly survive', () => {
    expect(adviceOf(given)).toEqual([
      {
        range: [0.5, 0.9],
        closest: { id: 'slow', score: score(4000, 0.002) },
        quick: { id: 'fast', score: score(300, 0.01) },
        besideMc: 1.25,
      },
      {
        range: [0.9, 0.99],
        closest: { id: 'faster', score: score(10, 0.02) },
        quick: { id: 'faster', score: score(10, 0.02) },
        besideMc: null,
      },
    ]);
  });

  it('gives the costs and errors of one estimator over the same ranges', () => {
    expect(measuredOf(given, 'slow')).toEqual({
      scores: [
        { range: [0.5, 0.9], score: score(4000, 0.002) },
        { range: [0.9, 0.99], score: score(3000, 0.03) },
      ],
      cost: [3000, 4000],
    });
    expect(measuredOf(given, 'fast')?.scores).toHaveLength(1);
    expect(measuredOf(given, 'unknown')).toBeNull();
  });
});

describe('the study that is shipped', () => {
  const shipped: AccuracyStudy = study;

  it('has figures for nine or more estimators of the registry, and advice for every range above one half', () => {
    const measured = Object.keys(shipped.estimators);
    expect(measured.length).toBeGreaterThanOrEqual(9);
    for (const id of measured) {
      expect(ESTIMATORS.map((each) => each.id)).toContain(id);
      expect(measuredOf(shipped, id)?.scores).toHaveLength(3);
    }
    expect(adviceOf(shipped).map(({ range }) => range)).toEqual([
      [0.5, 0.9],
      [0.9, 0.99],
      [0.99, 0.999],
    ]);
    expect(shipped.images).toBeGreaterThanOrEqual(40);
    expect(shipped.truthSamples).toBeGreaterThanOrEqual(100_000);
  });

  it('has importance sampling ahead of plain sampling at the same cost in every one of them, and covering', () => {
    for (const [i, [low]] of shipped.ranges.entries()) {
      if ((low as number) < 0.5) continue;
      expect(shipped.importanceBesideMc[i]?.ratio).toBeGreaterThan(1);
      expect(shipped.estimators.importance?.[i]?.coverage).toBeGreaterThanOrEqual(0.92);
    }
  });
});
