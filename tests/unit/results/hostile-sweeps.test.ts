import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOST_RADII,
  parseSweepResult,
  type SweepResult,
  SweepResultError,
} from '../../../src/results/sweep-result';

const row = (sigma: number, p: number) => ({
  sigma,
  p,
  lo: Math.max(0, p - 0.05),
  hi: Math.min(1, p + 0.05),
  interval: 'clopper-pearson',
  level: 0.95,
  numericalError: null,
  samplingError: 0.01,
  evaluations: 256,
  gradients: 0,
  ms: 3.5,
  flags: ['provisional'],
});
const good = {
  schema: 'probust-sweep/1',
  app: '0.1.0',
  model: {
    id: `sha256:${'ab'.repeat(32)}`,
    sha256: 'ab'.repeat(32),
    normalisation: { range: [0, 255], mean: [1, 2, 3], std: [1, 2, 3] },
  },
  image: { sha256: 'cd'.repeat(32), width: 28, height: 28 },
  target: { index: 3, label: 'three' },
  seed: 1,
  backend: 'wasm',
  stop: { rule: 'precision', halfWidth: 0.02, maxSamples: 20_000 },
  options: { softmax: { temperature: 1 } },
  sigmas: [0.1, 0.2],
  estimates: {
    mc: [row(0.1, 0.9), row(0.2, 0.5)],
    taylor: [{ ...row(0.1, 0.8), lo: null, hi: null, interval: 'none', level: null }],
  },
};

/** What a broken or hostile program may write in place of any value. */
const NASTY: readonly unknown[] = [
  null,
  true,
  '',
  'x'.repeat(5000),
  '__proto__',
  -1,
  -0,
  0.5,
  1.5,
  1e-320,
  1.7e308,
  2 ** 53,
  [],
  {},
  [[[]]],
  { toString: 1 },
  Array.from({ length: 3 }, () => good.estimates.mc[0]),
];

type Path = readonly (string | number)[];

/** Every place in a value. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))];
}

function replacedAt(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((each, i) => (i === Number(key) ? replacedAt(each, rest, by) : each));
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: replacedAt(fields[key], rest, by) };
}

const parse = (value: unknown): SweepResult => parseSweepResult(JSON.stringify(value));

/** The rules of docs and schema, written down a second time. */
function expectSound({ seed, sigmas, estimates, image, target, ...rest }: SweepResult): void {
  expect(Number.isSafeInteger(seed) && seed >= 0).toBe(true);
  for (const sigma of sigmas) expect(sigma > 0 && sigma <= 1e6).toBe(true);
  for (const side of [image.width, image.height]) expect(side >= 1 && Number.isInteger(side)).toBe(true);
  expect(Number.isInteger(target.index) && target.index >= 0).toBe(true);
  for (const rows of Object.values(estimates)) {
    expect(new Set(rows.map(({ sigma }) => sigma)).size).toBe(rows.length);
    for (const { sigma, p, lo, hi, evaluations, ms } of rows) {
      expect(sigma > 0 && sigma <= 1e6 && p >= 0 && p <= 1).toBe(true);
      expect((lo === null) === (hi === null)).toBe(true);
      if (lo !== null && hi !== null)
        expect(lo >= 0 && hi <= 1 && lo <= p + 1e-9 && p <= hi + 1e-9).toBe(true);
      expect(Number.isInteger(evaluations) && evaluations >= 0 && ms >= 0 && ms < 1e15).toBe(true);
    }
  }
  expect(JSON.stringify({ target, ...rest }).length).toBeLessThan(20_000);
}

describe('a saved sweep that was changed by a stranger', () => {
  it('is taken whole, or refused in one short sentence that names the field', () => {
    const places = placesIn(good);
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...NASTY)), {
          minLength: 1,
          maxLength: 2,
        }),
        (changes) => {
          const changed = changes.reduce<unknown>((value, [path, by]) => {
            try {
              return replacedAt(value, path, by);
            } catch {
              return value;
            }
          }, good);
          try {
            expectSound(parse(changed));
            taken++;
          } catch (error) {
            if (!(error instanceof SweepResultError)) throw error;
            refused++;
            expect(error.message).toMatch(/^not a probust-sweep\/1 file: /);
            expect(error.message.length).toBeLessThan(300);
            expect(error.message).not.toMatch(/Invalid|Expected|undefined|\[object/);
          }
        },
      ),
      { seed: 11, numRuns: 1500 },
    );
    expect(taken).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(800);
  });

  it.each([
    [{ ...good, seed: 2 ** 60 }, 'seed is not a whole number from 0 to 9007199254740991'],
    [{ ...good, app: undefined }, 'app is missing'],
    [{ ...good, schema: 'probust-sweep/9' }, 'schema is not probust-sweep/1'],
    [{ ...good, image: { ...good.image, width: 0 } }, 'image.width is not a whole number from 1 to 1000000'],
    [
      { ...good, estimates: { mc: [row(1.7e308, 0.5)] } },
      'estimates.mc.0.sigma is not a number from 1e-12 to 1000000',
    ],
    [{ ...good, estimates: { mc: [row(0.1, 0.5), row(0.1, 0.5)] } }, 'estimates.mc: two rows at radius 0.1'],
    [
      { ...good, estimates: { mc: [{ ...row(0.1, 0.5), p: 0.9 }] } },
      'estimates.mc: p outside its limits at radius 0.1',
    ],
    [
      { ...good, estimates: { mc: [{ ...row(0.1, 0.5), lo: null }] } },
      'estimates.mc: one limit without the other at radius 0.1',
    ],
    [
      { ...good, target: { index: 3, label: 'x'.repeat(2000) } },
      'target.label is longer than 1000 characters',
    ],
    [
      { ...good, estimates: { mc: Array.from({ length: MOST_RADII + 1 }, (_, i) => row(i + 1, 0.5)) } },
      'estimates.mc has more than 10000 entries',
    ],
  ])('is refused where the page could not draw it or it contradicts itself', (changed, sentence) => {
    expect(() => parse(changed)).toThrow(`not a probust-sweep/1 file: ${sentence}`);
  });

  it('stays accepted where it only has more fields than this version knows', () => {
    expect(
      parse({ ...good, successes: 3, estimates: { mc: [{ ...row(0.1, 0.9), successes: 230 }] } }).seed,
    ).toBe(1);
  });
});
