import { describe, expect, it } from 'vitest';
import { mmse, mmseOver } from '../../../src/estimators/methods/mmse';
import { mmseMvs, mmseMvsOver } from '../../../src/estimators/methods/mmse-mvs';
import { mmsePairs, mmsePairsOver } from '../../../src/estimators/methods/mmse-pairs';
import { taylor } from '../../../src/estimators/methods/taylor';
import { taylorMvs } from '../../../src/estimators/methods/taylor-mvs';
import { ClassifierError } from '../../../src/estimators/model';
import golden from '../../fixtures/golden.json';
import { CountingClassifier, linearClassifier } from '../../support/classifiers';
import { goldenConvNet } from '../../support/golden-conv-net';
import { collect, contextFor, finalEstimates } from '../../support/run';

const weights = [
  [1, 0, 0.2, 0.4],
  [0, 1, -0.4, 0],
  [0.3, 0.3, 0.3, -0.2],
];
const x = Float32Array.from([0.9, 0.1, 0.95, 0.2]);
const sigmas = [0.1, 0.4, 1.2];

describe('a linear model', () => {
  it.each([0, 1, 2])('antithetic mmse is taylor, whichever class is asked for: %i', async (target) => {
    const context = await contextFor(linearClassifier(weights, [0, 0, 0]), x, sigmas, { target });
    const byTaylor = await finalEstimates(taylor, context);
    for (const [i, estimate] of (await finalEstimates(mmsePairs, context)).entries()) {
      const given = byTaylor[i] as NonNullable<(typeof byTaylor)[0]>;
      const error = (estimate.numericalError as number) + (given.numericalError as number);
      // Inputs are rounded to float32, which moves z by about 1e-7 / sigma.
      expect(Math.abs(estimate.p - given.p)).toBeLessThan(5 * error + 1e-6);
      expect(estimate.samplingError).toBeLessThan(1e-5 + 5 * error);
    }
  });

  it('independent points leave the noise of the averaged margin, of which the jackknife knows', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    let sum = 0;
    const seeds = 100;
    for (let seed = 1; seed <= seeds; seed++) {
      const context = await contextFor(classifier, x, [0.4], { seed });
      const [byTaylor] = await finalEstimates(taylorMvs, context);
      const [estimate] = await finalEstimates(mmseMvs, context);
      const error = (estimate?.p as number) - (byTaylor?.p as number);
      sum += (error / (estimate?.samplingError as number)) ** 2;
    }
    // Student's t with 9 degrees of freedom has variance 9/7 and kurtosis 4.2: the mean square is 1.29 +- 0.23.
    // The sigmoid is bent, which a jackknife of ten points takes for a little more spread or less.
    expect(sum / seeds).toBeGreaterThan(0.6);
    expect(sum / seeds).toBeLessThan(2.2);
  });
});

describe('the convolutional net of the reference', () => {
  const classifier = goldenConvNet();
  const points = 240;

  it.each([1, 4, 8, 9])('converges to its limits, case %i', async (index) => {
    const given = golden.convNet.cases[index] as (typeof golden.convNet.cases)[0];
    const context = await contextFor(classifier, Float32Array.from(given.x), [given.sigma], {
      target: given.target,
    });
    const limits = [
      [mmseOver(points), given.limits.mmse],
      [mmseMvsOver(points), given.limits.mmseMvs],
      [mmsePairsOver(points), given.limits.mmse],
    ] as const;
    for (const [definition, limit] of limits) {
      const [estimate] = await finalEstimates(definition, context);
      const se = Math.hypot(estimate?.samplingError as number, estimate?.numericalError ?? 0, 1e-3);
      // A jackknife over ten groups: Student's t with 9 degrees of freedom exceeds 4.8 once in a thousand times.
      expect(Math.abs((estimate?.p as number) - limit)).toBeLessThan(4.8 * se);
    }
  });
});

describe('cost and sharing', () => {
  it('mmse and mmse_mvs share their Jacobians within a run, and each states what it needs', async () => {
    const counting = new CountingClassifier(linearClassifier(weights, [0, 0, 0]));
    const context = await contextFor(counting, x, sigmas);
    counting.evaluations = 0;
    counting.gradientCount = 0;
    const both = [await finalEstimates(mmse, context), await finalEstimates(mmseMvs, context)];
    expect(counting).toMatchObject({ evaluations: 30, gradientCount: 90 });
    for (const estimates of both) {
      for (const estimate of estimates) expect(estimate).toMatchObject({ evaluations: 10, gradients: 30 });
    }
    await finalEstimates(mmsePairs, context);
    expect(counting).toMatchObject({ evaluations: 60, gradientCount: 180 });
  });

  it('streams one estimate a radius and stops when it is not pulled', async () => {
    const counting = new CountingClassifier(linearClassifier(weights, [0, 0, 0]));
    const context = await contextFor(counting, x, sigmas);
    counting.evaluations = 0;
    for await (const { sigmaIndex } of mmse.run(context)) {
      expect(sigmaIndex).toBe(0);
      break;
    }
    expect(counting.evaluations).toBe(10);
    expect((await collect(mmse, context)).map(({ sigmaIndex }) => sigmaIndex)).toEqual([0, 1, 2]);
  });

  it('the same seed gives the same numbers, another seed others', async () => {
    const classifier = goldenConvNet();
    const image = Float32Array.from(golden.convNet.cases[0]?.x as number[]);
    const p = async (seed: number) =>
      (await finalEstimates(mmse, await contextFor(classifier, image, [0.3], { seed })))[0]?.p;
    expect(await p(3)).toBe(await p(3));
    expect(await p(3)).not.toBe(await p(4));
  });
});

describe('what cannot be estimated', () => {
  it('flags margins without gradient', async () => {
    const flat = linearClassifier([weights[0] as number[], weights[0] as number[]], [0, 1]);
    const context = await contextFor(flat, x, [0.3], { target: 0 });
    for (const definition of [mmse, mmseMvs, mmsePairs]) {
      const [estimate] = await finalEstimates(definition, context);
      expect(estimate).toMatchObject({ p: 0, flags: ['zero_gradient'], samplingError: 0 });
    }
  });

  it('refuses gradients that are not finite', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    const context = await contextFor(classifier, x, [0.3]);
    classifier.gradients = async () => ({
      logits: new Float64Array(30),
      gradients: new Float64Array(120).fill(Number.NaN),
    });
    await expect(collect(mmse, context)).rejects.toThrow(ClassifierError);
  });
});
