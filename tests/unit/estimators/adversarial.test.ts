import { describe, expect, it } from 'vitest';
import { type AdversarialPoint, nearestAdversarial } from '../../../src/estimators/adversarial';
import { callClass } from '../../../src/estimators/calls';
import { taylor } from '../../../src/estimators/methods/taylor';
import { argmax, type Classifier, ClassifierError } from '../../../src/estimators/model';
import { NormalSource, STREAMS } from '../../../src/estimators/noise/gaussian';
import { equivalentDistance } from '../../../src/estimators/readouts';
import { RequestError } from '../../../src/estimators/request';
import { ClosedFormClassifier, CountingClassifier, linearClassifier } from '../../support/classifiers';
import { goldenConvNet } from '../../support/golden-conv-net';
import { contextFor, finalEstimates } from '../../support/run';
import { smallNets } from '../../support/small-nets';
import { tails } from '../../support/tails';

async function nearest(classifier: Classifier, x: Float32Array, overrides = {}) {
  const context = await contextFor(classifier, x, [1], overrides);
  const steps = nearestAdversarial(context);
  const progress: number[] = [];
  for (;;) {
    const step = await steps.next();
    if (step.done) return { found: step.value, progress, target: context.target };
    progress.push(step.value);
  }
}

/** Fails unless a forward pass at the point calls what is claimed, and the distance is that of the point. */
async function expectChecked(
  classifier: Classifier,
  x: Float32Array,
  target: number,
  found: AdversarialPoint | null,
): Promise<AdversarialPoint> {
  if (found === null) throw new Error('no adversarial point was found');
  const { called, margin } = callClass(await classifier.logits(found.point), target);
  expect(called).toBe(found.called);
  expect(called).not.toBe(target);
  expect(margin).toBeLessThan(0);
  const distance = Math.hypot(...found.point.map((value, j) => value - (x[j] as number)));
  // Math.hypot of float32 differences, against their float64 sum.
  expect(found.distance).toBeCloseTo(distance, 5);
  return found;
}

