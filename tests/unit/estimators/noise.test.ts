import { describe, expect, it } from 'vitest';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { philoxBlock, philoxKeySchedule } from '../../../src/estimators/noise/philox';
import golden from '../../fixtures/golden.json';

const parse = (words: readonly string[]): number[] => words.map((word) => Number.parseInt(word, 16));

describe('Philox 4x32-10', () => {
  it.each(golden.philox4x32_10)(
    'gives the published words of counter $counter',
    ({ counter, key, words }) => {
      const [k0, k1] = parse(key) as [number, number];
      const [c0, c1, c2, c3] = parse(counter) as [number, number, number, number];
      const out = new Uint32Array(4);
      philoxBlock(philoxKeySchedule(k0, k1), c0, c1, c2, c3, out);
      expect([...out]).toEqual(parse(words));
    },
  );
});

describe('NormalSource', () => {
  it.each(golden.noise.cases)('matches seed $seed, sample $sample, stream $stream', (given) => {
    const normals = new Float64Array(8);
    new NormalSource(given.seed, given.stream).fill(given.sample, normals);
    for (const [i, value] of given.first8.entries()) expect(normals[i]).toBeCloseTo(value, 14);
  });

  it('gives any prefix of a sample the same values, whatever length is asked for', () => {
    const source = new NormalSource(7, 0);
    const whole = new Float64Array(787);
    source.fill(3, whole);
    for (const length of [1, 2, 3, 5, 6, 7, 784]) {
      const part = new Float64Array(length + 2).fill(-9);
      source.fill(3, part, 1, length);
      expect(part.slice(1, -1)).toEqual(whole.slice(0, length));
      expect([part[0], part.at(-1)]).toEqual([-9, -9]);
    }
  });

  it('has the moments of a standard normal within 4.5 standard errors', () => {
    const n = 400_000;
    const values = new Float64Array(n);
    new NormalSource(11, 0).fill(0, values);
    // Var of the k-th sample moment is (E z^2k - (E z^k)^2) / n.
    const moments = [
      { power: 1, mean: 0, variance: 1 },
      { power: 2, mean: 1, variance: 2 },
      { power: 3, mean: 0, variance: 15 },
      { power: 4, mean: 3, variance: 96 },
    ];
    for (const { power, mean, variance } of moments) {
      const average = values.reduce((sum, z) => sum + z ** power, 0) / n;
      expect(Math.abs(average - mean)).toBeLessThan(4.5 * Math.sqrt(variance / n));
    }
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN])('refuses the seed %s', (seed) => {
    expect(() => new NormalSource(seed, 0)).toThrow(RangeError);
  });
});
