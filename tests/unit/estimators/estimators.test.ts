import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardisedMargins } from '../../../src/estimators/margins';
import { softmax } from '../../../src/estimators/math/softmax';
import { mc } from '../../../src/estimators/methods/mc';
import { softmaxBaseline } from '../../../src/estimators/methods/softmax';
import { taylor } from '../../../src/estimators/methods/taylor';
import { taylorMvs } from '../../../src/estimators/methods/taylor-mvs';
import { ESTIMATORS } from '../../../src/estimators/registry';
import golden from '../../fixtures/golden.json';
import { type ClosedFormClassifier, linearClassifier } from '../../support/classifiers';
import { goldenConvNet } from '../../support/golden-conv-net';
import { collect, contextFor, finalEstimates } from '../../support/run';
import { smallNets } from '../../support/small-nets';

async function single(
  definition: typeof mc,
  classifier: ClosedFormClassifier,
  x: Float32Array,
  sigma: number,
  overrides = {},
) {
  const [estimate] = await finalEstimates(definition, await contextFor(classifier, x, [sigma], overrides));
  return estimate as NonNullable<typeof estimate>;
}

describe('the convolutional net of the reference', () => {
  const classifier = goldenConvNet();

  it.each(golden.convNet.cases)('case $#, sigma $sigma', async (given) => {
    const x = Float32Array.from(given.x);
    const target = given.target;

    const { logits, gram } = await classifier.linearise(x);
    for (const [i, value] of given.logits.entries()) expect(logits[i]).toBeCloseTo(value, 6);
    const others = given.logits.flatMap((_, i) => (i === target ? [] : [i]));
    for (const [a, i] of others.entries()) {
      for (const [b, j] of others.entries()) {
        const at = (r: number, c: number) => gram[r * 5 + c] as number;
        const product = at(target, target) - at(target, i) - at(target, j) + at(i, j);
        expect(Math.abs(product - (given.marginGram[a]?.[b] as number))).toBeLessThan(1e-6);
      }
    }

    const byTaylor = await single(taylor, classifier, x, given.sigma);
    expect(Math.abs(byTaylor.p - given.taylor)).toBeLessThan(5 * (byTaylor.numericalError as number) + 1e-5);
    expect((await single(taylorMvs, classifier, x, given.sigma)).p).toBeCloseTo(given.taylorMvs, 6);
    expect((await single(softmaxBaseline, classifier, x, given.sigma)).p).toBeCloseTo(given.softmax, 6);

    // x is rounded to float32 here, and logits are returned in it: counts may differ by samples at a near-tie.
    const slack = given.mc.smallestGap < 1e-4 ? 1 : 0;
    for (const samples of [1024, 4096] as const) {
      const byMc = await single(mc, classifier, x, given.sigma, {
        seed: given.mc.seed,
        stop: { rule: 'fixed', samples },
      });
      const wanted = samples === 1024 ? given.mc.count1024 : given.mc.count4096;
      expect(Math.abs(byMc.p * samples - wanted)).toBeLessThanOrEqual(slack);
      if (samples === 4096) {
        for (const [i, count] of given.mc.classCounts4096.entries()) {
          expect(Math.abs((byMc.classCounts?.[i] as number) - count)).toBeLessThanOrEqual(slack);
        }
      }
      // 4.5 standard errors about the limit value, which carries its own from 300 000 draws.
      const se = Math.sqrt(given.limits.p * (1 - given.limits.p) * (1 / samples + 1 / given.limits.samples));
      expect(Math.abs(byMc.p - given.limits.p)).toBeLessThan(4.5 * se);
    }
  });
});

describe('small nets', () => {
  for (const { activation, classifier, cases } of smallNets) {
    it.each(cases)(`${activation} case $#`, async (given) => {
      const x = Float32Array.from(given.x);
      const byTaylor = await single(taylor, classifier, x, given.sigma);
      expect(Math.abs(byTaylor.p - given.taylor)).toBeLessThan(
        5 * (byTaylor.numericalError as number) + 2e-4,
      );
      const byMvs = await single(taylorMvs, classifier, x, given.sigma);
      expect(byMvs.p).toBeCloseTo((given as { taylorMvs: number }).taylorMvs, 5);
      expect((await single(softmaxBaseline, classifier, x, given.sigma)).p).toBeCloseTo(given.softmax, 5);
      const samples = 4096;
      const byMc = await single(mc, classifier, x, given.sigma, { stop: { rule: 'fixed', samples } });
      const se = Math.sqrt((given.mc * (1 - given.mc)) / samples + given.mcStdErr ** 2);
      expect(Math.abs(byMc.p - given.mc)).toBeLessThan(4.5 * se + 1e-12);
    });
  }
});

