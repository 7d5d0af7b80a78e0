import { describe, expect, it } from 'vitest';
import type { EstimatorContext } from '../../../src/estimators/definition';
import { guarded } from '../../../src/estimators/guard';
import { taylor } from '../../../src/estimators/methods/taylor';
import { ClassifierError } from '../../../src/estimators/model';
import { ESTIMATORS } from '../../../src/estimators/registry';
import { EstimateError, RequestError } from '../../../src/estimators/request';
import { toErrorInfo } from '../../../src/workers/errors';
import { ClosedFormClassifier, linearClassifier } from '../../support/classifiers';
import { contextFor, finalEstimates } from '../../support/run';

const stop = { rule: 'fixed', samples: 256 } as const;
const x = Float32Array.from([0.9, 0.2, 0.4]);
const linear = () =>
  linearClassifier(
    [
      [1, 0, 0],
      [0, 1, 0.5],
      [0.5, 0.4, -1],
    ],
    [0, 0.1, 0],
  );

/** Every estimator's answer, or what it threw. */
const answers = (context: EstimatorContext) =>
  Promise.all(
    ESTIMATORS.map(async (definition) => ({
      id: definition.id,
      answer: await finalEstimates(definition, context).catch((error: unknown) => error),
    })),
  );

describe('a question without an answer', () => {
  const cases: readonly (readonly [string, Partial<EstimatorContext>, RegExp])[] = [
    ['radius 0', { sigmas: [0.1, 0] }, /positive, finite number, not 0\./],
    ['a negative radius', { sigmas: [-0.1] }, /positive, finite number, not -0\.1/],
    ['an infinite radius', { sigmas: [Number.POSITIVE_INFINITY] }, /not Infinity/],
    ['a radius that is no number', { sigmas: [Number.NaN] }, /not NaN/],
    ['no radius', { sigmas: [] }, /at least one radius/],
    ['a class beyond the last', { target: 3 }, /no class 3; its classes are numbered 0 to 2/],
    ['a negative class', { target: -1 }, /no class -1/],
    ['half a class', { target: 0.5 }, /no class 0\.5/],
    ['an image of another shape', { x: new Float32Array(4) }, /has 4 values and the model takes 3/],
    ['an image that holds NaN', { x: Float32Array.of(0, Number.NaN, 0) }, /not finite numbers/],
  ];

  it.each(cases)('%s is refused by every estimator with a sentence', async (_what, wrong, sentence) => {
    const context = { ...(await contextFor(linear(), x, [0.2], { stop })), ...wrong };
    for (const { id, answer } of await answers(context)) {
      expect(answer, id).toBeInstanceOf(RequestError);
      expect(String(answer), id).toMatch(sentence);
      expect(toErrorInfo(answer).code, id).toBe('bad_request');
    }
  });

  it('a model of one class is refused', async () => {
    const one = linearClassifier([[1, 2, 3]], [0]);
    for (const { id, answer } of await answers(await contextFor(one, x, [0.2], { stop }))) {
      expect(answer, id).toBeInstanceOf(RequestError);
      expect(String(answer), id).toMatch(/one class only/);
    }
  });
});

describe.each([Number.NaN, Number.POSITIVE_INFINITY])('a model that returns %s', (bad) => {
  it('is an error of the model, said in a sentence, whichever estimator asks', async () => {
    const broken = new ClosedFormClassifier(
      3,
      3,
      (at) => Float64Array.of(at[0] as number, bad, 0),
      () => new Float64Array(9).fill(bad),
    );
    const context = await contextFor(broken, x, [0.2], { stop, target: 0 });
    for (const { id, answer } of await answers(context)) {
      expect(answer, id).toBeInstanceOf(ClassifierError);
      expect(String(answer), id).toMatch(/The model returned (NaN|Infinity) as one of its/);
      expect(toErrorInfo(answer).code, id).toBe('model_output');
    }
  });
});

it('an estimator that ends in no number is stopped, and named', async () => {
  const broken = guarded({
    ...taylor,
    async *run(context) {
      for await (const update of taylor.run(context)) {
        yield { ...update, estimate: { ...update.estimate, p: Number.NaN } };
      }
    },
  });
  const failing = finalEstimates(broken, await contextFor(linear(), x, [0.2]));
  await expect(failing).rejects.toBeInstanceOf(EstimateError);
  await expect(failing).rejects.toThrow('Taylor found no usable number at radius 0.2');
});

describe('constant margins', () => {
  it('are no error: they hold or fail at every radius', async () => {
    const same = [1, 0, 0];
    for (const [bias, p] of [
      [[1, 0, 0.5], 1],
      [[0, 0, -1], 0],
    ] as const) {
      const constant = linearClassifier([same, same, same], bias);
      const context = await contextFor(constant, x, [0.1, 2], { stop, target: 0 });
      for (const { id, answer } of await answers(context)) {
        if (id === 'softmax' || id.endsWith('_mvs')) continue;
        for (const estimate of answer as Awaited<ReturnType<typeof finalEstimates>>) {
          expect(estimate.p, id).toBe(p);
        }
      }
    }
  });
});
