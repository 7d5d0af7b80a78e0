import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClassReading, classProbabilities } from '../../../src/estimators/classes';
import { drawnProbabilities } from '../../../src/estimators/classes/draws';
import { relevantClasses } from '../../../src/estimators/classes/relevant';
import type { EstimatorContext } from '../../../src/estimators/definition';
import { mc } from '../../../src/estimators/methods/mc';
import { taylor } from '../../../src/estimators/methods/taylor';
import type { LogitGeometry } from '../../../src/estimators/model';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { ESTIMATORS, findEstimator } from '../../../src/estimators/registry';
import golden from '../../fixtures/golden.json';
import { linearClassifier } from '../../support/classifiers';
import { contextFor, finalEstimates } from '../../support/run';
import { smallNets } from '../../support/small-nets';

/** Runs a generator to its end. */
async function result<T>(
  steps: AsyncGenerator<void, T, undefined> | Generator<void, T, undefined>,
): Promise<T> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

async function classesOf(id: string, context: EstimatorContext, sigma: number): Promise<ClassReading> {
  const steps = findEstimator(id)?.classes?.(context, sigma);
  if (steps === undefined) throw new Error(`${id} has no class probabilities`);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

const total = ({ classes }: Pick<ClassReading, 'classes'>): number =>
  classes.reduce((sum, { p }) => sum + p, 0);
/** Independent errors of all classes together. */
const totalError = ({ classes }: Pick<ClassReading, 'classes'>): number =>
  Math.hypot(...classes.map(({ numericalError }) => numericalError));

const ANALYTICAL = ['taylor', 'gaussian_margin', 'mmse', 'mmse_pairs'];
const weights = (rows: number, columns: number) =>
  fc.array(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: columns, maxLength: columns }),
    { minLength: rows, maxLength: rows },
  );
const x = Float32Array.of(0.2, 0.9, 0.1, 0.5, 0.4, 0.7);

describe('the probabilities of all classes', () => {
  it('are offered by those estimators that know all margins', () => {
    expect(ESTIMATORS.filter(({ classes }) => classes).map(({ id }) => id)).toEqual(ANALYTICAL);
  });

  it.each([2, 3])('of %i classes sum to 1 to rounding on any linear model', async (K) => {
    await fc.assert(
      fc.asyncProperty(weights(K, 6), fc.double({ min: 0.05, max: 3, noNaN: true }), async (rows, sigma) => {
        const classifier = linearClassifier(
          rows,
          rows.map((_, i) => 0.2 * i + 0.1),
        );
        const found = await result(classProbabilities(await classifier.linearise(x), sigma));
        expect(Math.abs(total(found) - 1)).toBeLessThan(found.others.atMost + 1e-9);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('of many classes sum to 1 within their errors, and each is what its own estimate says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: 12 }).chain((K) => weights(K, 6)),
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        async (rows, sigma) => {
          const classifier = linearClassifier(
            rows,
            rows.map((_, i) => 0.1 * i + 0.05),
          );
          const context = await contextFor(classifier, x, [sigma]);
          const found = await classesOf('taylor', context, sigma);
          // 6 standard errors, estimated over 12 shifts each.
          const error = 6 * totalError(found) + found.others.atMost + 1e-9;
          expect(Math.abs(total(found) - 1)).toBeLessThan(error);
          expect(found.classes.length + found.others.count).toBe(rows.length);
          for (const { index, p, numericalError } of found.classes) {
            const [own] = await finalEstimates(taylor, { ...context, target: index });
            const allowed = 6 * Math.hypot(numericalError, own?.numericalError ?? 0) + 1e-9;
            expect(Math.abs(p - (own?.p as number))).toBeLessThan(allowed);
          }
        },
      ),
      { seed: 4, numRuns: 25 },
    );
  });

  it.each(ANALYTICAL)('by %s sum to 1 on nets, and cost what one estimate costs', async (id) => {
    for (const { classifier, cases } of smallNets) {
      const given = cases[0] as (typeof cases)[number];
      const at = Float32Array.from(given.x);
      for (const sigma of [0.2, 1]) {
        const context = await contextFor(classifier, at, [sigma]);
        const found = await classesOf(id, context, sigma);
        expect(Math.abs(total(found) - 1)).toBeLessThan(6 * totalError(found) + found.others.atMost + 1e-9);
        const [own] = await finalEstimates(findEstimator(id) as typeof taylor, context);
        const target = found.classes.find(({ index }) => index === context.target);
        expect(found).toMatchObject({ sigma, evaluations: own?.evaluations, gradients: own?.gradients });
        const error = Math.hypot(target?.numericalError ?? 1, own?.numericalError ?? 0);
        expect(Math.abs((target?.p ?? 0) - (own?.p as number))).toBeLessThan(6 * error + 1e-9);
        // The same jackknife at another tolerance; a fifth is more than that makes.
        if (id === 'taylor') expect(target?.samplingError).toBeNull();
        else {
          const errors = [target?.samplingError ?? 0, own?.samplingError ?? 0] as const;
          expect(Math.abs(errors[0] - errors[1])).toBeLessThan(0.2 * errors[1] + 1e-3);
        }
      }
    }
  });

  it('agree with sampling on a linear model', async () => {
    const rows = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => Math.cos(i * 7 + j * j)),
    );
    const classifier = linearClassifier(rows, [0, 0.3, 0.1, 0, 0.2, 0]);
    const samples = 8192;
    const stop = { rule: 'fixed', samples } as const;
    const context = await contextFor(classifier, x, [0.5], { stop });
    const found = await classesOf('taylor', context, 0.5);
    const [sampled] = await finalEstimates(mc, context);
    for (const { index, p, numericalError } of found.classes) {
      const share = (sampled?.classCounts?.[index] as number) / samples;
      const error = Math.hypot(Math.sqrt((p * (1 - p)) / samples), numericalError);
      expect(Math.abs(share - p)).toBeLessThan(4.5 * error + 1e-9);
    }
  });
});

