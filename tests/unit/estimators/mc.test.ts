import { describe, expect, it } from 'vitest';
import { callRows, countCalls } from '../../../src/estimators/calls';
import { DEFAULT_STOP, type Estimate, LEVEL } from '../../../src/estimators/estimate';
import { confidenceSequence } from '../../../src/estimators/intervals';
import { mc } from '../../../src/estimators/methods/mc';
import { ClassifierError, type NoisyBatch } from '../../../src/estimators/model';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { DECISION_SAMPLES } from '../../../src/estimators/stopping/looks';
import { linearClassifier } from '../../support/classifiers';
import { collect, contextFor, finalEstimates } from '../../support/run';

const weights = [
  [1, 0, 0.2],
  [0, 1, -0.4],
  [0.3, 0.3, 0.3],
];
const x = Float32Array.from([0.9, 0.1, 0.95]);
const sigmas = [0.1, 0.4, 1.2];

describe('mc', () => {
  it('never clips the model input: x + sigma * eps, to the bit, far outside [0, 1] too', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0], true);
    await finalEstimates(
      mc,
      await contextFor(classifier, x, [1.2], { seed: 5, stop: { rule: 'fixed', samples: 300 } }),
    );
    const source = new NormalSource(5, 0);
    const noise = new Float64Array(3);
    expect(classifier.seen).toHaveLength(300);
    for (const [sample, input] of classifier.seen.entries()) {
      source.fill(sample, noise);
      expect([...input]).toEqual([...noise].map((value, j) => (x[j] as number) + 1.2 * value));
    }
    const values = classifier.seen.flatMap((input) => [...input]);
    expect(Math.min(...values)).toBeLessThan(-2);
    expect(Math.max(...values)).toBeGreaterThan(3);
  });

  it('samples the radii in turn, then the widest interval, in steps of 256', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    const updates = await collect(mc, await contextFor(classifier, x, sigmas));
    expect(updates.slice(0, 3).map(({ sigmaIndex }) => sigmaIndex)).toEqual([0, 1, 2]);
    const current = updates.slice(0, 3).map(({ estimate }) => estimate);
    const width = ({ lo, hi }: Estimate) => (hi as number) - (lo as number);
    for (const { sigmaIndex, estimate } of updates.slice(3)) {
      const before = current[sigmaIndex] as Estimate;
      const unfinished = current.filter(({ flags }) => flags.includes('provisional'));
      expect(width(before)).toBe(Math.max(...unfinished.map(width)));
      expect(estimate.evaluations - before.evaluations).toBe(DECISION_SAMPLES);
      current[sigmaIndex] = estimate;
    }
    expect(current.map(({ flags }) => flags)).toEqual([[], [], []]);
  });

  it('ends a stop by precision with limits so far to each side, and shows a confidence sequence before', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    const updates = (await collect(mc, await contextFor(classifier, x, sigmas))).map((each) => each.estimate);
    for (const { p, lo, hi, interval, flags, successes = -1, evaluations, classCounts } of updates) {
      const share = successes / evaluations;
      expect(successes).toBe(classCounts?.[0]);
      expect((lo as number) <= p && p <= (hi as number)).toBe(true);
      if (flags.includes('provisional')) {
        expect(interval).toBe('confidence-sequence');
        expect({ lo, hi, p }).toEqual({ ...confidenceSequence(successes, evaluations, 1 - LEVEL), p: share });
      } else {
        expect(interval).toBe('fixed-width');
        expect(evaluations % DECISION_SAMPLES).toBe(0);
        expect(lo).toBe(Math.max(0, Math.min(p, share - 0.02)));
        expect(hi).toBe(Math.min(1, Math.max(p, share + 0.02)));
        expect(Math.abs(p - share)).toBeLessThan(0.005);
      }
    }
    expect(updates.filter(({ interval }) => interval === 'fixed-width')).toHaveLength(3);
  });

  it('stops at the sample limit and says so', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    const stop = { ...DEFAULT_STOP, maxSamples: 600 };
    const [, , wide] = await finalEstimates(mc, await contextFor(classifier, x, sigmas, { stop }));
    expect(wide).toMatchObject({ evaluations: 600, interval: 'fixed-width', flags: ['sample_limit'] });
    expect(((wide?.hi as number) - (wide?.lo as number)) / 2).toBeGreaterThan(0.02);
  });

  it('gives Clopper-Pearson limits at the end of a fixed n, and a sequence until then', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    const context = await contextFor(classifier, x, [0.4], { stop: { rule: 'fixed', samples: 700 } });
    const estimates = (await collect(mc, context)).map(({ estimate }) => estimate);
    expect(estimates.map(({ evaluations }) => evaluations)).toEqual([256, 512, 700]);
    expect(estimates.map(({ interval }) => interval)).toEqual([
      'confidence-sequence',
      'confidence-sequence',
      'clopper-pearson',
    ]);
    expect(estimates.map(({ flags }) => flags)).toEqual([['provisional'], ['provisional'], []]);
  });

  it('does not depend on how the engine splits its batches', async () => {
    const whole = linearClassifier(weights, [0, 0, 0]);
    const split = linearClassifier(weights, [0, 0, 0]);
    const inOne = split.noisyLogits.bind(split);
    split.noisyLogits = async (batch: NoisyBatch) => {
      const parts: number[] = [];
      for (let done = 0; done < batch.count; done += 37) {
        const count = Math.min(37, batch.count - done);
        parts.push(...(await inOne({ ...batch, firstSample: batch.firstSample + done, count })));
      }
      return Float32Array.from(parts);
    };
    const strip = (estimates: Awaited<ReturnType<typeof finalEstimates>>) =>
      estimates.map(({ ms: _ms, ...rest }) => rest);
    const a = await finalEstimates(mc, await contextFor(whole, x, sigmas));
    const b = await finalEstimates(mc, await contextFor(split, x, sigmas));
    expect(strip(a)).toEqual(strip(b));
  });

  it('counts an exact tie as not the target, and as a near-tie', () => {
    const tally = { classCounts: [0, 0, 0], survived: 0, nearTies: 0, exactTies: 0 };
    countCalls(tally, callRows([1, 1, 0, 2, 1, 0, 0, 1, 1], 3, 0));
    expect(tally).toEqual({ classCounts: [1, 2, 0], survived: 1, nearTies: 1, exactTies: 1 });
  });

  it('says exact ties, which make p zero where every copy ties', async () => {
    const classifier = linearClassifier([...weights.slice(0, 1), ...weights.slice(0, 1)], [0, 0]);
    const stop = { rule: 'fixed', samples: 256 } as const;
    const [estimate] = await finalEstimates(mc, await contextFor(classifier, x, [0.1], { stop }));
    expect(estimate).toMatchObject({ p: 0, successes: 0, exactTies: 256, flags: ['exact_ties'] });
  });

  it('refuses logits that are not finite', async () => {
    const classifier = linearClassifier(weights, [0, 0, 0]);
    const context = await contextFor(classifier, x, [0.1]);
    classifier.noisyLogits = async ({ count }) => new Float32Array(count * 3).fill(Number.NaN);
    await expect(collect(mc, context)).rejects.toThrow(ClassifierError);
  });
});
