import { describe, expect, it } from 'vitest';
import { importance } from '../../../src/estimators/methods/importance';
import { firstOf, repeats } from '../../support/repeats';
import { contextFor, finalEstimates } from '../../support/run';
import { smallNets } from '../../support/small-nets';

const SEEDS = repeats(25, 200);
/** At least 0.92, less two binomial standard errors. */
const LEAST_COVERAGE = 0.92 - 2 * Math.sqrt((0.92 * 0.08) / SEEDS);
const SAMPLES = 1024;
const UNTRUSTED = ['check_failed', 'few_failures'];

const cases = [
  [0, 0],
  [1, 12],
  [0, 16],
  [0, 15],
  [1, 8],
  [0, 7],
] as const;

describe(`over ${SEEDS} seeds`, () => {
  it.each(firstOf(4, cases))(
    'net %i, case %i: unbiased, covering, and below the variance of mc',
    async (net, index) => {
      const { classifier, cases } = smallNets[net] as (typeof smallNets)[0];
      const given = cases[index] as (typeof cases)[0];
      const stop = { rule: 'fixed', samples: SAMPLES } as const;
      let [scores, sum, variance, covered, trusted, gradients] = [0, 0, 0, 0, 0, 0];
      for (let seed = 1; seed <= SEEDS; seed++) {
        const context = await contextFor(classifier, Float32Array.from(given.x), [given.sigma], {
          seed,
          stop,
          target: given.target,
        });
        const [estimate] = await finalEstimates(importance, context);
        if (estimate === undefined || estimate.flags.some((flag) => UNTRUSTED.includes(flag))) continue;
        const squared = (estimate.samplingError as number) ** 2 + (estimate.numericalError ?? 0) ** 2;
        trusted++;
        scores += (estimate.p - given.mc) / Math.sqrt(squared);
        sum += estimate.p;
        variance += squared;
        gradients = Math.max(gradients, estimate.gradients);
        // The reference has an error of its own, small against every interval.
        const slack = given.mcStdErr;
        if ((estimate.lo as number) - slack <= given.mc && given.mc <= (estimate.hi as number) + slack)
          covered++;
      }
      // The self-check is a test at three standard errors of a skewed statistic; more alarms would be a fault of its.
      expect(trusted).toBeGreaterThan(0.95 * SEEDS);
      const error = Math.sqrt(variance) / trusted;
      expect(Math.abs(sum / trusted - given.mc)).toBeLessThan(3 * Math.hypot(error, given.mcStdErr));
      const reference = given.mcStdErr / Math.sqrt(variance / trusted);
      expect(Math.abs(scores / trusted)).toBeLessThan(3 / Math.sqrt(trusted) + 3 * reference);
      expect(covered / trusted).toBeGreaterThan(LEAST_COVERAGE);
      expect(variance / trusted).toBeLessThan((given.mc * (1 - given.mc)) / SAMPLES);
    },
  );
});

it.each([
  [0, 0],
  [0, 7],
  [0, 16],
  [0, 15],
  [1, 12],
  [1, 15],
] as const)(
  'net %i, case %i: a smaller error than mc at equal cost, everything counted',
  async (net, index) => {
    const { classifier, cases } = smallNets[net] as (typeof smallNets)[0];
    const given = cases[index] as (typeof cases)[0];
    const stop = { rule: 'fixed', samples: 8192 } as const;
    const context = await contextFor(classifier, Float32Array.from(given.x), [given.sigma], {
      stop,
      target: given.target,
    });
    const [estimate] = await finalEstimates(importance, context);
    if (estimate === undefined) throw new Error('no estimate');
    expect(estimate.flags).toEqual([]);
    // A gradient is taken for two forward passes, as in the progress of a sweep.
    const passes = estimate.evaluations + 2 * estimate.gradients;
    const byMc = (given.mc * (1 - given.mc)) / passes;
    expect((estimate.samplingError as number) ** 2).toBeLessThan(byMc);
  },
);
