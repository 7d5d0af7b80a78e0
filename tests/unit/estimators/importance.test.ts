import { describe, expect, it } from 'vitest';
import { importance } from '../../../src/estimators/methods/importance';
import { disagrees } from '../../../src/estimators/methods/importance/verdict';
import { ClassifierError, type NoisyBatch } from '../../../src/estimators/model';
import { CountingClassifier, linearClassifier } from '../../support/classifiers';
import { collect, contextFor, finalEstimates } from '../../support/run';
import { smallNets } from '../../support/small-nets';
import { tails } from '../../support/tails';

const UNTRUSTED = ['check_failed', 'few_failures'];
const [relu, tanh] = smallNets as [(typeof smallNets)[0], (typeof smallNets)[0]];
type Context = Awaited<ReturnType<typeof contextFor>>;

async function single(context: Context) {
  const [estimate] = await finalEstimates(importance, context);
  return estimate as NonNullable<typeof estimate>;
}

const netContext = ({ classifier, cases }: (typeof smallNets)[0], index: number, overrides = {}) => {
  const { x, sigma, target } = cases[index] as (typeof cases)[0];
  return contextFor(classifier, Float32Array.from(x), [sigma], { target, ...overrides });
};

const strip = (estimates: Awaited<ReturnType<typeof finalEstimates>>) =>
  estimates.map(({ ms: _ms, shared: _shared, ...rest }) => rest);

describe('closed forms', () => {
  it.each(tails.map((tail) => [tail.name, tail] as const))('%s: right, or flagged', async (_name, tail) => {
    for (const seed of [1, 2]) {
      const stop = { rule: 'fixed', samples: 4096 } as const;
      const estimate = await single(
        await contextFor(tail.classifier, tail.x, [tail.sigma], { seed, stop, target: 0 }),
      );
      const isFlagged = estimate.flags.some((flag) => UNTRUSTED.includes(flag));
      // By symmetry no design point describes the ball; every other region has them.
      expect(isFlagged).toBe(tail.kind === 'ball');
      if (isFlagged) {
        expect(estimate.interval).toBe('clopper-pearson');
        expect(estimate.lo as number).toBeLessThanOrEqual(tail.p);
        expect(estimate.hi as number).toBeGreaterThanOrEqual(tail.p);
      } else {
        // 1 - p keeps 1.1e-16 in float64.
        const se = Math.hypot(estimate.samplingError as number, estimate.numericalError as number);
        expect(Math.abs(1 - estimate.p - tail.fail)).toBeLessThan(3 * se + 1.2e-16);
        expect(se / tail.fail).toBeLessThan(0.05);
      }
    }
  });

  it('a half-space that excludes x: the same tail from the other side', async () => {
    for (const given of tails.filter(({ kind, fail }) => kind === 'halfspace' && fail > 1e-12)) {
      const stop = { rule: 'fixed', samples: 4096 } as const;
      const estimate = await single(
        await contextFor(given.classifier, given.x, [given.sigma], { stop, target: 1 }),
      );
      expect(estimate.flags).toEqual([]);
      const se = Math.hypot(estimate.samplingError as number, estimate.numericalError as number);
      expect(Math.abs(estimate.p - given.fail)).toBeLessThan(3 * se);
      expect(se / given.fail).toBeLessThan(0.05);
    }
  });
});

