import { describe, expect, it } from 'vitest';
import { type LandscapeContext, marginLandscape } from '../../../src/estimators/landscape';
import { dangerousPlane, planeExtent } from '../../../src/estimators/landscape/plane';
import type { Classifier } from '../../../src/estimators/model';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { dot } from '../../../src/estimators/plane';
import { RequestError } from '../../../src/estimators/request';
import { ClosedFormClassifier, CountingClassifier, linearClassifier } from '../../support/classifiers';

const context = (classifier: Classifier, x: Float32Array, target = 0): LandscapeContext => ({
  classifier,
  x,
  target,
  seed: 1,
  now: () => 0,
  linearisation: async () => ({ value: await classifier.linearise(x), ms: 0 }),
});

async function landscapeOf(given: LandscapeContext, sigma: number, steps?: number) {
  const shares: number[] = [];
  const run = marginLandscape(given, sigma, steps);
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { found: value, shares };
    shares.push(value);
  }
}

/** Weights of K classes over d inputs, the same every time. */
function randomWeights(K: number, d: number): number[][] {
  const source = new NormalSource(7, 0);
  return Array.from({ length: K }, (_, k) => {
    const row = new Float64Array(d);
    source.fill(k, row);
    return [...row];
  });
}

describe('the most dangerous plane', () => {
  it('is spanned by the gradients of the two smallest standardised margins', async () => {
    const K = 5;
    const d = 12;
    const weights = randomWeights(K, d);
    const model = linearClassifier(weights, [4, 1, 0.5, 0, -0.5]);
    const x = new Float32Array(d).fill(0.1);
    const clean = await model.linearise(x);
    const plane = dangerousPlane(clean, 0, 1);
    if (plane === null) throw new Error('there are gradients');

    // By hand: distances of all boundaries, in order.
    const gradientOf = (i: number) => weights[0]?.map((w, j) => w - (weights[i]?.[j] as number)) as number[];
    const boundaries = [1, 2, 3, 4]
      .map((other) => {
        const gradient = gradientOf(other);
        const margin = (clean.logits[0] as number) - (clean.logits[other] as number);
        return { other, distance: margin / Math.hypot(...gradient), gradient };
      })
      .sort((a, b) => a.distance - b.distance);
    expect(plane.first).toEqual({
      other: boundaries[0]?.other,
      distance: expect.closeTo(boundaries[0]?.distance as number, 6),
    });
    expect(plane.second).toEqual({
      other: boundaries[1]?.other,
      distance: expect.closeTo(boundaries[1]?.distance as number, 6),
    });

    const { u, v } = plane;
    expect(dot(u, u)).toBeCloseTo(1, 6);
    expect(dot(v, v)).toBeCloseTo(1, 6);
    expect(dot(u, v)).toBeCloseTo(0, 6);
    for (const { gradient } of boundaries.slice(0, 2)) {
      // Both gradients lie in the plane: nothing of them is left.
      const [alongU, alongV] = [dot(gradient, u), dot(gradient, v)];
      const rest = gradient.map((g, j) => g - alongU * (u[j] as number) - alongV * (v[j] as number));
      expect(Math.hypot(...rest)).toBeLessThan(1e-5 * Math.hypot(...gradient));
      // And u and v lead towards both boundaries.
      expect(alongV).toBeLessThan(1e-6);
    }
    expect(dot(boundaries[0]?.gradient as number[], u)).toBeLessThan(0);
    const [g, h] = boundaries.map(({ gradient }) => gradient) as [number[], number[]];
    expect(plane.cosine).toBeCloseTo(dot(g, h) / Math.hypot(...g) / Math.hypot(...h), 6);
  });

  it('passes over boundaries that lie in the direction of the nearest', async () => {
    const model = linearClassifier(
      [
        [0, 0, 0],
        [1, 0, 0],
        [1.5, 0, 0],
        [0, 1, 0],
      ],
      [1, 0, -2, -1],
    );
    const plane = dangerousPlane(await model.linearise(new Float32Array(3)), 0, 1);
    expect(plane).toMatchObject({ first: { other: 1, distance: 1 }, second: { other: 3, distance: 2 } });
    expect([...(plane?.u ?? [])].map(Math.abs)).toEqual([1, 0, 0]);
    expect(plane?.u[0]).toBe(1);
    expect([...(plane?.v ?? [])].map(Math.abs)).toEqual([0, 1, 0]);
  });

  it('draws a second direction where there are but two classes, the same for a seed', async () => {
    const model = linearClassifier(
      [
        [1, 2, 3],
        [0, 0, 0],
      ],
      [1, 0],
    );
    const clean = await model.linearise(new Float32Array(3));
    const plane = dangerousPlane(clean, 0, 5);
    expect(plane).toMatchObject({ second: null, cosine: null });
    expect(dot(plane?.u ?? [], plane?.v ?? [])).toBeCloseTo(0, 6);
    expect(dangerousPlane(clean, 0, 5)?.v).toEqual(plane?.v);
    expect(dangerousPlane(clean, 0, 6)?.v).not.toEqual(plane?.v);
  });

  it('has no answer without gradients, and says what a single value lacks', async () => {
    const flat = new ClosedFormClassifier(
      2,
      2,
      () => Float64Array.of(1, 0),
      () => new Float64Array(4),
    );
    expect(dangerousPlane(await flat.linearise(new Float32Array(2)), 0, 1)).toBeNull();
    const single = linearClassifier([[1], [0]], [1, 0]);
    const clean = await single.linearise(new Float32Array(1));
    expect(() => dangerousPlane(clean, 0, 1)).toThrow(RequestError);
  });

  it('reaches the boundaries unless they are far beyond the noise', () => {
    const extent = (first: number, second: number | null, sigma: number) =>
      planeExtent(
        {
          first: { other: 1, distance: first },
          second: second === null ? null : { other: 2, distance: second },
        },
        sigma,
      );
    expect(extent(0.1, 0.2, 1)).toBeCloseTo(1.25 * 1.5);
    expect(extent(1, 2, 1)).toBeCloseTo(1.25 * 2);
    expect(extent(1, 50, 1)).toBeCloseTo(1.25 * 3);
    expect(extent(-2, null, 1)).toBeCloseTo(1.25 * 2);
  });
});

