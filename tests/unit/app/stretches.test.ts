import { describe, expect, it } from 'vitest';
import { stretchesOf, whereOf } from '../../../src/app/ui/stretches';

const SIGMAS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const among = (belonging: readonly number[]) => (sigma: number) => belonging.includes(sigma);

describe('stretches of radii', () => {
  it('reach as far as neighbours belong', () => {
    expect(stretchesOf(SIGMAS, among([0.1, 0.2, 0.5, 0.7, 0.8]))).toEqual([
      { from: 0.1, to: 0.2 },
      { from: 0.5, to: 0.5 },
      { from: 0.7, to: 0.8 },
    ]);
    expect(stretchesOf(SIGMAS, () => false)).toEqual([]);
  });

  it('are named one by one, and counted where they are many', () => {
    expect(whereOf(SIGMAS, among([0.1, 0.2, 0.5, 0.7, 0.8]))).toBe(
      'from σ = 0.1 to 0.2, at σ = 0.5, and from σ = 0.7 to 0.8',
    );
    expect(whereOf(SIGMAS, among([0.1, 0.3, 0.5, 0.7]))).toBe(
      'at 4 of 8 noise levels between σ = 0.1 and 0.7',
    );
    expect(whereOf(SIGMAS, () => false)).toBe('');
  });
});
