import { describe, expect, it } from 'vitest';
import { plainSteps, type Run, rmseAfter, timeToReach } from '../../../bench/sweep/reached';
import { engineSteps } from '../../../bench/sweep/steps';
import { NormalSource } from '../../../src/estimators/noise/gaussian';

const exact = (...ps: number[]) => ps.map((p) => ({ p, variance: 0 }));

describe('time until an error is reached', () => {
  const runs: Run[] = [
    { steps: [0.4, 0.46, 0.5].map((p, i) => ({ ms: 100 * (i + 1), radius: 0, p })), truth: exact(0.5) },
    { steps: [0.7, 0.54, 0.5].map((p, i) => ({ ms: 100 * (i + 1), radius: 0, p })), truth: exact(0.5) },
  ];

  it('is the root of the mean square of what every run knew by then', () => {
    expect(rmseAfter(runs, 1, 50)).toEqual([Number.POSITIVE_INFINITY]);
    expect(rmseAfter(runs, 1, 100)[0]).toBeCloseTo(Math.sqrt((0.1 ** 2 + 0.2 ** 2) / 2), 12);
    expect(rmseAfter(runs, 1, 250)[0]).toBeCloseTo(0.04, 12);
  });

  it('takes the variance of the truth off', () => {
    const [first] = runs;
    const uncertain = [{ steps: first?.steps ?? [], truth: [{ p: 0.5, variance: 0.0036 }] }];
    expect(rmseAfter(uncertain, 1, 100)[0]).toBeCloseTo(0.08, 12);
    expect(rmseAfter(uncertain, 1, 200)[0]).toBe(0);
  });

  it('is the first time at which every radius is good enough', () => {
    expect(timeToReach(runs, 1, 0.0401).ms).toBeCloseTo(200.25, 6);
    const second = runs.map(({ steps }) => ({
      steps: [...steps, { ms: 280, radius: 1, p: 0.2 }].sort((a, b) => a.ms - b.ms),
      truth: exact(0.5, 0.2),
    }));
    expect(timeToReach(second, 2, 0.0401).ms).toBeCloseTo(280.5, 6);
    expect(timeToReach(runs, 1, -1)).toEqual({ ms: null, rmse: [0] });
  });
});

it('plain sampling told to take fewer copies has spent a share of its time', () => {
  const steps = plainSteps(
    [
      [2, 5, 6],
      [1, 1, 2],
    ],
    4,
    10,
    1000,
  );
  expect(steps.filter(({ radius }) => radius === 0)).toEqual([
    { ms: 400, radius: 0, p: 0.5 },
    { ms: 800, radius: 0, p: 0.625 },
    { ms: 1000, radius: 0, p: 0.6 },
  ]);
  expect(steps.at(-1)).toEqual({ ms: 1000, radius: 1, p: 0.2 });
});

it('plain sampling reaches an error when the binomial law says so', () => {
  const [copies, batch, p, wanted] = [4000, 100, 0.3, 0.01];
  const source = new NormalSource(5, 0);
  const threshold = 0.5244005127080407; // the normal quantile of 0.7: a normal exceeds it with probability 0.3
  const draws = new Float32Array(copies);
  const runs = Array.from({ length: 200 }, (_, run): Run => {
    source.fill(run, draws);
    const after = Array.from({ length: copies / batch }, (_, j) =>
      draws.subarray(0, (j + 1) * batch).reduce((sum, z) => sum + (z > threshold ? 1 : 0), 0),
    );
    return { steps: plainSteps([after], batch, copies, copies), truth: exact(p) };
  });
  const needed = (p * (1 - p)) / wanted ** 2; // 2100 copies, at one millisecond each
  const { ms } = timeToReach(runs, 1, wanted);
  // The mean square of 200 errors is off by a tenth (one standard error); so is the time.
  expect(ms).toBeGreaterThan(0.6 * needed);
  expect(ms).toBeLessThan(1.4 * needed);
});

it('reads steps and passes off the events of a sweep', () => {
  const update = (sigmaIndex: number, p: number, evaluations: number, gradients: number) =>
    ({ estimatorId: 'mc', sigmaIndex, estimate: { p, evaluations, gradients } }) as never;
  const partial = (...updates: never[]) => ({ type: 'partial', jobId: 1, updates }) as const;
  const { steps, passes } = engineSteps([
    { ms: 10, event: partial(update(0, 0.9, 100, 10), update(1, 0.5, 100, 0)) },
    { ms: 20, event: { type: 'progress', jobId: 1, fraction: 0.5, secondsLeft: null } },
    { ms: 30, event: partial(update(0, 0.8, 200, 10)) },
  ]);
  expect(steps).toEqual([
    { ms: 10, radius: 0, p: 0.9 },
    { ms: 10, radius: 1, p: 0.5 },
    { ms: 30, radius: 0, p: 0.8 },
  ]);
  expect(passes).toBe(200 + 20 + 100);
});
