import { describe, expect, it } from 'vitest';
import { nearestAdversarial } from '../../../src/estimators/adversarial';
import { ClosedFormClassifier } from '../../../src/estimators/closed-form';
import { marginLandscape } from '../../../src/estimators/landscape';
import { ESTIMATORS } from '../../../src/estimators/registry';
import { contextFor, finalEstimates } from '../../support/run';

/** Sampled, so that nobody looked at a gradient; and the softmax, which is none of its own. */
const UNFLAGGED = ['mc', 'importance', 'softmax'];

const x = new Float32Array(3).fill(0.5);
const constant = (logits: readonly number[]) =>
  new ClosedFormClassifier(3, 3, () => Float64Array.from(logits));

async function result<T>(generator: AsyncGenerator<unknown, T, undefined>): Promise<T> {
  for (;;) {
    const step = await generator.next();
    if (step.done) return step.value;
  }
}

describe.each([
  [[1, 0, -1], 0, 1],
  [[1, 0, -1], 1, 0],
  [[1, 1, -3], 0, 0],
  [[0, 0, 0], 2, 0],
])('a classifier that always says %j, asked for class %i', (logits, target, p) => {
  it.each(ESTIMATORS.filter(({ id }) => id !== 'softmax'))('$id gives the sure answer', async (estimator) => {
    const context = await contextFor(constant(logits), x, [0.1, 1], {
      target,
      stop: { rule: 'fixed', samples: 256 },
    });
    for (const estimate of await finalEstimates(estimator, context)) {
      expect(estimate.p).toBe(p);
      expect(estimate.flags.includes('zero_gradient')).toBe(!UNFLAGGED.includes(estimator.id));
      expect(estimate.samplingError ?? 0).toBeLessThan(0.01);
    }
    if (estimator.classes === undefined) return;
    const { classes, others } = await result(estimator.classes(context, 0.1));
    expect(classes.find(({ index }) => index === target)?.p ?? others.atMost).toBe(p);
  });

  it('has no adversary but a tie at the picture itself, and no landscape', async () => {
    const context = await contextFor(constant(logits), x, [0.1], { target });
    const found = await result(nearestAdversarial(context));
    expect(found?.distance ?? null).toBe(p === 1 ? null : 0);
    expect(await result(marginLandscape(context, 0.1, 3))).toBeNull();
  });
});
