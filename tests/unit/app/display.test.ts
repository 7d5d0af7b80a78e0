import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadBoxes, spreadOut } from '../../../src/app/charts/primitives/spread';
import { logit, probabilityScale } from '../../../src/app/charts/probability-scale';
import { cursorStops, nearestIndex, sweepRadii } from '../../../src/app/state/radii';
import { DEFAULT_SETTINGS } from '../../../src/app/state/settings';
import {
  formatBounded,
  formatDifference,
  formatDistance,
  formatDown,
  formatError,
  formatEstimate,
  formatLevel,
  formatLimits,
  formatPercent,
  formatProbability,
  formatPromised,
} from '../../../src/app/ui/format';
import type { Estimate } from '../../../src/estimators/estimate';

const analytical = (sigma: number, p: number): Estimate => ({
  sigma,
  p,
  lo: null,
  hi: null,
  interval: 'none',
  level: null,
  numericalError: 1e-5,
  samplingError: null,
  evaluations: 1,
  gradients: 10,
  ms: 1,
  flags: [],
});

const sampled = (sigma: number, survived: number, samples: number): Estimate => ({
  ...analytical(sigma, survived / samples),
  numericalError: null,
  samplingError: 0.01,
  lo: 0,
  hi: 1,
  evaluations: samples,
  classCounts: [samples - survived, survived],
});

describe('numbers in words', () => {
  it('never claim certainty that was not found', () => {
    expect(formatProbability(1 - 3e-9)).toBe('1 − 3·10⁻⁹');
    expect(formatProbability(0.99996)).toBe('1 − 4·10⁻⁵');
    expect(formatProbability(0.8734)).toBe('0.873');
    expect(formatProbability(0.99951)).toBe('0.9995');
    expect(formatPercent(0.99999)).toBe('> 99.9 %');
    expect(formatEstimate({ ...sampled(0.1, 256, 256), lo: 0.9759 })).toBe('≥ 0.9759');
    expect(formatEstimate({ ...sampled(0.1, 0, 256), hi: 0.0241 })).toBe('≤ 0.0241');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
        const text = formatProbability(p);
        if (p > 0 && p < 1) expect(['0', '1', '0.000', '1.000', '1.0000']).not.toContain(text);
      }),
      { seed: 1 },
    );
  });

  it('round limits outwards', () => {
    expect(formatLimits(0.8539, 0.8901)).toBe('0.853–0.891');
    expect(formatLimits(0.99312, 0.99987)).toBe('0.9931–0.9999');
    expect(formatError(0)).toBe('exact');
    expect(formatError(0.0123)).toBe('± 0.01');
  });
});

describe('distances in words', () => {
  it('are rounded so that what is claimed still holds', () => {
    expect(formatBounded({ relation: '<=', value: 0.92431 }, 3)).toBe('≤ 0.925');
    expect(formatBounded({ relation: '>=', value: 2.489 }, 1)).toBe('≥ 2.4');
    expect(formatBounded({ relation: '=', value: -0.2346 }, 3)).toBe('−0.235');
    expect(formatBounded({ relation: '>=', value: -0.2341 }, 3)).toBe('≥ −0.235');
    expect(formatDown(0.44486, 3)).toBe('0.444');
    expect(formatDistance({ relation: '<=', value: 0.90431 })).toBe('≤ 0.905');
    expect(formatDistance({ relation: '<=', value: 1.9801 })).toBe('≤ 1.99');
    expect(formatDistance({ relation: '=', value: 0.01234 })).toBe('0.0123');
    expect(formatDistance({ relation: '=', value: 0 })).toBe('0.000');
    expect(formatPromised(0.6979)).toBe('0.697');
    expect(formatPromised(12.79)).toBe('12.7');
  });

  it('have their level and sign', () => {
    expect(formatLevel(0.999)).toBe('99.9\u00a0%');
    expect(formatLevel(1 - 0.05)).toBe('95\u00a0%');
    expect(formatDifference(-0.0642)).toBe('−0.064');
    expect(formatDifference(0.3333)).toBe('+0.333');
  });
});

