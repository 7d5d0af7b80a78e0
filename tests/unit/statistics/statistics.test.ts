import { describe, expect, it } from 'vitest';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import {
  betweenGroups,
  bootstrap,
  holm,
  meanBinomialError,
  pearson,
  percentileLimits,
  permutationTest,
  quantileSorted,
  ranks,
  spearman,
  UniformSource,
} from '../../../src/statistics';

/** With ties in both. */
const X = [
  0.6, 0.7, 0.3, 0.5, 0.9, 0.9, 0.1, 0.2, 0.1, 0.4, 0, 0.5, 0.6, 0.3, 0.7, 0.6, 0, 0.6, 0.3, 0.4, 0.3, 0.7,
  0.4, 0.2,
];
const Y = [
  0.6, 0.7, 0.3, 0.4, 0.7, 0.9, 0.5, 0.4, 0.4, 0.6, 0.2, 0.3, 0.6, 0.4, 0.6, 0.5, 0.2, 0.5, 0.3, 0.4, 0.4,
  0.8, 0.5, 0.2,
];

describe('correlations', () => {
  // scipy.stats.pearsonr, spearmanr and rankdata on the same values.
  it('agrees with SciPy where values are tied', () => {
    expect(pearson(X, Y)).toBeCloseTo(0.8214869419001531, 14);
    expect(spearman(X, Y)).toBeCloseTo(0.8148094485029301, 14);
    expect([...ranks(X)].slice(0, 8)).toEqual([17.5, 21, 8.5, 14.5, 23.5, 23.5, 3.5, 5.5]);
  });

  it('is 1 or -1 by rank for any monotone relation, and NaN where nothing varies', () => {
    const x = Float64Array.from({ length: 20 }, (_, i) => i - 7.5);
    expect(spearman(x, x.map(Math.exp))).toBeCloseTo(1, 14);
    expect(
      spearman(
        x,
        x.map((value) => -(value ** 3)),
      ),
    ).toBeCloseTo(-1, 14);
    expect(
      pearson(
        x,
        x.map(() => 2),
      ),
    ).toBeNaN();
  });

  it('refuses lists that do not pair', () => {
    expect(() => pearson([1, 2], [1])).toThrow(RangeError);
  });
});

describe('quantileSorted', () => {
  // numpy.quantile, whose default is the same definition.
  it('agrees with NumPy', () => {
    const values = [1, 2, 4, 8, 16, 32];
    expect([0.025, 0.1, 0.5, 0.9].map((q) => quantileSorted(values, q))).toEqual([1.125, 1.5, 6, 24]);
    expect(quantileSorted(values, 1)).toBe(32);
  });
});

describe('UniformSource', () => {
  it('repeats by seed and is uniform by a chi-square test', () => {
    const draw = (seed: number) => {
      const source = new UniformSource(seed);
      return Array.from({ length: 10_000 }, () => source.below(10));
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    const counts = new Array<number>(10).fill(0);
    for (const value of draw(1)) counts[value] = (counts[value] as number) + 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99.9 % quantile at 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9);
  });

  it('shuffles every order alike', () => {
    const source = new UniformSource(2);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = source.shuffle(Uint32Array.of(0, 1, 2)).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(seen.size).toBe(6);
    // 99.9 % quantile at 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(20.5);
  });

  it('refuses what is no seed', () => {
    expect(() => new UniformSource(-1)).toThrow(RangeError);
    expect(() => new UniformSource(0.5)).toThrow(RangeError);
  });
});