describe('ties and constant margins', () => {
  const sigma = 0.5;
  it('a tie counts for none of the tied: identical logits both get 0', async () => {
    const [a, b] = [
      [1, 0, 0],
      [0, 1, 0],
    ];
    const classifier = linearClassifier([a, a, b] as number[][], [0, 0, 0.2]);
    const found = await result(
      classProbabilities(await classifier.linearise(Float32Array.of(0.3, 0.1, 0)), sigma),
    );
    const p = new Map(found.classes.map((each) => [each.index, each.p]));
    expect([p.get(0), p.get(1)]).toEqual([0, 0]);
    // f_2 - f_0 = eps_1 - eps_0 + 0 at this x, so that class 2 wins half of the time and the tied the rest.
    expect(p.get(2)).toBeCloseTo(0.5, 6);
  });

  it('constant margins leave all to the largest logit', async () => {
    const same = [1, 0.5, 0];
    const classifier = linearClassifier([same, same, same], [0, 1, 0.5]);
    const found = await result(
      classProbabilities(await classifier.linearise(Float32Array.of(0, 0, 0)), sigma),
    );
    expect(found.classes).toEqual([
      { index: 1, p: 1, numericalError: expect.any(Number), samplingError: null },
    ]);
    expect(found.others).toEqual({ count: 2, atMost: 0 });
  });

  it('two constant leaders that are tied shut out everybody', async () => {
    const same = [0, 0, 0];
    const classifier = linearClassifier([same, same, same], [1, 1, 0]);
    const found = await result(
      classProbabilities(await classifier.linearise(Float32Array.of(0, 0, 0)), sigma),
    );
    expect(total(found)).toBe(0);
  });
});

/** K random logits with gradients in d dimensions. */
function randomGeometry(K: number, d: number, seed: number): LogitGeometry {
  const source = new NormalSource(seed, 0);
  const rows = Array.from({ length: K }, (_, i) => {
    const row = new Float64Array(d);
    source.fill(i, row);
    return row;
  });
  const logits = new Float64Array(K);
  source.fill(K, logits);
  const gram = Float64Array.from(
    rows.flatMap((a) => rows.map((b) => a.reduce((sum, v, j) => sum + v * (b[j] as number), 0) / d)),
  );
  return { logits, gram };
}

describe('many classes', () => {
  it('are left out where they cannot matter, and what they can take is bounded', async () => {
    const geometry = randomGeometry(1000, 30, 5);
    const { kept, restAtMost } = relevantClasses(geometry, 0.1);
    expect(kept.length).toBeLessThan(30);
    expect(restAtMost).toBeLessThanOrEqual(1e-5);
    const found = await result(classProbabilities(geometry, 0.1));
    expect(found.others).toEqual({ count: 1000 - kept.length, atMost: restAtMost });
    expect(Math.abs(total(found) - 1)).toBeLessThan(6 * totalError(found) + restAtMost);
  });

  it('are told apart by draws that agree with the Gaussian CDFs', async () => {
    const geometry = randomGeometry(20, 8, 9);
    const byCdf = await result(classProbabilities(geometry, 2));
    const drawn = await result(drawnProbabilities(geometry, 2, 1));
    expect(drawn.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 9);
    for (const { index, p, numericalError } of byCdf.classes) {
      const { p: share, stdErr } = drawn[index] as (typeof drawn)[number];
      expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.hypot(stdErr, numericalError));
    }
  });

  it('of which all matter give the closed form of independent logits', async () => {
    const given = golden.exact.find(({ kind, K }) => kind === 'identity' && K === 1000);
    const K = given?.K as number;
    const logits = new Float64Array(K);
    logits[0] = 1.5;
    const gram = new Float64Array(K * K);
    for (let k = 0; k < K; k++) gram[k * (K + 1)] = 1;
    const steps = classProbabilities({ logits, gram }, given?.sigma as number);
    let pauses = 0;
    let step = await steps.next();
    for (; !step.done; step = await steps.next()) pauses++;
    // The caller can stop meanwhile.
    expect(pauses).toBeGreaterThan(10);
    const [target] = step.value.classes;
    const error = target?.numericalError as number;
    expect(Math.abs((target?.p as number) - (given?.p as number))).toBeLessThan(4.5 * error);
    expect(error).toBeLessThan(0.005);
  });
});