describe('radii', () => {
  const recommended = { min: 0.05, max: 0.8 };

  it('run from end to end of the range, evenly in their logarithm', () => {
    const radii = sweepRadii(DEFAULT_SETTINGS, recommended);
    expect(radii).toHaveLength(12);
    expect([radii[0], radii.at(-1)]).toEqual([0.05, 0.8]);
    const ratios = radii.slice(1).map((radius, i) => radius / (radii[i] as number));
    for (const ratio of ratios) expect(ratio).toBeCloseTo(16 ** (1 / 11), 2);
  });

  it('fall back to the recommended range where the settings contradict it', () => {
    const radii = sweepRadii({ ...DEFAULT_SETTINGS, sigmaMin: 2 }, recommended);
    expect([radii[0], radii.at(-1)]).toEqual([0.05, 0.8]);
  });

  it('are all among the stops of the cursor, which rise', () => {
    const radii = sweepRadii(DEFAULT_SETTINGS, recommended);
    const stops = cursorStops(radii);
    for (const radius of radii) expect(stops[nearestIndex(stops, radius)]).toBe(radius);
    for (const [i, stop] of stops.slice(1).entries()) expect(stop).toBeGreaterThan(stops[i] as number);
  });
});

describe('scales', () => {
  it('logit keeps the order, stays within the frame and puts 0 and 1 at its ends', () => {
    const values = [0.2, 0.9, 0.999];
    const y = probabilityScale('logit', values, 300, 0);
    expect(y(0)).toBe(300);
    expect(y(1)).toBe(0);
    expect(y(0.9)).toBeLessThan(y(0.2));
    expect(logit(0.9)).toBeCloseTo(-logit(0.1), 12);
    for (const { text } of y.ticks) {
      const p = Number(text);
      expect(y(p)).toBeGreaterThanOrEqual(0);
      expect(y(p)).toBeLessThanOrEqual(300);
    }
  });

  it('labels of any sizes are kept apart, in their order and within the frame', () => {
    const label = fc.record({
      at: fc.double({ min: 0, max: 300, noNaN: true }),
      size: fc.constantFrom(17, 32),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 9 }), (labels) => {
        const positions = labels.map(({ at }) => at);
        const sizes = labels.map(({ size }) => size);
        const placed = spreadOut(positions, sizes, 0, 300);
        const order = positions
          .map((_, i) => i)
          .sort((a, b) => (positions[a] as number) - (positions[b] as number));
        for (const [k, i] of order.slice(1).entries()) {
          const before = order[k] as number;
          const apart = ((sizes[i] as number) + (sizes[before] as number)) / 2;
          expect((placed[i] as number) - (placed[before] as number)).toBeGreaterThanOrEqual(apart - 1e-9);
        }
        for (const [i, at] of placed.entries()) {
          expect(at - (sizes[i] as number) / 2).toBeGreaterThanOrEqual(-1e-9);
          expect(at + (sizes[i] as number) / 2).toBeLessThanOrEqual(300 + 1e-9);
        }
      }),
      { seed: 3 },
    );
  });

  it('texts at any place do not overlap, and stay where they are if they need not move', () => {
    const box = fc.record({
      x: fc.double({ min: 0, max: 500, noNaN: true }),
      y: fc.double({ min: 0, max: 300, noNaN: true }),
      width: fc.double({ min: 30, max: 200, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 9 }), (boxes) => {
        const placed = spreadBoxes(boxes, 15, 0, 300);
        for (const [i, a] of boxes.entries()) {
          for (const [j, b] of boxes.entries()) {
            const beside = a.x >= b.x + b.width || b.x >= a.x + a.width;
            if (i < j && !beside) {
              expect(Math.abs((placed[i] as number) - (placed[j] as number))).toBeGreaterThanOrEqual(
                15 - 1e-9,
              );
            }
          }
        }
      }),
      { seed: 4 },
    );
    const apart = [
      { x: 0, y: 100, width: 50 },
      { x: 60, y: 100, width: 50 },
      { x: 0, y: 120, width: 50 },
    ];
    expect(spreadBoxes(apart, 15, 0, 300)).toEqual([100, 100, 120]);
  });
});