describe('a linear model', () => {
  it('of two classes has p = Phi(distance / sigma), which taylor gives exactly and mc covers', async () => {
    for (const given of golden.exact.filter(({ kind, d }) => kind === 'halfspace' && d === 10)) {
      const w = Array.from({ length: 10 }, (_, j) => (j === 3 ? -1 : 0));
      const classifier = linearClassifier([w, w.map(() => 0)], [given.a as number, 0]);
      const x = new Float32Array(10);
      const byTaylor = await single(taylor, classifier, x, given.sigma);
      expect(byTaylor.p).toBeCloseTo(given.p, 12);
      expect(byTaylor.numericalError).toBe(0);
      const byMc = await single(mc, classifier, x, given.sigma);
      expect(byMc.lo as number).toBeLessThanOrEqual(given.p);
      expect(byMc.hi as number).toBeGreaterThanOrEqual(given.p);
    }
  });

  it('of many classes: taylor and mc agree within their errors, for random weights', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), {
          minLength: 3,
          maxLength: 8,
        }),
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        async (weights, sigma) => {
          const classifier = linearClassifier(
            weights,
            weights.map((_, i) => 0.1 * i),
          );
          const x = Float32Array.from([0.2, 0.9, 0.1, 0.5, 0.4, 0.7]);
          const samples = 4096;
          const byTaylor = await single(taylor, classifier, x, sigma);
          const byMc = await single(mc, classifier, x, sigma, { stop: { rule: 'fixed', samples } });
          const se = Math.sqrt(
            (byTaylor.p * (1 - byTaylor.p)) / samples + (byTaylor.numericalError ?? 0) ** 2,
          );
          // 1/n for the discreteness of a count near 0 or n; 5 standard errors over 25 draws.
          expect(Math.abs(byMc.p - byTaylor.p)).toBeLessThan(5 * se + 2 / samples);
        },
      ),
      { seed: 5, numRuns: 25 },
    );
  });

  it('identity logits: taylor equals the closed form of independent logits', async () => {
    for (const given of golden.exact.filter(({ kind, K }) => kind === 'identity' && (K as number) <= 100)) {
      const K = given.K as number;
      const rows = Array.from({ length: K }, (_, i) =>
        Array.from({ length: K }, (_, j) => (i === j ? 1 : 0)),
      );
      const x = Float32Array.from({ length: K }, (_, i) => (i === 0 ? 1.5 : 0));
      const estimate = await single(taylor, linearClassifier(rows, new Array(K).fill(0)), x, given.sigma);
      expect(Math.abs(estimate.p - given.p)).toBeLessThan(5 * (estimate.numericalError as number) + 1e-12);
    }
  });
});

describe('margins without gradient', () => {
  const flat = (bias: readonly number[]) =>
    linearClassifier(
      [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      bias,
    );

  it('always hold if positive', async () => {
    const x = Float32Array.from([1, 0]);
    const estimate = await single(taylor, flat([1, 0, 0]), x, 0.5);
    expect(estimate.flags).toEqual(['zero_gradient']);
    // Only the third class is left: distance (1 + 1 - 0) / sqrt(2).
    const margins = standardisedMargins(await flat([1, 0, 0]).linearise(x), 0);
    expect(margins.distances).toHaveLength(1);
    expect(margins.distances[0]).toBeCloseTo(Math.SQRT2, 12);
  });

  it('never hold if zero or negative', async () => {
    const x = Float32Array.from([1, 0]);
    for (const bias of [
      [0, 0, 0],
      [0, 1, 0],
    ]) {
      const estimate = await single(taylor, flat(bias), x, 0.5, { target: 0 });
      expect(estimate).toMatchObject({ p: 0, flags: ['zero_gradient'] });
    }
  });
});

describe('softmax', () => {
  it('sums to one and does not overflow', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1 }), (logits) => {
        expect(softmax(logits).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }),
      { seed: 9 },
    );
  });
});

describe('every registered estimator', () => {
  const classifier = goldenConvNet();
  const x = Float32Array.from(golden.convNet.cases[0]?.x as number[]);
  const sigmas = [0.1, 0.3, 0.8];

  it('has a distinct id', () => {
    expect(new Set(ESTIMATORS.map(({ id }) => id)).size).toBe(ESTIMATORS.length);
  });

  it.each(ESTIMATORS.map((definition) => [definition.id, definition] as const))(
    '%s gives each radius a probability, its errors and its cost',
    async (_id, definition) => {
      const stop = { rule: 'fixed', samples: 600 } as const;
      const context = await contextFor(classifier, x, sigmas, { stop });
      const updates = await collect(definition, context);
      const last = await finalEstimates(definition, context);
      expect(last.map(({ sigma }) => sigma)).toEqual(sigmas);
      expect(updates.at(-1)?.progress).toBe(1);
      const progress = updates.map((update) => update.progress);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      for (const estimate of last) {
        expect(estimate.p).toBeGreaterThanOrEqual(0);
        expect(estimate.p).toBeLessThanOrEqual(1);
        expect(estimate.evaluations).toBeGreaterThan(0);
        expect(estimate.flags).not.toContain('provisional');
        if (definition.kind === 'sampled') {
          expect(estimate.lo as number).toBeLessThanOrEqual(estimate.p);
          expect(estimate.hi as number).toBeGreaterThanOrEqual(estimate.p);
          const counted = estimate.classCounts?.reduce((a, b) => a + b, 0) ?? estimate.evaluations;
          expect(counted).toBe(estimate.evaluations);
        }
        for (const error of [estimate.numericalError, estimate.samplingError]) {
          if (error !== null) expect(error).toBeGreaterThanOrEqual(0);
        }
      }
      const total = (part: 'evaluations' | 'gradients') =>
        last.reduce(
          (sum, estimate) => sum + estimate[part] - (estimate.shared?.[part] ?? 0),
          last[0]?.shared?.[part] ?? 0,
        );
      const cost = definition.cost(sigmas.length, 5, stop);
      expect(total('evaluations')).toBeLessThanOrEqual(cost.evaluations);
      expect(total('gradients')).toBeLessThanOrEqual(cost.gradients);
    },
  );
});