describe('the nearest adversarial point', () => {
  it.each(tails)('of a $name is the closed form', async ({ classifier, x, rAdv }) => {
    const { found, target, progress } = await nearest(classifier, x);
    const { distance } = await expectChecked(classifier, x, target, found);
    // An upper bound but for the rounding of float32 inputs and logits.
    expect(distance).toBeGreaterThan(rAdv * (1 - 1e-6));
    expect(distance).toBeLessThan(rAdv * (1 + 1e-4));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.every((share) => share > 0 && share <= 1)).toBe(true);
  });

  it('counts the time of the linearisation it rests on, whichever job computed it', async () => {
    const classifier = linearClassifier(
      [
        [1, 0],
        [0, 1],
      ],
      [0.5, 0],
    );
    const x = Float32Array.of(0.5, 0.5);
    const value = await classifier.linearise(x);
    const linearisation = async () => ({ value, ms: 1234 });
    const { found } = await nearest(classifier, x, { linearisation, now: () => 0 });
    expect(found?.ms).toBe(1234);
  });

  it('of a thousand classes looks at the nearest of them', async () => {
    const K = 1000;
    const identity = Float64Array.from({ length: K * K }, (_, i) => (i % (K + 1) === 0 ? 1 : 0));
    const classifier = new ClosedFormClassifier(
      K,
      K,
      (x) => Float64Array.from(x),
      () => identity,
    );
    const x = new Float32Array(K);
    x[0] = 1.5;
    const { found } = await nearest(classifier, x);
    expect(found?.distance).toBeCloseTo(1.5 * Math.SQRT1_2, 4);
  });

  it('of a linear model of two classes gives p = Phi(r / sigma)', async () => {
    const source = new NormalSource(11, 0);
    for (let trial = 0; trial < 5; trial++) {
      const values = new Float64Array(2 * 20 + 20);
      source.fill(trial, values);
      const rows = [[...values.subarray(0, 20)], [...values.subarray(20, 40)]];
      const classifier = linearClassifier(rows, [0.3, 0]);
      const x = Float32Array.from(values.subarray(40));
      const context = await contextFor(classifier, x, [0.4]);
      const { found } = await nearest(classifier, x);
      const [estimate] = await finalEstimates(taylor, context);
      const distance = equivalentDistance(estimate as NonNullable<typeof estimate>);
      expect(distance.relation).toBe('=');
      expect((found?.distance as number) / distance.value).toBeCloseTo(1, 4);
    }
  });

  it('is nearer than what many random rays and the linear step find on nets, and costs what it says', async () => {
    for (const { classifier, cases } of smallNets) {
      for (const given of cases.slice(0, 6)) {
        const x = Float32Array.from(given.x);
        const counting = new CountingClassifier(classifier);
        const { found, target } = await nearest(counting, x);
        const { distance, evaluations, gradients } = await expectChecked(classifier, x, target, found);
        expect([evaluations, gradients]).toEqual([counting.evaluations, counting.gradientCount]);

        const source = new NormalSource(3, STREAMS.plain);
        const d = x.length;
        const rays = 4000;
        const inputs = new Float32Array(rays * d);
        const direction = new Float64Array(d);
        for (let i = 0; i < rays; i++) {
          source.fill(i, direction);
          const norm = Math.hypot(...direction);
          // Nothing that is 0.1 % nearer may be called otherwise.
          const radius = 0.999 * distance * ((i % 10) + 1) * 0.1;
          for (let j = 0; j < d; j++) {
            inputs[i * d + j] = (x[j] as number) + (radius * (direction[j] as number)) / norm;
          }
        }
        const logits = await classifier.logits(inputs);
        const K = classifier.classCount;
        for (let i = 0; i < rays; i++) {
          expect(argmax(logits.subarray(i * K, (i + 1) * K))).toBe(target);
        }
        // The first-order distance is what one straight step would need if the net were linear; on tanh nets and
        // ReLU nets the refined point lies where the true boundary is, which is not further than along that step.
        const step = await linearStepDistance(classifier, x, target);
        expect(distance).toBeLessThan(step * (1 + 1e-3));
      }
    }
  });

  it('of a convolutional net is checked too', async () => {
    const classifier = goldenConvNet();
    const x = new Float32Array(64).fill(0.4);
    const { found, target } = await nearest(classifier, x);
    await expectChecked(classifier, x, target, found);
  });

  it('is x itself where the class is not called there', async () => {
    const classifier = linearClassifier(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
    );
    const x = Float32Array.of(0.2, 0.9);
    const { found } = await nearest(classifier, x, { target: 0 });
    expect(found).toMatchObject({ distance: 0, point: x, called: 1 });
  });

  it('lies where float64 sees another class by ten times the rounding of float32', async () => {
    // A classifier whose float32 logits are off by up to the rounding that is stated.
    const rounding = 0.003;
    const rows = [
      [1, 0],
      [0, 1],
    ];
    const exact = linearClassifier(rows, [0, 0]);
    class Rounded extends ClosedFormClassifier {
      override async logits(inputs: Float32Array): Promise<Float32Array> {
        return (await super.logits(inputs)).map((value, i) => value - (i % 2 === 0 ? rounding : 0));
      }
      override async reference() {
        return { ...(await exact.reference()), marginError: rounding };
      }
    }
    const rounded = new Rounded(2, 2, exact.f, exact.jacobian);
    const { found } = await nearest(rounded, Float32Array.of(0.9, 0.1));
    const { margin } = callClass(exact.f(found?.point ?? []), 0);
    expect(found?.arithmetic).toBe('float64');
    expect(margin).toBeLessThanOrEqual(-10 * rounding);
    expect(margin).toBeGreaterThan(-13 * rounding);
    expect(found?.margin).toBeCloseTo(margin, 12);
  });

  it('is checked in float32 alone, and says so, where the model has no float64 form', async () => {
    const classifier = linearClassifier(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
    );
    const { found } = await nearest(
      Object.assign(classifier, { reference: async () => null }),
      Float32Array.of(0.9, 0.1),
    );
    expect(found?.arithmetic).toBe('float32');
    expect(found?.margin).toBeLessThan(0);
    expect(found?.distance).toBeCloseTo(0.8 * Math.SQRT1_2, 4);
  });

  it('does not exist where the classes never change', async () => {
    const same = [1, 0.5];
    const constant = linearClassifier([same, same], [1, 0]);
    expect((await nearest(constant, Float32Array.of(0.3, 0.4))).found).toBeNull();
  });

  it('refuses what has no answer', async () => {
    const classifier = linearClassifier(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
    );
    const x = Float32Array.of(0.9, 0.1);
    await expect(nearest(classifier, x, { target: 2 })).rejects.toBeInstanceOf(RequestError);
    await expect(nearest(classifier, x, { x: new Float32Array(3) })).rejects.toBeInstanceOf(RequestError);
    const broken = new ClosedFormClassifier(
      2,
      2,
      (at) => Float64Array.of((at[0] as number) > 1 ? Number.NaN : 1, 0),
      () => Float64Array.of(1, 0, 0, 1),
    );
    await expect(nearest(broken, x)).rejects.toBeInstanceOf(ClassifierError);
  });
});

/** Where the class changes on the ray against the gradient of the nearest linearised margin: DeepFool's first step. */
async function linearStepDistance(classifier: Classifier, x: Float32Array, target: number): Promise<number> {
  const { logits, jacobian } = await classifier.linearise(x);
  const d = x.length;
  const K = classifier.classCount;
  let best = Number.POSITIVE_INFINITY;
  let along: Float64Array | null = null;
  for (let i = 0; i < K; i++) {
    if (i === target) continue;
    const gradient = Float64Array.from(
      { length: d },
      (_, j) => (jacobian[i * d + j] as number) - (jacobian[target * d + j] as number),
    );
    const norm = Math.hypot(...gradient);
    const offset = ((logits[target] as number) - (logits[i] as number)) / norm;
    if (offset < best) {
      best = offset;
      along = gradient.map((value) => value / norm);
    }
  }
  for (let radius = 0; radius < 40; radius += 0.002) {
    const point = x.map((value, j) => value + radius * (along?.[j] as number));
    if (argmax(await classifier.logits(point)) !== target) return radius;
  }
  return Number.POSITIVE_INFINITY;
}