describe('small nets', () => {
  for (const net of [relu, tanh]) {
    it.each(net.cases.map((given, index) => ({ ...given, index })))(
      `${net.activation}: case $index, p $mc`,
      async ({ index, mc, mcStdErr }) => {
        const stop = { rule: 'fixed', samples: 1024 } as const;
        const estimate = await single(await netContext(net, index, { stop, seed: 11 }));
        if (estimate.flags.some((flag) => UNTRUSTED.includes(flag))) {
          expect(estimate.lo as number).toBeLessThanOrEqual(mc + 4 * mcStdErr);
          expect(estimate.hi as number).toBeGreaterThanOrEqual(mc - 4 * mcStdErr);
          return;
        }
        const se = Math.hypot(estimate.samplingError as number, estimate.numericalError ?? 0, mcStdErr);
        // A million samples without a failure have no standard error of their own: three in a million.
        expect(Math.abs(estimate.p - mc)).toBeLessThan(4 * se + 3e-6);
      },
    );
  }

  it('of classes that are not called at x', async () => {
    const given = relu.cases[2] as (typeof relu.cases)[0];
    const x = Float32Array.from(given.x);
    let total = 0;
    let variance = 0;
    for (let target = 0; target < relu.classifier.classCount; target++) {
      const stop = { rule: 'fixed', samples: 2048 } as const;
      const estimate = await single(await contextFor(relu.classifier, x, [given.sigma], { target, stop }));
      total += estimate.p;
      variance += (estimate.samplingError as number) ** 2 + (estimate.numericalError ?? 0) ** 2;
    }
    // Every copy has one class; the estimates share their noise, so errors may add up.
    expect(Math.abs(total - 1)).toBeLessThan(4 * Math.sqrt(relu.classifier.classCount * variance));
  });
});

describe('cost', () => {
  it.each([0, 15, 46])('counts every forward pass and gradient, case %i', async (case_) => {
    const net = case_ < 25 ? relu : tanh;
    const { x, sigma, target } = net.cases[case_ % 25] as (typeof net.cases)[0];
    for (const asked of [target, (target + 1) % net.classifier.classCount]) {
      const counting = new CountingClassifier(net.classifier);
      const clean = await contextFor(counting, Float32Array.from(x), [sigma, 2 * sigma], { target: asked });
      const stop = { rule: 'fixed', samples: 512 } as const;
      // The linearisation was made beforehand, and is counted if any radius asked for it.
      let isLinearised = false;
      const linearisation = () => {
        isLinearised = true;
        return clean.linearisation();
      };
      [counting.evaluations, counting.gradientCount] = [0, 0];
      const estimates = await finalEstimates(importance, { ...clean, stop, linearisation });
      if (isLinearised) {
        counting.evaluations += 1;
        counting.gradientCount += counting.classCount;
      }
      const total = (part: 'evaluations' | 'gradients') =>
        estimates.reduce(
          (sum, estimate) => sum + estimate[part] - (estimate.shared?.[part] as number),
          Math.max(...estimates.map(({ shared }) => shared?.[part] as number)),
        );
      expect(total('evaluations')).toBe(counting.evaluations);
      expect(total('gradients')).toBe(counting.gradientCount);
      const most = importance.cost(2, counting.classCount, stop);
      expect(counting.evaluations).toBeLessThanOrEqual(most.evaluations);
      expect(counting.gradientCount).toBeLessThanOrEqual(most.gradients);
    }
  });
});

