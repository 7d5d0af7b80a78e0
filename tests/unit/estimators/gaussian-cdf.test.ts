import { describe, expect, it } from 'vitest';
import { gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { bivariateNormalCdf } from '../../../src/estimators/gaussian-cdf/bivariate';
import { normalCdf } from '../../../src/estimators/math/normal';
import golden from '../../fixtures/golden.json';
import known from '../../fixtures/mvn-cdf.json';
import { matrixOf, oneFactorCorrelation } from '../../support/correlations';
import { repeats } from '../../support/repeats';

interface Problem {
  readonly id: string;
  readonly kind: string;
  readonly dim: number;
  readonly z: number[];
  readonly R?: number[][];
  readonly oneFactor?: number[];
  readonly p: number;
  readonly logp: number;
  readonly absTol: number;
}

function correlationOf({ R, oneFactor }: Problem): Float64Array {
  if (R) return Float64Array.from(R.flat());
  return oneFactorCorrelation(oneFactor as number[]);
}

const problems = known.problems as Problem[];

/** The lattice alone, and with one-dimensional integrals where there is a single factor. */
describe.each([false, true])('known problems, closed forms: %s', (closedForms) => {
  // Beyond 50 variables the lattice alone takes seconds.
  const most = closedForms ? Number.POSITIVE_INFINITY : repeats(50, Number.POSITIVE_INFINITY);
  const judged = problems.filter(({ kind, dim }) => kind !== 'tail' && dim <= most);
  it.each(judged)('$id within its tolerance', (problem) => {
    const options = {
      absoluteTolerance: Math.min(2e-5, problem.absTol / (problem.dim < 50 ? 5 : 2.5)),
      maxPoints: 1_000_000,
      closedForms,
    };
    const { p, logP, fail } = gaussianCdf(problem.z, correlationOf(problem), options);
    expect(Math.abs(p - problem.p)).toBeLessThanOrEqual(problem.absTol);
    expect(Math.abs(logP - problem.logp)).toBeLessThanOrEqual(problem.absTol / problem.p + 1e-12);
    expect(Math.abs(p + fail - 1)).toBeLessThan(1e-12);
  });

  it.each(problems.filter(({ kind }) => kind === 'tail'))('$id to 0.02 in log p', (problem) => {
    const { logP } = gaussianCdf(problem.z, correlationOf(problem), { closedForms });
    expect(Math.abs(logP - problem.logp)).toBeLessThanOrEqual(0.02);
  });

  it.each(golden.exact.filter(({ kind }) => kind === 'halfspace'))(
    'halfspace a = $a, sigma = $sigma',
    (given) => {
      const { p, fail } = gaussianCdf([(given.a as number) / given.sigma], [1]);
      expect(p).toBeCloseTo(given.p, 14);
      expect(Math.abs(Math.log(fail) - (given.logFail as number))).toBeLessThan(1e-10);
    },
  );

  it.each(golden.exact.filter(({ kind }) => kind === 'identity'))('independent logits, K = $K', (given) => {
    const n = (given.K as number) - 1;
    const z = new Float64Array(n).fill(1.5 / (given.sigma * Math.SQRT2));
    const { p, stdErr } = gaussianCdf(
      z,
      matrixOf(n, () => 0.5),
      { maxPoints: n > 500 ? 1536 : 50_000, closedForms },
    );
    expect(Math.abs(p - given.p)).toBeLessThan(5 * stdErr + 1e-12);
    expect(stdErr).toBeLessThan(1e-3);
  });
});

describe('closed forms', () => {
  it.each([3, 4, 8, 15])('the orthant of equicorrelation 1/2 in %s dimensions is 1/(n+1)', (n) => {
    const { p, stdErr } = gaussianCdf(
      new Float64Array(n),
      matrixOf(n, () => 0.5),
      { closedForms: false },
    );
    expect(Math.abs(p - 1 / (n + 1))).toBeLessThan(5 * stdErr);
    expect(stdErr).toBeLessThanOrEqual(1e-4);
  });

  it.each([4, 8])('a Gaussian random walk stays positive %s steps with probability C(2n,n)/4^n', (n) => {
    const R = matrixOf(n, (i, j) => Math.sqrt((Math.min(i, j) + 1) / (Math.max(i, j) + 1)));
    let exact = 1;
    for (let i = 1; i <= n; i++) exact *= (2 * i - 1) / (2 * i);
    const { p, stdErr } = gaussianCdf(new Float64Array(n), R);
    expect(Math.abs(p - exact)).toBeLessThan(5 * stdErr);
  });

  it.each([0.3, 1.2, 2.9])(
    'a planar wedge of angle %s, with redundant half-planes, has its share of the circle',
    (angle) => {
      // Outer normals of the wedge's two edges and of half-planes that contain the wedge.
      const normals = [angle + Math.PI / 2, -Math.PI / 2, angle / 2 + Math.PI];
      const R = matrixOf(3, (i, j) => Math.cos((normals[i] as number) - (normals[j] as number)));
      const { p, stdErr } = gaussianCdf([0, 0, 0], R, {
        absoluteTolerance: 1e-6,
        maxPoints: 1_000_000,
        closedForms: false,
      });
      expect(Math.abs(p - angle / (2 * Math.PI))).toBeLessThan(5 * stdErr + 1e-9);
    },
  );

  it('keeps log p where p underflows', () => {
    const { p, logP } = gaussianCdf(
      [-40, -40, -40],
      matrixOf(3, () => 0),
      { closedForms: false },
    );
    expect(p).toBe(0);
    expect(logP).toBeCloseTo(3 * -804.608442, 4);
    const pair = gaussianCdf(
      [-40, -40],
      matrixOf(2, () => 0),
    );
    expect(pair.logP).toBeCloseTo(2 * -804.608442, 4);
  });

  it('keeps the digits of 1 - p where p is nearly 1', () => {
    const z = [6, 6.5, 7, 7.5];
    const { fail } = gaussianCdf(
      z,
      matrixOf(4, () => 0),
      { closedForms: false },
    );
    const exact = z.reduce((sum, value) => sum + normalCdf(-value), 0);
    expect(Math.abs(fail / exact - 1)).toBeLessThan(1e-3);
  });
});

describe('bivariate', () => {
  it('agrees with the lattice rule, in value and in the limits of rho', () => {
    for (const [a, b] of [
      [0.3, -1.1],
      [2, 2],
      [-3, 1],
      [1.5, -1.5],
    ] as const) {
      expect(bivariateNormalCdf(a, b, 0)).toBeCloseTo(normalCdf(a) * normalCdf(b), 15);
      expect(bivariateNormalCdf(a, b, 1)).toBeCloseTo(normalCdf(Math.min(a, b)), 13);
      expect(bivariateNormalCdf(a, b, -1)).toBeCloseTo(Math.max(0, normalCdf(a) + normalCdf(b) - 1), 13);
      for (const rho of [-0.999, -0.6, 0.2, 0.95, 0.99999]) {
        // A third variable that is independent and almost free leads through the general path.
        const R = matrixOf(3, (i, j) => (i + j === 1 ? rho : 0));
        const viaLattice = gaussianCdf([a, b, 3], R, {
          absoluteTolerance: 1e-6,
          maxPoints: 1_000_000,
          closedForms: false,
        });
        const scaled = bivariateNormalCdf(a, b, rho) * normalCdf(3);
        expect(Math.abs(viaLattice.p - scaled)).toBeLessThan(5 * viaLattice.stdErr + 1e-12);
      }
    }
  });
});

describe('the standard error', () => {
  it.each(['margins-30', 'margins-32', 'one-factor-16'])('is honest on %s', (id) => {
    const problem = problems.find((one) => one.id === id) as Problem;
    const R = correlationOf(problem);
    const exact = gaussianCdf(problem.z, R, {
      absoluteTolerance: 1e-7,
      maxPoints: 2_000_000,
      closedForms: false,
    }).p;
    const runs = 100;
    let sum = 0;
    for (let seed = 0; seed < runs; seed++) {
      const { p, stdErr } = gaussianCdf(problem.z, R, { seed, closedForms: false });
      sum += ((p - exact) / stdErr) ** 2;
    }
    // Errors over standard errors from 12 shifts follow Student's t with 11 degrees of freedom: mean square 11/9,
    // and the mean of 100 of them scatters by about 0.25.
    expect(sum / runs).toBeLessThan(11 / 9 + 4 * 0.25);
  });
});
