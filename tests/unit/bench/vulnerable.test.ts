import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../bench/findings/plan';
import type { CaseSet, Survey } from '../../../bench/findings/results';
import { vulnerableSection } from '../../../bench/findings/sections/vulnerable';
import { overlapOfLowest, vulnerablePoints } from '../../../bench/findings/vulnerable';
import { UniformSource } from '../../../src/statistics';

const RESAMPLES = 200;
const subject = (id: string, ordinary = id): Subject => ({ card: { id }, ordinary }) as unknown as Subject;
const uniforms = (seed: number, count: number): Float64Array => {
  const source = new UniformSource(seed);
  return Float64Array.from({ length: count }, () => source.next());
};

const survey = (of: Subject, p: Float64Array, sigma: number): Survey =>
  ({ subject: of, sigma, p, copies: 100 }) as unknown as Survey;
const caseSet = (of: Subject, p: Float64Array, basis: 'matched' | 'equal'): CaseSet =>
  ({ subject: of, radius: { sigma: 0.5, level: 0.75, basis }, p }) as unknown as CaseSet;

const P = uniforms(1, 300);
const [PLAIN, ROBUST] = [subject('plain'), subject('robust', 'plain')];
const all = Uint32Array.from({ length: P.length }, (_, i) => i);

describe('vulnerable images', () => {
  it('are all shared by a model with itself, and about a tenth by two that have nothing in common', () => {
    expect(overlapOfLowest(P, P, all)).toBe(1);
    const chance = overlapOfLowest(P, uniforms(2, P.length), all);
    // 30 draws without replacement, of which a tenth hits: standard deviation below 0.055.
    expect(Math.abs(chance - 0.1)).toBeLessThan(5 * 0.055);
  });

  it('are fewer on a model whose every p is higher, and the same ones', () => {
    const raised = P.map((p) => Math.sqrt(p));
    const surveys = [survey(PLAIN, P, 0.5), survey(ROBUST, P, 0.9)];
    const sets = [caseSet(PLAIN, P, 'matched'), caseSet(ROBUST, raised, 'equal')];
    const [found, ...more] = vulnerablePoints(surveys, sets, RESAMPLES);
    expect(more).toEqual([]);
    expect(found?.matched.correlation.value).toBeCloseTo(1, 12);
    expect(found?.matched.overlap.value).toBe(1);
    // Below a half: p < 1/2 against p < 1/4, of uniform ones.
    const [plain, robust] = found?.equal?.shares ?? [];
    for (const [share, expected] of [
      [plain, 0.5],
      [robust, 0.25],
    ] as const) {
      expect(Math.abs((share?.value ?? 0) - expected)).toBeLessThan(4 * Math.sqrt(0.25 / P.length));
    }
    expect(found?.equal?.fewer.lo).toBeGreaterThan(0);
    const { summary } = vulnerableSection(found ? [found] : []);
    expect(summary).toContain('fewer images are vulnerable');
    expect(summary).toContain('100 % on `robust`');
  });

  it('say nothing without a pair', () => {
    expect(vulnerableSection(vulnerablePoints([survey(PLAIN, P, 0.5)], [], RESAMPLES)).summary).toContain(
      'Not measured',
    );
  });
});
