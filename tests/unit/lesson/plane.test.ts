import { describe, expect, it } from 'vitest';
import { estimatesOf, nearestOther } from '../../../src/app/pages/lesson/plane/estimates';
import {
  averagedPlanes,
  fittedGaussian,
  noisyCopies,
  others,
  tangentsAt,
} from '../../../src/app/pages/lesson/plane/geometry';
import {
  boundaryWithin,
  clip,
  heightAt,
  intersection,
} from '../../../src/app/pages/lesson/plane/half-planes';
import { jacobianAt, logitsAt, type Point } from '../../../src/app/pages/lesson/plane/model';
import { PLACES } from '../../../src/app/pages/lesson/plane/places';
import { REGIONS } from '../../../src/app/pages/lesson/plane/regions';
import { tallyWay } from '../../../src/app/pages/lesson/plane/tally';
import type { Role } from '../../../src/estimators/definition';
import type { Estimate } from '../../../src/estimators/estimate';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { argmax } from '../../../src/estimators/model';
import { numericalJacobian } from '../../support/classifiers';

const PLACE_LIST = Object.values(PLACES);
const SEED = 5;
/** As long as the cache of `find` would be: estimators take the point in float32. */
const asFloat = ([x, y]: Point): Point => [Math.fround(x), Math.fround(y)];

async function estimateAt(role: Role, point: Point, sigma: number, samples = 4096) {
  const question = { point, target: argmax(logitsAt(point)), sigmas: [sigma], seed: SEED, samples };
  const found = await estimatesOf([role], question, new AbortController().signal);
  return found?.[role]?.[0] as Estimate;
}

describe('the model of the plane', () => {
  it('has the gradients of its logits', () => {
    const numerical = numericalJacobian(logitsAt);
    for (const { point } of PLACE_LIST) {
      const expected = numerical(point);
      for (const [i, value] of jacobianAt(point).entries())
        expect(value).toBeCloseTo(expected[i] as number, 5);
    }
  });

  it('tells apart three regions, one of them an island', () => {
    const [a, b, c] = REGIONS;
    expect(a?.length).toBe(1);
    expect(b?.length).toBe(1);
    expect(c?.length).toBe(1);
    // The island is a hole in what surrounds it.
    expect(a?.[0]?.length).toBe(2);
  });

  it('has a shore and an island that are equally far from the nearest other class, and unequally robust', async () => {
    const { shore, island } = PLACES;
    const [one, other] = await Promise.all([
      nearestOther(shore.point, SEED),
      nearestOther(island.point, SEED),
    ]);
    expect(one?.distance).toBeCloseTo(other?.distance as number, 2);
    const [dry, wet] = [
      await estimateAt('reference', shore.point, shore.sigma),
      await estimateAt('reference', island.point, island.sigma),
    ];
    expect(dry.lo).toBeGreaterThan((wet.hi as number) + 0.2);
  });
});

describe('half-planes', () => {
  const right = { against: 1, from: [0.5, 0.5], value: 0, gradient: [1, 0] } as const;

  it('cut a square where they say', () => {
    const square: Point[] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    expect(clip(square, right)).toEqual([
      [0.5, 0],
      [1, 0],
      [1, 1],
      [0.5, 1],
    ]);
    expect(boundaryWithin(right, { min: 0, max: 1 })).toEqual([
      [0.5, 0],
      [0.5, 1],
    ]);
    expect(boundaryWithin({ ...right, value: 9 }, { min: 0, max: 1 })).toBeNull();
    expect(intersection([right, { ...right, gradient: [-1, 0] }], { min: 0, max: 1 })).toEqual([]);
  });

  it('touch the margins at the point', () => {
    for (const { point } of PLACE_LIST) {
      const target = argmax(logitsAt(point));
      const near: Point = [point[0] + 1e-5, point[1] - 1e-5];
      for (const halfPlane of tangentsAt(point, target)) {
        const margin = (at: Point): number =>
          (logitsAt(at)[target] as number) - (logitsAt(at)[halfPlane.against] as number);
        expect(heightAt(halfPlane, point)).toBeCloseTo(margin(point), 12);
        expect(heightAt(halfPlane, near)).toBeCloseTo(margin(near), 7);
      }
    }
  });
});

describe('what the figures draw is what the estimators compute', () => {
  for (const method of ['first-order', 'averaged', 'antithetic', 'moments'] as const) {
    it(`the Gaussian of ${method} has its probability in the quarter of positive margins`, async () => {
      for (const { point, sigma } of PLACE_LIST) {
        const at = asFloat(point);
        const { mean, covariance } = fittedGaussian(method, at, argmax(logitsAt(at)), sigma, SEED);
        const [a, b, ab] = covariance;
        const z = Float64Array.of(mean[0] / Math.sqrt(a), mean[1] / Math.sqrt(b));
        const correlation = ab / Math.sqrt(a * b);
        const { p } = gaussianCdf(z, Float64Array.of(1, correlation, correlation, 1));
        const estimate = await estimateAt(method, point, sigma);
        expect(p).toBeCloseTo(estimate.p, 4);
      }
    });
  }

  it('the averaged planes are the mean of the single ones, which cross their own margins at their copy', () => {
    const { point, sigma } = PLACES.headland;
    const target = argmax(logitsAt(point));
    const { copies, single, mean } = averagedPlanes(point, target, sigma, SEED, 'antithetic');
    expect(copies).toHaveLength(10);
    // Pairs lie opposite each other.
    expect((copies[0]?.[0] as number) + (copies[1]?.[0] as number)).toBeCloseTo(2 * point[0], 6);
    for (const [i, against] of others(target).entries()) {
      const values = single.map((planes) => planes[i]?.value as number);
      expect(mean[i]?.against).toBe(against);
      expect(mean[i]?.value).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 10, 12);
    }
  });

  it('counting by hand is Monte Carlo: the same copies, calls and interval', async () => {
    const { point, sigma } = PLACES.strait;
    const at = asFloat(point);
    const target = argmax(logitsAt(at));
    const estimate = await estimateAt('reference', point, sigma, 512);
    const copies = noisyCopies(at, sigma, SEED, 512);
    const last = tallyWay(
      copies.map(({ called }) => called),
      target,
    ).at(-1);
    expect(last?.n).toBe(512);
    expect(last?.p).toBe(estimate.p);
    // Limits for every n at once are wider than those for a number chosen beforehand.
    expect(last?.lo).toBeLessThan(estimate.lo as number);
    expect(last?.hi).toBeGreaterThan(estimate.hi as number);
  });

  it('the way of the count is long enough to draw and never runs backwards', () => {
    const way = tallyWay(
      Array.from({ length: 5000 }, (_, i) => i % 3),
      0,
    );
    expect(way[0]?.n).toBe(1);
    expect(way.length).toBeLessThan(90);
    for (const [i, { n, kept, lo, hi, p }] of way.entries()) {
      if (i > 0) expect(n).toBeGreaterThan(way[i - 1]?.n as number);
      expect(kept).toBe(Math.ceil(n / 3));
      expect(lo).toBeLessThanOrEqual(p);
      expect(hi).toBeGreaterThanOrEqual(p);
    }
  });

  it('a question that is overtaken gives nothing', async () => {
    const controller = new AbortController();
    controller.abort();
    const question = { point: PLACES.shore.point, target: 1, sigmas: [0.1], seed: 1, samples: 256 };
    expect(await estimatesOf(['first-order'], question, controller.signal)).toBeNull();
  });
});