describe('bootstrap', () => {
  const options = { seed: 1, resamples: 2000, alpha: 0.05 };
  const meanOf = (values: ArrayLike<number>) => (drawn: Uint32Array) => [
    drawn.reduce((sum, i) => sum + (values[i] as number), 0) / drawn.length,
  ];

  it('gives the mean the limits that its standard error promises', () => {
    const [interval] = bootstrap(X.length, meanOf(X), { ...options, resamples: 20_000 });
    const mean = X.reduce((sum, value) => sum + value, 0) / X.length;
    const deviation = Math.sqrt(X.reduce((sum, value) => sum + (value - mean) ** 2, 0) / X.length);
    const expected = 2 * 1.96 * (deviation / Math.sqrt(X.length));
    expect(interval?.value).toBeCloseTo(mean, 12);
    expect(((interval?.hi ?? 0) - (interval?.lo ?? 0)) / expected).toBeGreaterThan(0.95);
    expect(((interval?.hi ?? 0) - (interval?.lo ?? 0)) / expected).toBeLessThan(1.05);
  });

  it('covers the mean of normal numbers about as often as it says', () => {
    const repeats = 300;
    let covered = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const values = new Float64Array(80);
      new NormalSource(9, 0).fill(repeat, values);
      const [interval] = bootstrap(80, meanOf(values), { seed: repeat, resamples: 400, alpha: 0.05 });
      if (interval !== undefined && interval.lo <= 0 && interval.hi >= 0) covered++;
    }
    // P(|t_79| < 1.96 sqrt(79/80)) = 0.945, as the resamples' spread divides by 80; five binomial standard errors.
    const share = covered / repeats;
    expect(Math.abs(share - 0.945)).toBeLessThan(5 * Math.sqrt((0.945 * 0.055) / repeats));
  });

  it('keeps pairs together, so that what is constant in every pair has no spread', () => {
    const shifted = X.map((value) => value + 0.125);
    const difference = (drawn: Uint32Array) => [
      drawn.reduce((sum, i) => sum + (shifted[i] as number) - (X[i] as number), 0) / drawn.length,
    ];
    const [interval] = bootstrap(X.length, difference, options);
    expect(interval?.lo).toBeCloseTo(0.125, 12);
    expect(interval?.hi).toBeCloseTo(0.125, 12);
  });

  it('takes an alpha for each statistic', () => {
    const twice = (drawn: Uint32Array) => [...meanOf(X)(drawn), ...meanOf(X)(drawn)];
    const [wide, narrow] = bootstrap(X.length, twice, { ...options, alpha: [0.01, 0.2] });
    expect((wide?.hi ?? 0) - (wide?.lo ?? 0)).toBeGreaterThan((narrow?.hi ?? 0) - (narrow?.lo ?? 0));
  });

  it('leaves out resamples without a value', () => {
    expect(percentileLimits(Float64Array.of(Number.NaN, 3, 1, 2, Number.NaN), 0.5)).toEqual({
      lo: 1.5,
      hi: 2.5,
    });
  });
});

describe('permutationTest', () => {
  const two = {
    values: Float64Array.of(0.9, 0.8, 0.75, 0.7, 0.6, 0.72, 0.5),
    groupOf: Uint32Array.of(0, 0, 0, 0, 1, 1, 1),
    groups: 2,
  };

  it('agrees with all 35 ways to split seven values', () => {
    // 3 of them spread the groups as far: enumerated with itertools.combinations.
    const permutations = 40_000;
    const p = permutationTest(two, { seed: 1, permutations });
    expect(Math.abs(p - 3 / 35)).toBeLessThan((5 * Math.sqrt((3 * 32) / 35 ** 2)) / Math.sqrt(permutations));
  });

  it('measures the spread that an analysis of variance does', () => {
    const data = {
      values: Float64Array.of(1, 2, 3, 2, 3, 4, 5, 6, 7),
      groupOf: Uint32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2),
      groups: 3,
    };
    // scipy.stats.f_oneway gives F = 13 = (between/2)/(within/6), and within is 6.
    expect(betweenGroups(data)).toBeCloseTo(26, 12);
  });

  it('finds nothing in equal values and never answers 0', () => {
    expect(
      permutationTest({ ...two, values: two.values.map(() => 0.5) }, { seed: 1, permutations: 99 }),
    ).toBe(1);
    const clear = {
      values: Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1)),
      groupOf: Uint32Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1)),
      groups: 2,
    };
    expect(permutationTest(clear, { seed: 1, permutations: 99 })).toBe(0.01);
  });

  it('rejects a true hypothesis as seldom as it should', () => {
    const repeats = 400;
    let rejected = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const values = new Float64Array(30);
      new NormalSource(4, 0).fill(repeat, values);
      const groupOf = Uint32Array.from({ length: 30 }, (_, i) => i % 3);
      if (permutationTest({ values, groupOf, groups: 3 }, { seed: repeat, permutations: 99 }) <= 0.05)
        rejected++;
    }
    expect(Math.abs(rejected / repeats - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / repeats));
  });
});

describe('holm', () => {
  it('multiplies by the number of hypotheses left, and never falls', () => {
    // The same as statsmodels.stats.multitest.multipletests(..., method="holm"); by hand 4 x 0.01, 3 x 0.02, 2 x 0.04.
    const adjusted = holm([0.02, 0.04, 0.01, 0.05]);
    for (const [i, value] of [0.06, 0.08, 0.04, 0.08].entries()) expect(adjusted[i]).toBeCloseTo(value, 14);
  });

  it('stays at 1', () => {
    expect(holm([0.6, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('meanBinomialError', () => {
  // scipy.stats.binom: the sum over k of pmf(k) |k/n - p|.
  it.each([
    [10, 0.3, 0.11206773143999994],
    [100, 0.5, 0.03979461869358937],
    [400, 0.93, 0.010148486112878097],
    [50, 0.02, 0.014566787203484678],
    [7, 1 / 7, 0.09711905059688965],
  ])('n = %d, p = %f', (n, p, expected) => {
    expect(meanBinomialError(n, p)).toBeCloseTo(expected, 12);
  });

  it('is 0 where nothing is left to chance', () => {
    expect(meanBinomialError(100, 0)).toBe(0);
    expect(meanBinomialError(100, 1)).toBe(0);
  });
});
