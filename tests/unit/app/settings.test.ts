import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEPS } from '../../../src/app/state/lesson-steps';
import { PANELS, PARTS } from '../../../src/app/state/parts';
import {
  DEFAULT_SETTINGS,
  GAINS,
  HALF_WIDTH_RANGE,
  NOISE_RANGE,
  RADII_RANGE,
  readSettings,
  SAMPLES_RANGE,
  type Settings,
  SIGMA_RANGE,
  stopRule,
  writeSettings,
} from '../../../src/app/state/settings';

const inRange = ({ min, max }: { min: number; max: number }) => fc.double({ min, max, noNaN: true });
const wholeInRange = (range: { min: number; max: number }) => fc.integer(range);

const crop = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.double({ min: 0.02, max: 1, noNaN: true }),
});
const picture = fc.constantFrom('three-round', 'data:cifar10:test:9999', 'own:0123456789ab');

const settings: fc.Arbitrary<Settings> = fc.record({
  view: fc.constantFrom('explore' as const, 'learn' as const),
  step: fc.constantFrom(...STEPS),
  point: fc.option(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  ),
  noise: fc.option(inRange(NOISE_RANGE)),
  embed: fc.constantFrom('' as const, 'figure' as const, 'curve' as const, 'noise' as const),
  hide: fc.subarray([...PARTS]),
  lock: fc.constantFrom('' as const, 'model' as const),
  text: fc.constantFrom('normal' as const, 'large' as const),
  model: fc.constantFrom('', 'mnist-cnn', 'a-1'),
  sample: fc.oneof(fc.constant(''), picture),
  crop: fc.option(crop),
  compare: fc.option(
    fc.oneof(
      fc.record({
        with: fc.constant('model' as const),
        id: fc.constantFrom('mnist-cnn', `sha256:${'0a'.repeat(32)}`),
      }),
      fc.record({ with: fc.constant('picture' as const), id: picture, crop: fc.option(crop) }),
    ),
  ),
  sigmaMin: fc.option(fc.double({ min: 0.001, max: 0.5, noNaN: true })),
  sigmaMax: fc.option(fc.double({ min: 0.6, max: 10, noNaN: true })),
  radii: wholeInRange(RADII_RANGE),
  estimators: fc.constantFrom(['taylor'], ['taylor', 'mc'], ['softmax', 'mc'], DEFAULT_SETTINGS.estimators),
  seed: fc.maxSafeNat(),
  target: fc.option(fc.integer({ min: 0, max: 100_000 })),
  cursor: fc.option(inRange(SIGMA_RANGE)),
  open: fc.subarray([...PANELS]),
  magnified: fc.option(fc.constantFrom(...GAINS)),
  scale: fc.constantFrom('linear' as const, 'logit' as const),
  theme: fc.constantFrom('system' as const, 'light' as const, 'dark' as const),
  stop: fc.constantFrom('precision' as const, 'fixed' as const),
  halfWidth: inRange(HALF_WIDTH_RANGE),
  maxSamples: wholeInRange(SAMPLES_RANGE),
  samples: wholeInRange(SAMPLES_RANGE),
  threads: fc.option(fc.integer({ min: 1, max: 8 })),
  backend: fc.constantFrom('auto' as const, 'webgpu' as const, 'wasm' as const, 'cpu' as const),
});

describe('settings in the link', () => {
  it('survive the round trip', () => {
    fc.assert(
      fc.property(settings, (given) => {
        expect(readSettings(writeSettings(given))).toEqual(given);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('settle at once, whatever a link says: what is read is written so that it is read again the same', () => {
    const name = fc.oneof(fc.constantFrom(...Object.keys(DEFAULT_SETTINGS)), fc.string());
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double().map(String),
      fc.constantFrom(
        '%',
        '%E0%A4%A',
        '1e-400',
        '-0',
        '9'.repeat(400),
        '0,0,0',
        '1,1,1e-9',
        'mc.mc.x',
        '\u0000',
      ),
    );
    // As typed into an address, encoded or not.
    const query = fc
      .array(fc.tuple(name, value, fc.boolean()))
      .map((parts) => parts.map(([k, v, plain]) => `${k}=${plain ? v : encodeURIComponent(v)}`))
      .map((parts) => `?${parts.join('&')}`);
    fc.assert(
      fc.property(query, (link) => {
        const read = readSettings(link);
        expect(readSettings(writeSettings(read))).toEqual(read);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('leave no trace where they are the defaults', () => {
    expect(writeSettings(DEFAULT_SETTINGS)).toBe('');
    expect(writeSettings({ ...DEFAULT_SETTINGS, seed: 7 })).toBe('?seed=7&v=1');
  });

  it('are clamped, defaulted and never throw, whatever the link says', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom('NaN', 'Infinity', '-1', '1e999', '', ' ', '../..', '<script>', '0x10', 'null'),
    );
    const query = fc.dictionary(fc.constantFrom(...Object.keys(DEFAULT_SETTINGS), 'other'), hostile);
    fc.assert(
      fc.property(query, (parameters) => {
        const read = readSettings(`?${new URLSearchParams(parameters)}`);
        expect(read.radii).toBeGreaterThanOrEqual(RADII_RANGE.min);
        expect(read.radii).toBeLessThanOrEqual(RADII_RANGE.max);
        expect(Number.isSafeInteger(read.seed) && read.seed >= 0).toBe(true);
        expect(STEPS).toContain(read.step);
        for (const part of read.hide) expect(PARTS).toContain(part);
        expect(['', 'figure', 'curve', 'noise']).toContain(read.embed);
        for (const part of read.point ?? []) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(1);
        }
        if (read.noise !== null) {
          expect(read.noise).toBeGreaterThanOrEqual(NOISE_RANGE.min);
          expect(read.noise).toBeLessThanOrEqual(NOISE_RANGE.max);
        }
        for (const sigma of [read.sigmaMin, read.sigmaMax, read.cursor]) {
          if (sigma === null) continue;
          expect(sigma).toBeGreaterThanOrEqual(SIGMA_RANGE.min);
          expect(sigma).toBeLessThanOrEqual(SIGMA_RANGE.max);
        }
        if (read.sigmaMin !== null && read.sigmaMax !== null) {
          expect(read.sigmaMin).toBeLessThan(read.sigmaMax);
        }
        if (read.threads !== null) expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(read.threads);
        expect(read.estimators.length).toBeGreaterThan(0);
        expect(read.model).toMatch(/^[a-z0-9-]*$/);
        expect(['linear', 'logit']).toContain(read.scale);
        const stop = stopRule(read);
        const most = stop.rule === 'fixed' ? stop.samples : stop.maxSamples;
        expect(most).toBeGreaterThanOrEqual(SAMPLES_RANGE.min);
        expect(most).toBeLessThanOrEqual(SAMPLES_RANGE.max);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
