import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_STOP } from '../../../src/estimators/estimate';
import { ALPHAS, allowedCap, KINDS_OF_CAP } from '../../../src/estimators/stopping/allowed';
import { divergence } from '../../../src/estimators/stopping/chernoff';
import { nextLook, type StopDesign } from '../../../src/estimators/stopping/looks';
import { PathValues } from '../../../src/estimators/stopping/path-values';
import {
  copiesAtMost,
  endLimits,
  isEnd,
  isPrecise,
  planStop,
  provenPlan,
  type StopPlan,
} from '../../../src/estimators/stopping/plan';
import { CAPPED, OPEN } from '../../../src/estimators/stopping/z-table';

interface End {
  readonly k: number;
  readonly n: number;
  readonly probability: number;
}

/** Ways of less probability than this are left out: fewer than 1e-15 in all. */
const NONE = 1e-21;

/** The exact distribution of the end of counting: copy by copy, by nothing but the definition of the rule. */
function endsAt(design: StopDesign, p: number): End[] {
  const ends: End[] = [];
  const mass = new Float64Array(design.cap + 2);
  mass[0] = 1;
  let [low, high] = [0, 0];
  let look = nextLook(design, 0);
  for (let n = 1; low <= high; n++) {
    high++;
    for (let k = high; k >= low; k--) {
      mass[k] = (mass[k] as number) * (1 - p) + (k > low ? (mass[k - 1] as number) * p : 0);
    }
    for (let k = low; n === look && k <= high; k++) {
      if (!isEnd(design, k, n)) continue;
      ends.push({ k, n, probability: mass[k] as number });
      mass[k] = 0;
    }
    if (n === look) look = nextLook(design, n);
    while (low <= high && (mass[low] as number) < NONE) mass[low++] = 0;
    while (low <= high && (mass[high] as number) < NONE) mass[high--] = 0;
  }
  return ends;
}

const expectation = (ends: readonly End[], of: (end: End) => number): number =>
  ends.reduce((sum, end) => sum + end.probability * of(end), 0);

/** The exact probability that the interval at the end contains p. */
function coverage(plan: StopPlan, values: PathValues, p: number, alpha = 0.05): number {
  return expectation(endsAt(plan, p), ({ k, n }) => {
    const limits = endLimits(plan, k, n, alpha, values.at(k, n));
    if (limits === null) throw new Error(`no limits at ${alpha}`);
    return limits.lo <= p && p <= limits.hi ? 1 : 0;
  });
}

const grid = (count: number): number[] => Array.from({ length: count }, (_, i) => (i + 0.5) / count);

