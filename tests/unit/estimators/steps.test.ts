import { describe, expect, it } from 'vitest';
import { gaussianCdf, gaussianCdfInSteps } from '../../../src/estimators/gaussian-cdf';
import { mmse } from '../../../src/estimators/methods/mmse';
import { taylor } from '../../../src/estimators/methods/taylor';
import { inTurns, type Steps } from '../../../src/estimators/steps';
import golden from '../../fixtures/golden.json';
import { matrixOf, randomCorrelation } from '../../support/correlations';
import { goldenConvNet } from '../../support/golden-conv-net';
import { contextFor, finalEstimates } from '../../support/run';

/** Alike in pairs, so that no closed form answers. */
function problem(n: number) {
  const z = Float64Array.from({ length: n }, (_, i) => 0.4 + (i % 7) / 5);
  return { z, correlation: matrixOf(n, (i, j) => (i === j ? 1 : 0.6 / (1 + Math.abs(i - j)))) };
}

function drain<T>(steps: Steps<T>): { value: T; count: number } {
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done) return { value: step.value, count };
  }
}

describe('work in steps', () => {
  it('gives a Gaussian CDF the same digits, with more steps where there is more to do', () => {
    const small = problem(5);
    const large = problem(40);
    const [few, many] = [small, large].map(({ z, correlation }) => drain(gaussianCdfInSteps(z, correlation)));
    expect(few?.value).toEqual(gaussianCdf(small.z, small.correlation));
    expect(many?.value).toEqual(gaussianCdf(large.z, large.correlation));
    expect(few?.count).toBeGreaterThan(5);
    // A step holds at most 64 points.
    expect(many?.count).toBeGreaterThan((many?.value.points as number) / 64);
  });

  it('says before an eigenvalue decomposition how long it may take', () => {
    const n = 60;
    // Of rank 3: the rest of the matrix is left to its eigenvalues.
    const correlation = randomCorrelation(4, n, 3);
    // A constraint that never holds: the matrix is checked all the same.
    const z = new Float64Array(n).fill(0.5);
    z[7] = Number.NEGATIVE_INFINITY;
    const announced: number[] = [];
    const steps = gaussianCdfInSteps(z, correlation);
    for (let step = steps.next(); !step.done; step = steps.next()) if (step.value) announced.push(step.value);
    expect(announced.length).toBeGreaterThan(0);
    expect(announced[0]).toBeCloseTo(1e-4 * (n - 3) ** 3, 6);
  });

  it('ends with what the pause rejects with', async () => {
    const { z, correlation } = problem(30);
    let left = 10;
    const pause = () => (--left > 0 ? undefined : Promise.reject(new Error('stopped')));
    await expect(inTurns(gaussianCdfInSteps(z, correlation), pause)).rejects.toThrow('stopped');
  });

  it.each([taylor, mmse])(
    '$id pauses between steps and within them, and finds the same',
    async (definition) => {
      const x = Float32Array.from(golden.convNet.cases[0]?.x ?? []);
      const context = await contextFor(goldenConvNet(), x, [0.2, 0.5]);
      let pauses = 0;
      const pause = () => {
        pauses++;
        return undefined;
      };
      const found = await finalEstimates(definition, { ...context, pause });
      const plain = await finalEstimates(definition, await contextFor(goldenConvNet(), x, [0.2, 0.5]));
      expect(found.map(({ p, numericalError }) => [p, numericalError])).toEqual(
        plain.map(({ p, numericalError }) => [p, numericalError]),
      );
      expect(pauses).toBeGreaterThan(10);
    },
  );
});
