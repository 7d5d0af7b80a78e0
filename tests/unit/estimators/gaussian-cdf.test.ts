import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrelationError, gaussianCdf } from '../../../src/estimators/gaussian-cdf';
import { bivariateNormalCdf } from '../../../src/estimators/gaussian-cdf/bivariate';
import { normalCdf } from '../../../src/estimators/math/normal';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import golden from '../../fixtures/golden.json';
import known from '../../fixtures/mvn-cdf.json';

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

/** n x n with 1 on the diagonal and entry(i, j) off it. */
function matrixOf(n: number, entry: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    return i === j ? 1 : entry(i, j);
  });
}

function correlationOf({ dim, R, oneFactor }: Problem): Float64Array {
  if (R) return Float64Array.from(R.flat());
  const b = oneFactor as number[];
  return matrixOf(dim, (i, j) => (b[i] as number) * (b[j] as number));
}

/** Correlations of n random directions in `rank` dimensions: singular where n > rank. */
function randomCorrelation(seed: number, n: number, rank: number): Float64Array {
  const rows = new Float64Array(n * rank);
  new NormalSource(seed, 5).fill(0, rows);
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += (rows[i * rank + k] as number) * (rows[j * rank + k] as number);
    return sum;
  };
  return matrixOf(n, (i, j) => dot(i, j) / Math.sqrt(dot(i, i) * dot(j, j)));
}

const problems = known.problems as Problem[];

describe('known problems', () => {
  it.each(problems.filter(({ kind }) => kind !== 'tail'))('$id within its tolerance', (problem) => {
    const options = {
      absoluteTolerance: Math.min(2e-5, problem.absTol / (problem.dim < 50 ? 5 : 2.5)),
      maxPoints: 1_000_000,
    };
    const { p, logP, fail } = gaussianCdf(problem.z, correlationOf(problem), options);
    expect(Math.abs(p - problem.p)).toBeLessThanOrEqual(problem.absTol);
    expect(Math.abs(logP - problem.logp)).toBeLessThanOrEqual(problem.absTol / problem.p + 1e-12);
    expect(Math.abs(p + fail - 1)).toBeLessThan(1e-12);
  });

  it.each(problems.filter(({ kind }) => kind === 'tail'))('$id to 0.02 in log p', (problem) => {
    const { logP } = gaussianCdf(problem.z, correlationOf(problem));
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
      { maxPoints: n > 500 ? 1536 : 50_000 },
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
      const { p, stdErr } = gaussianCdf([0, 0, 0], R, { absoluteTolerance: 1e-6, maxPoints: 1_000_000 });
      expect(Math.abs(p - angle / (2 * Math.PI))).toBeLessThan(5 * stdErr + 1e-9);
    },
  );

  it('keeps log p where p underflows', () => {
    const { p, logP } = gaussianCdf(
      [-40, -40, -40],
      matrixOf(3, () => 0),
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
        const viaLattice = gaussianCdf([a, b, 3], R, { absoluteTolerance: 1e-6, maxPoints: 1_000_000 });
        const scaled = bivariateNormalCdf(a, b, rho) * normalCdf(3);
        expect(Math.abs(viaLattice.p - scaled)).toBeLessThan(5 * viaLattice.stdErr + 1e-12);
      }
    }
  });
});

describe('properties', () => {
  const options = { maxPoints: 13_000 };
  const problem = fc.record({
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    n: fc.integer({ min: 3, max: 8 }),
    rank: fc.integer({ min: 1, max: 8 }),
    z: fc.array(fc.double({ min: -3, max: 4, noNaN: true }), { minLength: 8, maxLength: 8 }),
  });
  const check = (predicate: (z: number[], R: Float64Array, n: number) => void) =>
    fc.assert(
      fc.property(problem, ({ seed, n, rank, z }) =>
        predicate(z.slice(0, n), randomCorrelation(seed, n, rank), n),
      ),
      { seed: 3, numRuns: 60 },
    );

  it('lies within the Frechet and Bonferroni bounds and is never NaN', () => {
    check((z, R) => {
      const { p, fail, stdErr } = gaussianCdf(z, R, options);
      const singles = z.map(normalCdf);
      const slack = 5 * stdErr + 1e-12;
      expect(p).toBeLessThanOrEqual(Math.min(...singles) + slack);
      expect(p).toBeGreaterThanOrEqual(1 - singles.reduce((sum, value) => sum + 1 - value, 0) - slack);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(Math.abs(p + fail - 1)).toBeLessThan(1e-9);
    });
  });

  it('grows with each limit', () => {
    check((z, R) => {
      const base = gaussianCdf(z, R, options);
      const raised = gaussianCdf(
        z.map((value, i) => (i === 0 ? value + 0.5 : value)),
        R,
        options,
      );
      expect(raised.p).toBeGreaterThanOrEqual(base.p - 5 * Math.hypot(base.stdErr, raised.stdErr) - 1e-12);
    });
  });

  it('does not depend on the order of the variables', () => {
    check((z, R, n) => {
      const order = Array.from({ length: n }, (_, i) => (i * 5 + 2) % n);
      if (new Set(order).size < n) return;
      const a = gaussianCdf(z, R, options);
      const permuted = order.map((i) => z[i] as number);
      const b = gaussianCdf(
        permuted,
        matrixOf(n, (i, j) => R[(order[i] as number) * n + (order[j] as number)] as number),
        options,
      );
      expect(Math.abs(a.p - b.p)).toBeLessThan(6 * Math.hypot(a.stdErr, b.stdErr) + 1e-9);
    });
  });

  it('does not change when a constraint is stated twice, or with an infinite limit', () => {
    check((z, R, n) => {
      const source = (i: number): number => (i < n ? i : 0);
      const twice = matrixOf(n + 1, (i, j) => R[source(i) * n + source(j)] as number);
      const a = gaussianCdf(z, R, options);
      const b = gaussianCdf([...z, z[0] as number], twice, options);
      const c = gaussianCdf([...z, Number.POSITIVE_INFINITY], twice, options);
      expect(Math.abs(a.p - b.p)).toBeLessThan(6 * Math.hypot(a.stdErr, b.stdErr) + 1e-9);
      expect(Math.abs(a.p - c.p)).toBeLessThan(6 * Math.hypot(a.stdErr, c.stdErr) + 1e-9);
    });
  });

  it('agrees with plain sampling on singular problems', () => {
    const draws = 40_000;
    for (const seed of [1, 2, 3, 4]) {
      const [n, rank] = [7, 3];
      const rows = new Float64Array(n * rank);
      new NormalSource(seed, 5).fill(0, rows);
      const R = randomCorrelation(seed, n, rank);
      const z = [0.4, 1.1, -0.2, 0.8, 2, 0.1, 1.4];
      const source = new NormalSource(99, 0);
      const y = new Float64Array(rank);
      let inside = 0;
      for (let s = 0; s < draws; s++) {
        source.fill(s, y);
        const holds = z.every((limit, i) => {
          const row = rows.subarray(i * rank, (i + 1) * rank);
          const norm = Math.hypot(...row);
          return row.reduce((sum, value, k) => sum + value * (y[k] as number), 0) / norm <= limit;
        });
        if (holds) inside++;
      }
      const { p, stdErr } = gaussianCdf(z, R, options);
      expect(Math.abs(p - inside / draws)).toBeLessThan(
        4.5 * Math.hypot(stdErr, Math.sqrt((p * (1 - p)) / draws)),
      );
    }
  });
});