describe('a planned stop by precision', () => {
  it.each([
    // Ends at the first looks, on a grid finer than 1/(4n).
    { halfWidth: 0.0625, maxSamples: 20_000, ps: grid(1030) },
    { halfWidth: 0.05, maxSamples: 20_000, ps: grid(51) },
    { halfWidth: 0.25, maxSamples: 20_000, ps: grid(100) },
    // Between entries of the table.
    { halfWidth: 0.0485, maxSamples: 20_000, ps: grid(51) },
    { halfWidth: 0.0339, maxSamples: 20_000, ps: grid(31) },
    // Near where the tightest coverage of the default is, and where few failures are seen.
    { ...DEFAULT_STOP, ps: [0.0005, 0.008, 0.0201, 0.0318, 0.2036, 0.2112, 0.2495, 0.2561, 0.4999] },
    // The cap binds, at a look and between looks.
    { halfWidth: 0.02, maxSamples: 512, ps: grid(51) },
    { halfWidth: 0.02, maxSamples: 600, ps: grid(51) },
    { halfWidth: 0.03, maxSamples: 1000, ps: grid(31) },
    { halfWidth: 0.001, maxSamples: 300, ps: grid(201) },
    { halfWidth: 0.02, maxSamples: 37, ps: grid(200) },
    { halfWidth: 0.02, maxSamples: 1, ps: grid(100) },
  ])('covers every p at 95 %, exactly: ± $halfWidth, at most $maxSamples copies', (rule) => {
    const plan = planStop(rule as { halfWidth: number; maxSamples: number });
    const values = new PathValues(plan);
    for (const p of rule.ps) {
      // The rule is the same for successes and failures.
      if (p > 0.5) continue;
      expect(coverage(plan, values, p), `p = ${p}`).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('covers at 1 - alpha/m where m are judged together, for m of the table and between them', () => {
    for (const rule of [
      { halfWidth: 0.05, maxSamples: 20_000 },
      { halfWidth: 0.05, maxSamples: 400 },
    ]) {
      const plan = planStop(rule);
      const values = new PathValues(plan);
      for (const m of [2, 5, 24, 30, 1000]) {
        for (const p of grid(15)) {
          expect(coverage(plan, values, p, 0.05 / m), `p = ${p}, m = ${m}`).toBeGreaterThanOrEqual(
            1 - 0.05 / m,
          );
        }
      }
    }
    expect(planStop({ halfWidth: 0.05, maxSamples: 2000 }).halfWidthAt(10, 256, 1e-9)).toBeNull();
  });

  it('is not much wider than it need be: some p is hardly covered', () => {
    const plan = planStop({ halfWidth: 0.05, maxSamples: 20_000 });
    const least = Math.min(
      ...[0.2, 0.25, 0.3, 0.33, 0.37, 0.4, 0.45].map((p) => coverage(plan, new PathValues(plan), p)),
    );
    expect(least).toBeLessThan(0.97);
  });

  it('takes about a quarter of the copies of a confidence sequence by default', () => {
    const plan = planStop({ halfWidth: 0.02, maxSamples: 20_000 });
    const copies = (p: number) => expectation(endsAt(plan, p), ({ n }) => n);
    expect(copies(0.5)).toBeCloseTo(2560, 0);
    expect(copies(0.9)).toBeLessThan(1060);
    expect(copies(0.99)).toBeLessThan(330);
  });

  it.each([
    { halfWidth: 0.02, maxSamples: 20_000 },
    { halfWidth: 0.05, maxSamples: 300 },
    { halfWidth: 0.02, maxSamples: 600 },
  ])('has a value that is p on average, exactly: ± $halfWidth, at most $maxSamples copies', (rule) => {
    const plan = planStop(rule);
    const values = new PathValues(plan);
    for (const p of [0.03, 0.5, 0.9, 0.99, 0.995]) {
      const ends = endsAt(plan, p);
      expect(expectation(ends, () => 1)).toBeCloseTo(1, 12);
      expect(expectation(ends, ({ k, n }) => values.at(k, n))).toBeCloseTo(p, 12);
    }
    // The share is not: the test can fail.
    if (rule.maxSamples > 600) {
      expect(expectation(endsAt(plan, 0.98), ({ k, n }) => k / n) - 0.98).toBeGreaterThan(1e-4);
    }
  });

  it('is h to each side, within [0, 1] and around its value; wider only at the cap, where that is said', () => {
    const plan = planStop({ halfWidth: 0.02, maxSamples: 600 });
    const values = new PathValues(plan);
    for (const { k, n } of [...endsAt(plan, 0.5), ...endsAt(plan, 0.98)]) {
      const p = values.at(k, n);
      const { lo, hi } = endLimits(plan, k, n, 0.05, p) ?? { lo: 1, hi: 0 };
      const share = k / n;
      const width = plan.halfWidthAt(k, n, 0.05) as number;
      expect(lo).toBe(Math.max(0, Math.min(p, share - width)));
      expect(hi).toBe(Math.min(1, Math.max(p, share + width)));
      if (isPrecise(plan, k, n)) expect(width).toBe(0.02);
      else expect(width > 0.02 && n === 600).toBe(true);
    }
  });

  it('knows z whether the cap can bind or not', () => {
    for (const halfWidth of [0.005, 0.006, 0.0074, 0.01, 0.0109, 0.0249, 0.06]) {
      const open = OPEN.findLast((row) => row.halfWidth <= halfWidth);
      if (open === undefined) throw new Error('no row');
      const most = copiesAtMost(open);
      for (const [i, { from, to }] of KINDS_OF_CAP.entries()) {
        const capped = CAPPED[i]?.rows.findLast((row) => row.halfWidth <= halfWidth);
        if (from >= most || capped === undefined) {
          expect(from).toBeGreaterThanOrEqual(most);
          continue;
        }
        // Caps were looked at up to where they cease to bind.
        expect(Math.min(to, copiesAtMost(capped))).toBeGreaterThanOrEqual(Math.min(to, most));
      }
    }
    for (const { thousandZ: z } of [...OPEN, ...CAPPED.flatMap(({ rows }) => rows)]) {
      expect(z).toHaveLength(ALPHAS.length);
      for (const [i, value] of z.entries()) expect(value).toBeGreaterThanOrEqual(z[i - 1] ?? 1900);
    }
  });

  it('cuts a cap that can bind to one that z is known for, by 5 % at most', () => {
    for (const most of [1, 255, 256, 600, 999, 1000, 1049, 20_000, 40_499]) {
      const { cap } = planStop({ halfWidth: 0.005, maxSamples: most });
      expect(cap).toBe(allowedCap(most));
      expect(cap <= most && cap > 0.95 * most).toBe(true);
    }
    expect(planStop({ halfWidth: 0.02, maxSamples: 20_001 }).cap).toBe(20_001);
    expect(planStop({ halfWidth: 0.001, maxSamples: 123_457 }).cap).toBe(123_457);
  });
});

describe('the proven stop', () => {
  it.each([
    { halfWidth: 0.06, cap: 20_000 },
    { halfWidth: 0.06, cap: 700 },
    { halfWidth: 0.02, cap: 300 },
  ])('covers every p: ± $halfWidth, at most $cap copies', ({ halfWidth, cap }) => {
    const plan = provenPlan(halfWidth, cap);
    const values = new PathValues(plan);
    for (const p of [0.001, 0.01, 0.0599, 0.0601, 0.08, 0.15, 0.31, 0.4999]) {
      expect(coverage(plan, values, p), `p = ${p}`).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('takes the place of the table where the cap is too large for it', () => {
    for (const halfWidth of [0.0049, 0.001, 1e-6]) {
      const plan = planStop({ halfWidth, maxSamples: 1_000_000 });
      const n = 102_400;
      const boundary = plan.boundary(n);
      const enough = Math.log(2 / 0.05) / n;
      const meets = (k: number) =>
        Math.min(divergence(k / n, halfWidth), divergence(k / n, -halfWidth)) >= enough;
      for (let k = 0; k <= boundary; k += 97) expect(meets(k)).toBe(true);
      if (boundary < n / 2 - 1) expect(meets(boundary + 1)).toBe(false);
      expect(plan.halfWidthAt(5, n, 0.05 / 24)).toBeNull();
    }
  });

  it('has divergences that do not cancel', () => {
    expect(divergence(0.3, 0.1)).toBeCloseTo(0.3 * Math.log(0.3 / 0.4) + 0.7 * Math.log(0.7 / 0.6), 14);
    expect(divergence(0.3, 1e-7) / (1e-14 / 0.42)).toBeCloseTo(1, 5);
    expect(divergence(0, 0.2)).toBeCloseTo(-Math.log(0.8), 14);
    expect(divergence(0.9, 0.2)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the value of an end', () => {
  const design: StopDesign = { cap: 600, boundary: (n) => (n >= 512 ? 60 : 12) };

  /** Numbers of paths to each k, exactly, from some start on. */
  function paths(start: { n: number; k: number }): Map<string, bigint> {
    const found = new Map<string, bigint>();
    let ways: bigint[] = [];
    ways[start.k] = 1n;
    for (let n = start.n + 1; n <= 600; n++) {
      const next: bigint[] = [];
      for (let k = 0; k <= n; k++) next[k] = (ways[k] ?? 0n) + (ways[k - 1] ?? 0n);
      if (n % 256 === 0 || n === 600) {
        for (let k = 0; k <= n; k++) {
          if (!isEnd(design, k, n)) continue;
          found.set(`${k} of ${n}`, next[k] ?? 0n);
          next[k] = 0n;
        }
      }
      ways = next;
    }
    return found;
  }

  let all: Map<string, bigint>;
  let beginning: Map<string, bigint>;
  beforeAll(() => {
    all = paths({ n: 0, k: 0 });
    beginning = paths({ n: 1, k: 1 });
  });

  it('is the share of paths that begin with a success, counted one by one', () => {
    const values = new PathValues(design);
    let compared = 0;
    for (const [end, count] of all) {
      if (count === 0n) continue;
      const [k = 0, n = 0] = end.split(' of ').map(Number);
      const exact = Number(((beginning.get(end) ?? 0n) * 10n ** 18n) / count) / 1e18;
      expect(values.at(k, n)).toBeCloseTo(exact, 11);
      compared++;
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('is the same in whatever order ends are asked for', () => {
    const values = new PathValues(design);
    const late = values.at(300, 600);
    expect(values.at(5, 256)).toBe(new PathValues(design).at(5, 256));
    expect(values.at(300, 600)).toBe(late);
    expect(values.at(251, 256) + values.at(5, 256)).toBeCloseTo(1, 15);
  });
});