describe('the margin over the plane', () => {
  it('is the least of the straight margins of a linear model, everywhere', async () => {
    const K = 4;
    const d = 20;
    const weights = randomWeights(K, d);
    const bias = [3, 0, 0.2, -0.3];
    const model = new CountingClassifier(linearClassifier(weights, bias));
    const x = new Float32Array(d).fill(0.05);
    const { found, shares } = await landscapeOf(context(model, x), 0.5, 21);
    if (found === null) throw new Error('there are gradients');
    const { plane, offsets, margins, called } = found;
    expect(offsets[10]).toBe(0);
    expect(offsets[20]).toBeCloseTo(planeExtent(plane, 0.5), 12);
    const logit = (k: number, point: readonly number[]) =>
      dot(weights[k] as number[], point) + (bias[k] as number);
    const classes = new Set<number>();
    for (let i = 0; i < 21; i++) {
      for (let j = 0; j < 21; j++) {
        const point = Array.from(
          x,
          (value, p) =>
            value +
            (offsets[j] as number) * (plane.u[p] as number) +
            (offsets[i] as number) * (plane.v[p] as number),
        );
        const others = [1, 2, 3].map((k) => logit(0, point) - logit(k, point));
        const margin = Math.min(...others);
        // Points are float32: d inputs of about 1, weights of about 1.
        expect(Math.abs((margins[i * 21 + j] as number) - margin)).toBeLessThan(1e-5);
        const expected = margin > 0 ? 0 : 1 + others.indexOf(margin);
        if (Math.abs(margin) > 1e-5) expect(called[i * 21 + j]).toBe(expected);
        classes.add(called[i * 21 + j] as number);
      }
    }
    expect(classes.size).toBeGreaterThanOrEqual(3);
    expect(shares.at(-1)).toBe(1);
    expect(found.evaluations).toBe(model.evaluations);
    expect(found.gradients).toBe(model.gradientCount);
  });

  it('is zero at the distance of the nearest boundary along u', async () => {
    const model = linearClassifier(
      [
        [0, 0],
        [3, 4],
      ],
      [2, 0],
    );
    const { found } = await landscapeOf(context(model, new Float32Array(2)), 0.2, 3);
    // The square ends at 1.25 times the distance 2 / 5, in the middle row.
    expect(found?.offsets[2]).toBeCloseTo(0.5, 6);
    expect(found?.margins[3 + 2]).toBeCloseTo(2 - 5 * 0.5, 5);
    expect(found?.margins[3 + 1]).toBeCloseTo(2, 6);
  });

  it('calls a tie the other class, as sampling does', async () => {
    const model = linearClassifier(
      [
        [0, 0],
        [1, 0],
      ],
      [0, 0],
    );
    const { found } = await landscapeOf(context(model, new Float32Array(2)), 1, 3);
    expect(found?.margins[4]).toBe(0);
    expect(found?.called[4]).toBe(1);
  });

  it('goes in batches that an image of many values fits in', async () => {
    const d = 2 ** 18;
    let most = 0;
    const wide = new ClosedFormClassifier(
      d,
      2,
      (x) => Float64Array.of(1, x[0] as number),
      () => Float64Array.from({ length: 2 * d }, (_, j) => (j === d ? 1 : 0)),
    );
    const logits = wide.logits.bind(wide);
    wide.logits = (inputs) => {
      most = Math.max(most, inputs.length / d);
      return logits(inputs);
    };
    const { shares } = await landscapeOf(context(wide, new Float32Array(d)), 1, 5);
    expect(most).toBe(16);
    expect(shares).toHaveLength(2);
  });

  it('counts the time of the linearisation it rests on, whichever job computed it', async () => {
    const model = linearClassifier(
      [
        [0, 0],
        [1, 0],
      ],
      [1, 0],
    );
    const x = new Float32Array(2);
    const value = await model.linearise(x);
    const given = { ...context(model, x), linearisation: async () => ({ value, ms: 1234 }) };
    expect((await landscapeOf(given, 1, 5)).found?.ms).toBe(1234);
  });

  it.each([2, 4, 1.5, 1001])('refuses %s steps', async (steps) => {
    const model = linearClassifier(
      [
        [0, 0],
        [1, 0],
      ],
      [1, 0],
    );
    await expect(landscapeOf(context(model, new Float32Array(2)), 1, steps)).rejects.toThrow(RequestError);
  });
});
