import { describe, expect, it } from 'vitest';
import { isProbustFile, parseSweepResult, type SweepResult, toCsv } from '../../../src/results/sweep-result';

const row = (sigma: number, p: number) => ({
  sigma,
  p,
  lo: null,
  hi: null,
  interval: 'none' as const,
  level: null,
  numericalError: 1e-5,
  samplingError: null,
  evaluations: 1,
  gradients: 10,
  ms: 2.5,
  flags: ['zero_gradient', 'provisional'],
});

const result: SweepResult = {
  schema: 'probust-sweep/1',
  app: '0.1.0',
  model: { id: 'mnist-cnn', sha256: 'ab' },
  image: { sha256: 'cd', width: 28, height: 28 },
  target: { index: 3, label: 'a "three", or so' },
  seed: 1,
  backend: 'wasm',
  stop: { rule: 'precision', halfWidth: 0.02, maxSamples: 20_000 },
  options: { softmax: { temperature: 1 } },
  sigmas: [0.1, 0.2],
  estimates: { taylor: [row(0.1, 0.9999999990134123), row(0.2, 0.5)], softmax: [row(0.1, 0.75)] },
};

describe('the exported sweep', () => {
  it('is read back unchanged, to the last bit of p', () => {
    expect(parseSweepResult(JSON.stringify(result))).toEqual(result);
  });

  it.each([
    [{ ...result, schema: 'probust-sweep/2' }, 'schema'],
    [{ ...result, estimates: { taylor: [{ ...row(0.1, 1.5) }] } }, 'estimates.taylor.0.p'],
    [{ ...result, stop: { rule: 'precision' } }, 'stop.halfWidth'],
  ])('names the field that is wrong', (broken, field) => {
    expect(() => parseSweepResult(JSON.stringify(broken))).toThrow(field);
  });

  it('is refused in a sentence where the file is cut off or its limits are crossed', () => {
    expect(() => parseSweepResult(JSON.stringify(result).slice(0, 300))).toThrow(/not whole, or not JSON/);
    const crossed = { ...row(0.1, 0.5), lo: 0.6, hi: 0.4 };
    expect(() => parseSweepResult(JSON.stringify({ ...result, estimates: { mc: [crossed] } }))).toThrow(
      /estimates\.mc: limits in the wrong order at radius 0\.1/,
    );
  });

  it('is told from other JSON before it is read', () => {
    expect(isProbustFile(JSON.stringify(result, null, 1))).toBe(true);
    expect(isProbustFile('{"modelTopology": {}, "schema": "other"}')).toBe(false);
  });

  it('may have how many copies were called the class and how many tied, which older files have not', () => {
    const interval = { lo: 0.88, hi: 0.92, interval: 'fixed-width' as const, evaluations: 1024 };
    const counted = { ...row(0.1, 0.9), ...interval, successes: 922, nearTies: 2, exactTies: 0 };
    const file = { ...result, estimates: { mc: [counted] } };
    expect(parseSweepResult(JSON.stringify(file)).estimates.mc?.[0]).toEqual(counted);
    expect(toCsv(file)).toContain('zero_gradient provisional,922,2,0,');
    const broken = { ...file, estimates: { mc: [{ ...counted, successes: 1025 }] } };
    expect(() => parseSweepResult(JSON.stringify(broken))).toThrow(/more counted than copies/);
  });

  it('is one CSV row per estimator and radius, quoted where need be', () => {
    const lines = toCsv(result).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]?.split(',').slice(0, 4)).toEqual(['estimator', 'sigma', 'p', 'lo']);
    expect(lines[1]).toMatch(
      /^taylor,0\.1,0\.9999999990134123,,,none,,0\.00001,,1,10,2\.5,zero_gradient provisional,/,
    );
    expect(lines[3]).toContain('"a ""three"", or so"');
  });
});
