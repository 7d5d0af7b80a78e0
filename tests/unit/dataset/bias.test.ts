import { describe, expect, it } from 'vitest';
import {
  CLASS_OPTIONS,
  classBias,
  confusionUnderNoise,
  type DatasetTable,
  pairedDifferences,
} from '../../../src/dataset';
import { UniformSource } from '../../../src/statistics';

const table = (rows: readonly { label: number; p: number; counts?: number[] }[]): DatasetTable => ({
  header: {
    schema: 'probust-dataset/1',
    app: '0',
    model: { id: 'm', sha256: 'a' },
    data: { name: 'd', sha256: 'b', images: rows.length },
    labels: ['a', 'b', 'c'],
    selection: { kind: 'all' },
    selected: rows.length,
    sigmas: [0.1],
    estimator: 'mc',
    seed: 1,
    stop: { rule: 'fixed', samples: 10 },
    level: 0.95,
    backend: 'cpu',
    shard: { number: 1, of: 1 },
  },
  rows: rows.map(({ label, p, counts = [] }, index) => ({
    index,
    label,
    predicted: label,
    confidence: 1,
    seed: index,
    estimates: [
      {
        p,
        lo: null,
        hi: null,
        numericalError: null,
        samplingError: null,
        evaluations: 10,
        gradients: 0,
        flags: [],
        counts,
      },
    ],
  })),
});

const random = (seed: number, shift: readonly number[], perClass = 30) => {
  const source = new UniformSource(seed);
  return Array.from({ length: perClass * 3 }, (_, i) => ({
    label: i % 3,
    p: 0.4 * source.next() + (shift[i % 3] as number),
  }));
};

describe('class bias', () => {
  it('has means, spread and explained variance as worked out by hand', () => {
    // Means 0.2 and 0.7; between: 2 * 2 * 0.25^2 = 0.25; within: 4 * 0.1^2 = 0.04.
    const rows = [0.1, 0.3, 0.6, 0.8].map((p, i) => ({ label: i < 2 ? 0 : 2, p }));
    const { classes, spread, explained, pairs } = classBias(table(rows), 0);
    expect(classes.map(({ label, images }) => [label, images])).toEqual([
      [0, 2],
      [2, 2],
    ]);
    expect(classes[0]?.mean.value).toBeCloseTo(0.2, 12);
    expect(classes[1]?.mean.value).toBeCloseTo(0.7, 12);
    expect(spread).toBeCloseTo(0.5, 12);
    expect(explained).toBeCloseTo(0.25 / 0.29, 12);
    expect(pairs.pairs.map(({ pair }) => pair)).toEqual([[2, 0]]);
    expect(pairs.pairs[0]?.difference).toBeCloseTo(0.5, 12);
  });

  it('has the p value of the exact permutation test, up to its sampling', () => {
    // Of the 6 ways to choose two of four values, 2 have a spread as large: p = 1/3.
    const rows = [0.1, 0.3, 0.6, 0.8].map((p, i) => ({ label: i < 2 ? 0 : 2, p }));
    const { pValue } = classBias(table(rows), 0);
    const error = Math.sqrt((1 / 3) * (2 / 3) * (1 / CLASS_OPTIONS.permutations));
    expect(Math.abs(pValue - 1 / 3)).toBeLessThan(5 * error);
  });

  it('finds the class that differs and not the two that do not', () => {
    const { pValue, pairs, classes } = classBias(table(random(3, [0.1, 0.1, 0.5])), 0);
    expect(pValue).toBe(1 / (1 + CLASS_OPTIONS.permutations));
    const differing = pairs.pairs.filter(({ adjusted }) => adjusted <= 0.05).map(({ pair }) => pair);
    expect(differing).toEqual([
      [2, 0],
      [2, 1],
    ]);
    for (const { mean } of classes) expect(mean.lo < mean.value && mean.value < mean.hi).toBe(true);
  });

  it('finds no difference where there is none about as seldom as it says', () => {
    const few = { ...CLASS_OPTIONS, permutations: 99 };
    const found = Array.from({ length: 200 }, (_, i) =>
      classBias(table(random(100 + i, [0, 0, 0], 8)), 0, few),
    );
    const hits = found.filter(({ pValue }) => pValue <= 0.05).length;
    // Binomial(200, 0.05): mean 10, standard deviation 3.1.
    expect(hits).toBeLessThan(10 + 5 * 3.1);
    expect(hits).toBeGreaterThan(0);
  });

  it('learns little from a single image, and less than everything from images that are all alike', () => {
    const [one, many] = classBias(
      table([{ label: 1, p: 0.5 }, ...Array.from({ length: 100 }, () => ({ label: 2, p: 1 }))]),
      0,
    ).classes;
    expect((one?.mean.hi ?? 0) - (one?.mean.lo ?? 0)).toBeGreaterThan(0.9);
    // What 100 values can say of a share that none of them showed: at least as much is left open as for counts.
    const unseen = 1 - 0.0125 ** (1 / 100);
    expect(many?.mean.lo).toBeLessThan(1 - unseen);
    expect(many?.mean.lo).toBeGreaterThan(1 - 3 * unseen);
    expect(many?.mean.hi).toBe(1);
  });
});

describe('two models', () => {
  it('differ by a constant that pairing sees exactly', () => {
    const rows = random(9, [0.1, 0.2, 0.3]);
    const better = rows.map(({ label, p }) => ({ label, p: p + 0.25 }));
    const { differences, all, classes } = pairedDifferences(table(better), table(rows), 0);
    for (const difference of differences) expect(difference).toBeCloseTo(0.25, 12);
    for (const { value, lo, hi } of [all, ...classes.map(({ mean }) => mean)]) {
      expect(value).toBeCloseTo(0.25, 12);
      expect(lo > -1 && lo < 0.25 && hi < 1 && hi > 0.25).toBe(true);
    }
    expect(all.lo).toBeGreaterThan(0);
  });

  it('are not paired over different images', () => {
    const rows = random(9, [0, 0, 0]);
    expect(() => pairedDifferences(table(rows), table(rows.slice(1)), 0)).toThrow(/same images/);
    const one = table(rows);
    const reseeded = { ...one, header: { ...one.header, seed: 2 } };
    expect(() => pairedDifferences(one, reseeded, 0)).toThrow(/noise/);
  });
});

describe('confusion under noise', () => {
  it('weighs images of a class the same', () => {
    const rows = [
      { label: 0, p: 0.5, counts: [5, 5, 0] },
      { label: 0, p: 1, counts: [100, 0, 0] },
      { label: 1, p: 0.9, counts: [0, 9, 1] },
      { label: 2, p: 0.9 },
    ];
    const { NaN: none } = Number;
    const expected = [0.75, 0.25, 0, 0, 0.9, 0.1, none, none, none];
    const found = [...confusionUnderNoise(table(rows), 0)];
    expect(found.map((share) => Math.round(share * 1e12) / 1e12)).toEqual(expected);
  });
});
