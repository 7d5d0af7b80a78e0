import { describe, expect, it } from 'vitest';
import { gaussianMargin, gaussianMarginOver } from '../../../src/estimators/methods/gaussian-margin';
import { taylor } from '../../../src/estimators/methods/taylor';
import { ClassifierError } from '../../../src/estimators/model';
import { pairGeometry } from '../../../src/estimators/pair-geometry';
import golden from '../../fixtures/golden.json';
import { CountingClassifier, linearClassifier } from '../../support/classifiers';
import { goldenConvNet } from '../../support/golden-conv-net';
import { collect, contextFor, finalEstimates } from '../../support/run';
import { smallNets } from '../../support/small-nets';

const x = Float32Array.from([0.9, 0.1, 0.95]);
const weights = [
  [1, 0, 0.2],
  [0, 1, -0.4],
  [0.3, 0.3, 0.3],
];

describe('mean and covariance over pairs', () => {
  it('of a linear model: the mean is exact, and the covariance is the sample one about it', () => {
    // Logits 2 + e, 1 - e with e = 1, 3: centred differences are (e, -e).
    const above = [3, 0, 5, -2];
    const below = [1, 2, -1, 4];
    const { logits, gram } = pairGeometry(above, below, 2);
    expect([...logits]).toEqual([0.5, -0.5]);
    expect([...gram]).toEqual([5, -5, -5, 5]);
  });

  it('adds the covariance of the half sums', () => {
    const { logits, gram } = pairGeometry([1, -1, 3, -3], [1, -1, 3, -3], 2);
    expect([...logits]).toEqual([2, -2]);
    expect([...gram]).toEqual([2, -2, -2, 2]);
  });
});

describe('a linear model', () => {
  it('agrees with taylor within its sampling error, for every class', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    for (const target of [0, 1, 2]) {
      const context = await contextFor(classifier, x, [0.2, 0.8], { target });
      const byTaylor = await finalEstimates(taylor, context);
      for (const [i, estimate] of (await finalEstimates(gaussianMargin, context)).entries()) {
        // Sixteen groups: Student's t with 15 degrees of freedom exceeds 4.9 once in five thousand times.
        const se = Math.hypot(estimate.samplingError as number, 1e-4);
        expect(Math.abs(estimate.p - (byTaylor[i]?.p as number))).toBeLessThan(4.9 * se);
      }
    }
  });
});

it.each([0, 1, 4, 8, 9])('converges to the limit of the reference net, case %i', async (index) => {
  const given = golden.convNet.cases[index] as (typeof golden.convNet.cases)[0];
  const context = await contextFor(goldenConvNet(), Float32Array.from(given.x), [given.sigma], {
    target: given.target,
  });
  const [estimate] = await finalEstimates(gaussianMarginOver(4096), context);
  const se = Math.hypot(estimate?.samplingError as number, estimate?.numericalError as number, 1e-3);
  expect(Math.abs((estimate?.p as number) - given.limits.gaussianMargin)).toBeLessThan(4.9 * se);
});

it('its sampling error is the spread over seeds', async () => {
  const { classifier, cases } = smallNets[1] as (typeof smallNets)[0];
  const given = cases[3] as (typeof cases)[0];
  const seeds = 60;
  const found: { p: number; variance: number }[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const context = await contextFor(classifier, Float32Array.from(given.x), [given.sigma], { seed });
    const [estimate] = await finalEstimates(gaussianMargin, context);
    found.push({ p: estimate?.p as number, variance: (estimate?.samplingError as number) ** 2 });
  }
  const mean = found.reduce((sum, { p }) => sum + p, 0) / seeds;
  const spread = found.reduce((sum, { p }) => sum + (p - mean) ** 2, 0) / (seeds - 1);
  const stated = found.reduce((sum, { variance }) => sum + variance, 0) / seeds;
  // A sample variance of 60 has relative standard deviation sqrt(2/59) = 0.18; four of them.
  expect(Math.abs(spread / stated - 1)).toBeLessThan(0.74);
});

it('takes 128 forward passes a radius and no gradient', async () => {
  const counting = new CountingClassifier(linearClassifier(weights, [0, 0, 0]));
  const context = await contextFor(counting, x, [0.1, 0.2]);
  [counting.evaluations, counting.gradientCount] = [0, 0];
  const estimates = await finalEstimates(gaussianMargin, context);
  expect(counting).toMatchObject({ evaluations: 256, gradientCount: 0 });
  for (const estimate of estimates) expect(estimate).toMatchObject({ evaluations: 128, gradients: 0 });
});

describe('covariances without full rank', () => {
  it('more classes than copies give a singular correlation, which is integrated all the same', async () => {
    const K = 150;
    const rows = Array.from({ length: K }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => Math.sin(1 + i * 7.3 + j * 2.1) * (i === 0 ? 0.1 : 0.3)),
    );
    const bias = rows.map((_, i) => (i === 0 ? 1.5 : 0));
    const context = await contextFor(linearClassifier(rows, bias), new Float32Array(6), [0.8]);
    const [estimate] = await finalEstimates(gaussianMargin, context);
    const [byTaylor] = await finalEstimates(taylor, context);
    const se = Math.hypot(estimate?.samplingError as number, estimate?.numericalError as number);
    expect(Math.abs((estimate?.p as number) - (byTaylor?.p as number))).toBeLessThan(4.9 * se + 1e-3);
  });

  it('margins that never change always or never hold', async () => {
    const constant = (bias: readonly number[]) =>
      linearClassifier(
        bias.map(() => [0.5, 0, 0]),
        bias,
      );
    for (const [bias, p] of [
      [[1, 0], 1],
      [[0, 1], 0],
      [[0, 0], 0],
    ] as const) {
      const context = await contextFor(constant(bias), x, [0.3], { target: 0 });
      const [estimate] = await finalEstimates(gaussianMargin, context);
      expect(estimate).toMatchObject({ p, flags: ['zero_gradient'], samplingError: 0 });
    }
  });
});

it('refuses logits that are not finite', async () => {
  const classifier = linearClassifier(weights, [0, 0, 0]);
  const context = await contextFor(classifier, x, [0.1]);
  classifier.noisyLogits = async ({ count }) => new Float32Array(count * 3).fill(Number.NaN);
  await expect(collect(gaussianMargin, context)).rejects.toThrow(ClassifierError);
});
