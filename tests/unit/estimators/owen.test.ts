import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../src/estimators/math/normal';
import { owensT } from '../../../src/estimators/math/owen';

/** The defining integral by Simpson's rule. */
function integrated(h: number, a: number): number {
  const intervals = 4000;
  const step = a / intervals;
  const f = (x: number): number => Math.exp(-0.5 * h * h * (1 + x * x)) / (1 + x * x);
  let sum = f(0) + f(a);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * f(i * step);
  return (sum * step) / (6 * Math.PI);
}

describe("Owen's T", () => {
  it('is its defining integral', () => {
    for (const h of [0.01, 0.3, 1, 2, 3.5, 5]) {
      for (const a of [0.05, 0.4, 1, 1.7, 6]) {
        const exact = integrated(h, a);
        expect(Math.abs(owensT(h, a * h) - exact)).toBeLessThan(1e-11);
      }
    }
  });

  it.each([1e-200, 0.2, 1, 2.5, 6])('has its known values at h = %s', (h) => {
    expect(owensT(h, h)).toBeCloseTo(0.5 * normalCdf(h) * normalCdf(-h), 10);
    expect(owensT(h, 1e9)).toBeCloseTo(0.5 * normalCdf(-h), 12);
    expect(owensT(h, 0.7)).toBe(-owensT(h, -0.7));
    expect(owensT(-h, 0.7)).toBe(-owensT(h, 0.7));
  });
});
