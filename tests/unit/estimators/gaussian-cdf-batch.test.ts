import { describe, expect, it } from 'vitest';
import { type ChainIntegrator, gaussianCdf, gaussianCdfs } from '../../../src/estimators/gaussian-cdf';
import { integrate } from '../../../src/estimators/gaussian-cdf/integrate';
import { mmse } from '../../../src/estimators/methods/mmse';
import { findEstimator } from '../../../src/estimators/registry';
import { finish } from '../../../src/estimators/steps';
import golden from '../../fixtures/golden.json';
import { matrixOf } from '../../support/correlations';
import { goldenConvNet } from '../../support/golden-conv-net';
import { contextFor, finalEstimates } from '../../support/run';

/** Integrates in this thread and notes how many chains it was given; p is shifted, so that its answers are known again. */
function recorder(
  rest: Partial<ChainIntegrator> = {},
  shift = 0,
): ChainIntegrator & { readonly sizes: number[] } {
  const sizes: number[] = [];
  return {
    mostConstraints: 20,
    fewest: 2,
    sizes,
    async integrate(tasks) {
      sizes.push(tasks.length);
      return tasks.map((task) => {
        const result = finish(integrate(task, task.tolerance));
        return { ...result, p: result.p + shift };
      });
    },
    ...rest,
  };
}

const correlated = (n: number): Float64Array => matrixOf(n, (i, j) => 0.4 + 0.1 * Math.cos(i * j));
const ordinary = (n: number, at: number) => ({ z: new Float64Array(n).fill(at), correlation: correlated(n) });

describe('batches of Gaussian CDFs', () => {
  it('are what each is alone, with an integrator and without', async () => {
    const problems = [ordinary(4, 0.5), ordinary(6, 1), ordinary(9, 1.5), ordinary(9, -9), ordinary(2, 0)];
    const alone = problems.map(({ z, correlation }) => gaussianCdf(z, correlation));
    expect(await gaussianCdfs(problems, undefined)).toEqual(alone);
    const integrator = recorder();
    expect(await gaussianCdfs(problems, integrator)).toEqual(alone);
    // Tails and what has a closed form stay here.
    expect(integrator.sizes).toEqual([3]);
  });

  it('stay here where they are few, large, of another seed, or came back without an answer', async () => {
    const problems = [ordinary(4, 0.5), ordinary(6, 1)];
    const alone = problems.map(({ z, correlation }) => gaussianCdf(z, correlation));
    const asked = async (integrator: ChainIntegrator) => gaussianCdfs(problems, integrator);
    expect(await asked(recorder({ fewest: 3 }, 0.1))).toEqual(alone);
    expect(await asked(recorder({ fewest: 1, mostConstraints: 2 }, 0.1))).toEqual(alone);
    expect(await asked({ ...recorder(), integrate: async (tasks) => tasks.map(() => null) })).toEqual(alone);
    const shifted = await asked(recorder({}, 0.1));
    expect(shifted.map(({ p }) => p)).toEqual(alone.map(({ p }) => p + 0.1));
    const seeded = await gaussianCdfs(
      problems.map((problem) => ({ ...problem, options: { seed: 5 } })),
      recorder({}, 0.1),
    );
    expect(seeded).toEqual(problems.map(({ z, correlation }) => gaussianCdf(z, correlation, { seed: 5 })));
  });

  it('serve estimators, whose numbers stay the same', async () => {
    const [given] = golden.convNet.cases;
    const x = Float32Array.from(given?.x ?? []);
    const sigmas = [0.2, 0.4, 0.6, 0.8];
    for (const definition of [findEstimator('taylor'), findEstimator('gaussian_margin'), mmse]) {
      if (definition === undefined) throw new Error('an estimator is missing');
      const integrator = recorder();
      const plain = await finalEstimates(definition, await contextFor(goldenConvNet(), x, sigmas));
      const batched = await finalEstimates(
        definition,
        await contextFor(goldenConvNet(), x, sigmas, { integrator }),
      );
      const numbers = (estimates: typeof plain) =>
        estimates.map(({ p, numericalError, samplingError }) => [p, numericalError, samplingError]);
      expect(numbers(batched)).toEqual(numbers(plain));
      expect(Math.max(...integrator.sizes)).toBeGreaterThan(1);
    }
  });
});
