import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { bivariateNormalCdf } from '../../../src/estimators/gaussian-cdf/bivariate';
import { Polygon } from '../../../src/estimators/gaussian-cdf/polygon';
import { normalCdf } from '../../../src/estimators/math/normal';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import { expectHonest } from '../../support/calibration';
import { matrixOf, randomCorrelation } from '../../support/correlations';
import { repeats } from '../../support/repeats';

interface Line {
  readonly angle: number;
  readonly offset: number;
}

function failure(lines: readonly Line[]): number {
  const polygon = new Polygon(
    lines.map(({ angle }) => ({ normalX: Math.cos(angle), normalY: Math.sin(angle) })),
  );
  return polygon.failure(
    Float64Array.from(lines, ({ offset }) => offset),
    0,
    1,
  );
}

const angle = fc.double({ min: -7, max: 7, noNaN: true });
const offset = fc.double({ min: -5, max: 5, noNaN: true });
const checked = { seed: 5, numRuns: 500 };

describe('the probability of leaving a polygon', () => {
  it('is that of two variables for two half-planes', () => {
    fc.assert(
      fc.property(angle, angle, offset, offset, (a, b, h, k) => {
        // Nearer to each other than this, the cosine does not tell the angle.
        fc.pre(Math.abs(Math.sin(a - b)) > 1e-4);
        const exact = normalCdf(-h) + normalCdf(-k) - bivariateNormalCdf(-h, -k, Math.cos(a - b));
        const lines = [
          { angle: a, offset: h },
          { angle: b, offset: k },
        ];
        expect(Math.abs(failure(lines) - exact)).toBeLessThan(1e-11);
      }),
      checked,
    );
  });

  it('is a product for a rectangle, whichever way it is turned and whatever else contains it', () => {
    const sides = fc.tuple(offset, offset, offset, offset);
    fc.assert(
      fc.property(angle, sides, fc.array(angle, { maxLength: 6 }), (turn, [e, n, w, s], others) => {
        const lines = [e, n, w, s].map((side, i) => ({ angle: turn + (i * Math.PI) / 2, offset: side }));
        // Half-planes through the corner farthest in their direction, or beyond it.
        for (const [i, other] of others.entries()) {
          const [x, y] = [Math.cos(other - turn), Math.sin(other - turn)];
          const farthest = (x > 0 ? e * x : -w * x) + (y > 0 ? n * y : -s * y);
          lines.push({ angle: other, offset: farthest + 0.5 * (i % 3) });
        }
        const width = e > -w ? normalCdf(e) - normalCdf(-w) : 0;
        const height = n > -s ? normalCdf(n) - normalCdf(-s) : 0;
        expect(Math.abs(1 - failure(lines) - width * height)).toBeLessThan(1e-9);
      }),
      checked,
    );
  });

  it('is one where no point satisfies all', () => {
    const third = (2 * Math.PI) / 3;
    expect(failure([0, 1, 2].map((i) => ({ angle: i * third, offset: -0.1 })))).toBe(1);
    expect(
      failure([
        { angle: 0, offset: -1 },
        { angle: Math.PI, offset: 0.5 },
      ]),
    ).toBe(1);
  });

  it('is that of the tightest of parallel half-planes', () => {
    const lines = [2, 0.5, 1].map((h) => ({ angle: 1.1, offset: h }));
    expect(failure(lines)).toBeCloseTo(normalCdf(-0.5), 12);
  });
});

const SEEDS = repeats(10, 30);

describe('matrices of low rank', () => {
  it('are integrated exactly at rank 2', () => {
    const angles = [-0.9, -0.2, 0.1, 0.5, 1.3];
    const R = matrixOf(5, (i, j) => Math.cos((angles[i] as number) - (angles[j] as number)));
    const { p, stdErr } = gaussianCdf(new Float64Array(5), R);
    // The half-planes through the centre leave a wedge between the two outermost.
    expect(p).toBeCloseTo((Math.PI - 2.2) / (2 * Math.PI), 10);
    expect(stdErr).toBe(0);
  });

  it.each([
    [6, 3, 0.7],
    [8, 4, 1],
    [9, 5, 1],
    [9, 5, 3],
  ])('leave the error honest: %s variables of rank %s about %s', (n, rank, centre) => {
    const scores: number[] = [];
    const random = new Float64Array(n);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const R = randomCorrelation(seed, n, rank);
      new NormalSource(seed, 8).fill(0, random);
      const z = Array.from(random, (value) => centre + 0.5 * value);
      const long = {
        absoluteTolerance: 1e-5,
        relativeTolerance: 1,
        maxPoints: 2_000_000,
        closedForms: false,
      };
      const lattice = gaussianCdf(z, R, long);
      const { p, stdErr } = gaussianCdf(z, R, { seed, absoluteTolerance: 1e-3, relativeTolerance: 1 });
      if (lattice.p > 1e-3) scores.push((p - lattice.p) / Math.hypot(stdErr, lattice.stdErr));
    }
    expect(scores.length).toBeGreaterThan(SEEDS / 2);
    expectHonest(scores);
  });
});
