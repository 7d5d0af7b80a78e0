import { describe, expect, it } from 'vitest';
import { cameraOf, viewOf } from '../../../src/app/charts/solid-figure';
import { colourAt, heightAt, probabilityColours, signedColours } from '../../../src/app/charts/surface';
import { firstCrossing, marginSentences } from '../../../src/app/features/landscape/margin-words';
import { robustnessTable } from '../../../src/app/features/landscape/robustness';
import type { Estimate } from '../../../src/estimators/estimate';
import { clopperPearson } from '../../../src/estimators/intervals';
import type { MarginLandscape } from '../../../src/estimators/landscape';

const sampled = (sigma: number, classCounts: number[]): Estimate => ({
  sigma,
  p: 0,
  lo: 0,
  hi: 1,
  interval: 'clopper-pearson',
  level: 0.95,
  numericalError: null,
  samplingError: null,
  evaluations: classCounts.reduce((sum, count) => sum + count, 0),
  gradients: 0,
  ms: 0,
  flags: [],
  classCounts,
});

describe('robustness by radius and class', () => {
  it('has the shares of each radius, limits adjusted for all classes, and waits for two radii', () => {
    const stop = { rule: 'fixed', samples: 100 } as const;
    const estimates = [sampled(0.1, [90, 10, 0]), undefined, sampled(0.4, [50, 30, 20])];
    const table = robustnessTable(estimates, 0, stop);
    expect(table?.sigmas).toEqual([0.1, 0.4]);
    expect(table?.leftOut).toBe(0);
    expect(table?.classes.map(({ shares }) => shares.map(({ p }) => p))).toEqual([
      [0.9, 0.5],
      [0.1, 0.3],
      [0, 0.2],
    ]);
    expect(table?.classes[1]?.shares[0]).toEqual({ p: 0.1, ...clopperPearson(10, 100, 0.05 / 3) });
    expect(robustnessTable([sampled(0.1, [1, 1])], 0, stop)).toBeNull();
  });

  it('keeps of many classes the target and those that noise leads to most', () => {
    const counts = Array.from({ length: 40 }, (_, k) => (k >= 20 && k < 31 ? 10 : 0));
    const table = robustnessTable([sampled(0.1, counts), sampled(0.2, counts)], 3, {
      rule: 'fixed',
      samples: 110,
    });
    expect(table?.classes.map(({ index }) => index)).toEqual([
      3,
      ...Array.from({ length: 11 }, (_, i) => 20 + i),
    ]);
    expect(table?.leftOut).toBe(28);
  });
});

describe('a surface', () => {
  const axis = (values: number[], isLogarithmic = false) => ({
    label: '',
    values,
    isLogarithmic,
    names: null,
  });

  it('lies straight between its values, on logarithmic axes too', () => {
    const z = [
      [0, 1, 2],
      [10, 11, 12],
    ];
    const flat = { x: axis([0, 1, 2]), y: axis([0, 1]), z };
    expect(heightAt(flat, 0.5, 0)).toBeCloseTo(0.5);
    expect(heightAt(flat, 2, 1)).toBeCloseTo(12);
    expect(heightAt(flat, 1.5, 0.5)).toBeCloseTo(6.5);
    expect(heightAt({ ...flat, x: axis([0.1, 1, 10], true) }, Math.sqrt(0.1), 0)).toBeCloseTo(0.5);
  });

  it('has colours that end where they say, and a white zero', () => {
    expect(colourAt(probabilityColours, 0)).toEqual([0x44, 0x01, 0x54]);
    expect(colourAt(probabilityColours, 1)).toEqual([0xfd, 0xe7, 0x25]);
    expect(colourAt(signedColours(3), 0).map(Math.round)).toEqual([0xf7, 0xf7, 0xf7]);
    expect(colourAt(signedColours(3), 99)).toEqual(colourAt(signedColours(3), 3));
    expect(colourAt(signedColours(3), -99)).toEqual(colourAt(signedColours(3), -3));
  });

  it('is looked at from where the sliders say, and they follow a dragged camera', () => {
    for (const view of [
      { turn: -60, height: 30 },
      { turn: 180, height: 5 },
      { turn: 0, height: 90 },
    ]) {
      for (const width of [390, 800]) expect(viewOf(cameraOf(view, width).eye)).toEqual(view);
    }
  });
});

describe('the margin in words', () => {
  const found: MarginLandscape = {
    plane: {
      u: new Float32Array(2),
      v: new Float32Array(2),
      first: { other: 1, distance: 0.4 },
      second: { other: 2, distance: 0.9 },
      cosine: 0.5,
    },
    offsets: Float64Array.of(-1, 0, 1),
    margins: Float32Array.of(2, 1, -1, 2, 1, -3, 2, 1, -1),
    called: Int32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 2),
    evaluations: 10,
    gradients: 3,
    ms: 1,
  };

  it('says where the way along u meets another class, which is next, and what the square is called', () => {
    expect(firstCrossing(found)).toBeCloseTo(0.25);
    expect(marginSentences(found, ['a', 'b', 'c'])).toEqual([
      'Along u lies class b, at a distance of 0.4 if its boundary is straight; in the plane another class is met at 0.25.',
      'The next boundary is that of class c, at 0.9; the ways to both enclose 60°.',
      'Of the square, 66.7 % is called a, 22.2 % is called b, and 11.1 % is called c.',
    ]);
  });

  it('says so where nothing is met, where the picture is called otherwise, and where v means nothing', () => {
    const safe = { ...found, margins: new Float32Array(9).fill(1) };
    expect(firstCrossing(safe)).toBeNull();
    expect(marginSentences(safe, [])[0]).toMatch(/the way along u stays with the class\.$/);
    const lost = { ...found, margins: new Float32Array(9).fill(-1) };
    expect(marginSentences(lost, [])[0]).toMatch(/the picture itself is called another class\.$/);
    const two = { ...found, plane: { ...found.plane, second: null, cosine: null } };
    expect(marginSentences(two, [])[1]).toMatch(/drawn at random/);
  });
});