describe('the standard error', () => {
  it.each(['margins-30', 'margins-32', 'one-factor-16'])('is honest on %s', (id) => {
    const problem = problems.find((one) => one.id === id) as Problem;
    const R = correlationOf(problem);
    const exact = gaussianCdf(problem.z, R, { absoluteTolerance: 1e-7, maxPoints: 2_000_000 }).p;
    const runs = 100;
    let sum = 0;
    for (let seed = 0; seed < runs; seed++) {
      const { p, stdErr } = gaussianCdf(problem.z, R, { seed });
      sum += ((p - exact) / stdErr) ** 2;
    }
    // Errors over standard errors from 12 shifts follow Student's t with 11 degrees of freedom: mean square 11/9,
    // and the mean of 100 of them scatters by about 0.25.
    expect(sum / runs).toBeLessThan(11 / 9 + 4 * 0.25);
  });
});

describe('bad input', () => {
  it('names the eigenvalue of a matrix that is no correlation matrix', () => {
    const R = matrixOf(3, (i, j) => (i + j === 1 ? 0.9 : i + j === 2 ? 0.9 : -0.9));
    expect(() => gaussianCdf([0, 0, 0], R)).toThrow(/smallest eigenvalue is -0\.8/);
    expect(() => gaussianCdf([0, 0, 0], R)).toThrow(CorrelationError);
  });

  it('takes the rounding of a float32 Gram matrix as zero', () => {
    const exact = randomCorrelation(5, 9, 4);
    const rounded = exact.map((value, k) => (k % 10 === 0 ? 1 : value * (1 + 3e-7 * Math.sin(7 * k))));
    for (let i = 0; i < 9; i++) for (let j = 0; j < i; j++) rounded[i * 9 + j] = rounded[j * 9 + i] as number;
    const z = [1, 0.5, 0.7, 2, 1.5, 0.2, 1.1, 0.9, 1.3];
    const a = gaussianCdf(z, exact);
    const b = gaussianCdf(z, rounded);
    // Clipping moves a limit by up to the square root of the rounding: 1e-3 of a standard deviation.
    expect(Math.abs(a.p - b.p)).toBeLessThan(1e-3);
  });

  it.each([
    [
      [0, 0],
      [1, 0.5, 0.5],
    ],
    [
      [0, 0],
      [1, 0.5, 0.4, 1],
    ],
    [
      [0, 0],
      [1, 1.5, 1.5, 1],
    ],
    [
      [0, 0],
      [2, 0, 0, 1],
    ],
    [
      [0, 0],
      [1, Number.NaN, Number.NaN, 1],
    ],
  ])('refuses z = %j with R = %j', (z, R) => {
    expect(() => gaussianCdf(z, R)).toThrow(CorrelationError);
  });

  it('refuses a limit that is not a number and honours infinite ones', () => {
    expect(() => gaussianCdf([Number.NaN], [1])).toThrow(RangeError);
    expect(gaussianCdf([Number.NEGATIVE_INFINITY, 1], [1, 0, 0, 1])).toMatchObject({ p: 0, fail: 1 });
    expect(gaussianCdf([Number.POSITIVE_INFINITY], [1])).toMatchObject({ p: 1, fail: 0 });
    expect(gaussianCdf([], [])).toMatchObject({ p: 1, fail: 0 });
  });
});