describe('the run', () => {
  it('does not depend on how the engine splits its batches, and repeats itself', async () => {
    const context = await netContext(relu, 16, { stop: { rule: 'fixed', samples: 700 } });
    const { classifier } = relu;
    const split: typeof classifier = Object.create(classifier);
    split.noisyLogits = async (batch: NoisyBatch) => {
      const parts: number[] = [];
      for (let done = 0; done < batch.count; done += 37) {
        const count = Math.min(37, batch.count - done);
        const shifts = batch.shifts && {
          vectors: batch.shifts.vectors,
          vectorOf: batch.shifts.vectorOf.subarray(done, done + count),
        };
        const part = { ...batch, firstSample: batch.firstSample + done, count, ...(shifts && { shifts }) };
        parts.push(...(await classifier.noisyLogits(part)));
      }
      return Float32Array.from(parts);
    };
    for (const method of ['logits', 'noiseProjections', 'gradients', 'linearise'] as const) {
      Object.defineProperty(split, method, { value: classifier[method].bind(classifier) });
    }
    const whole = strip(await finalEstimates(importance, context));
    expect(strip(await finalEstimates(importance, { ...context, classifier: split }))).toEqual(whole);
    expect(strip(await finalEstimates(importance, context))).toEqual(whole);
    const other = strip(await finalEstimates(importance, { ...context, seed: 2 }));
    expect(other[0]?.p).not.toBe(whole[0]?.p);
  });

  it('streams provisional estimates within [0, 1] and ends when it is not pulled', async () => {
    const counting = new CountingClassifier(relu.classifier);
    const context = await netContext(relu, 16, { stop: { rule: 'fixed', samples: 4096 } });
    const updates = await collect(importance, { ...context, classifier: counting });
    expect(updates.length).toBeGreaterThan(4096 / 256);
    for (const { estimate } of updates.slice(0, -1)) {
      expect(estimate.flags).toEqual(['provisional']);
      expect(estimate.lo as number).toBeGreaterThanOrEqual(0);
      expect(estimate.hi as number).toBeLessThanOrEqual(1);
    }
    const whole = counting.evaluations;
    counting.evaluations = 0;
    for await (const _ of importance.run({ ...context, classifier: counting })) break;
    expect(counting.evaluations).toBeLessThan(whole / 4);
  });

  it('stops by precision at a multiple of 256, where the pilot expects the half-width', async () => {
    const stop = { rule: 'precision', halfWidth: 0.02, maxSamples: 20_000 } as const;
    for (const index of [1, 3, 11]) {
      const estimate = await single(await netContext(relu, index, { stop }));
      expect(estimate).toMatchObject({ interval: 'student-t', level: 0.95, flags: [] });
      // The pilot's variance is 10 % uncertain, and 30 % are added for it.
      expect(((estimate.hi as number) - (estimate.lo as number)) / 2).toBeLessThan(0.022);
    }
    const short = await single(
      await netContext(relu, 4, { stop: { rule: 'precision', halfWidth: 0.001, maxSamples: 600 } }),
    );
    expect(short.flags).toEqual(['sample_limit']);
  });

  it('of a classifier that never changes its mind says what plain copies support', async () => {
    const constant = linearClassifier(
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [1, 0],
    );
    const stop = { rule: 'fixed', samples: 1024 } as const;
    const estimate = await single(await contextFor(constant, new Float32Array(3), [0.5], { stop }));
    expect(estimate).toMatchObject({ p: 1, hi: 1, flags: ['few_failures'], interval: 'clopper-pearson' });
    expect(estimate.lo).toBeCloseTo(0.025 ** (1 / 1024), 12);
  });

  it('refuses logits and gradients that are not finite', async () => {
    const broken = linearClassifier(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
    );
    const context = await contextFor(broken, Float32Array.from([0.6, 0.2]), [0.3]);
    broken.noisyLogits = async ({ count }) => new Float32Array(count * 2).fill(Number.NaN);
    await expect(collect(importance, context)).rejects.toThrow(ClassifierError);
  });
});

describe('the verdict of the self-check', () => {
  const plain = {
    outcome: 'lost',
    probability: 0.3,
    relativeError: 0.07,
    levels: 0,
    isSeen: true,
    samples: 512,
    plainHits: 154,
    evaluations: 512,
  } as const;
  const tail = { ...plain, probability: 8e-5, relativeError: 0.5, levels: 4 } as const;

  it('compares plainly where plain copies suffice', () => {
    // 3 standard errors of 512 copies are 0.0636 at 0.36 and 0.0638 at 0.365.
    expect(disagrees(0.36, 0, plain)).toBe(false);
    expect(disagrees(0.365, 0, plain)).toBe(true);
    expect(disagrees(0.365, 0.01, plain)).toBe(false);
  });

  it('compares logarithms in the tail: a factor of 3 is chance, of 20 000 is not', () => {
    expect(disagrees(2.7e-5, 1e-6, tail)).toBe(false);
    expect(disagrees(4e-9, 1e-10, tail)).toBe(true);
    expect(disagrees(0, 0, tail)).toBe(true);
  });

  it('an outcome below what the levels reach contradicts only what is above it', () => {
    const unseen = { ...tail, probability: 5e-17, isSeen: false, levels: 18 } as const;
    expect(disagrees(1e-20, 1e-22, unseen)).toBe(false);
    expect(disagrees(1e-12, 1e-14, unseen)).toBe(true);
  });
});
