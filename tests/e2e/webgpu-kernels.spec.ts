import { readFileSync } from 'node:fs';
import { philoxBlock, philoxKeySchedule } from '../../src/estimators/noise/philox';
import { oneFactorCorrelation } from '../support/correlations';
import { expect, test } from './fixtures';
import { type CallHarness, openHarness } from './support/open-harness';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
const golden = fixture('golden.json');

/** The accuracy that normals of another machine must have. */
const NORMAL_TOLERANCE = 1e-5;

let harness: CallHarness;
test.describe.configure({ timeout: 240_000 });

test.beforeEach(async ({ page }) => {
  harness = await openHarness(page);
});

test.afterEach(async () => {
  expect(await harness('end')).toEqual({ troubles: [], tensors: 0 });
});

test('Philox gives the published words, and the words of the CPU', async () => {
  const parse = (words: string[]): number[] => words.map((word) => Number.parseInt(word, 16));
  const published = golden.philox4x32_10 as { counter: string[]; key: string[]; words: string[] }[];
  const blocks = published.map(({ counter, key }) => [...parse(counter), ...parse(key)]);
  const words = published.flatMap((each) => parse(each.words));
  const out = new Uint32Array(4);
  for (let i = 0; i < 200; i++) {
    const [a, b, c, d, e, f] = Array.from({ length: 6 }, (_, k) => Math.imul(0x9e3779b1, 6 * i + k) >>> 0);
    const block = [a, b, c, d, e, f] as number[];
    blocks.push(block);
    philoxBlock(
      philoxKeySchedule(e as number, f as number),
      a as number,
      b as number,
      c as number,
      d as number,
      out,
    );
    words.push(...out);
  }
  expect(await harness('philox', blocks)).toEqual(words);
});

test('normals are those of golden.json, also where the uniforms come close to 0 and 1', async () => {
  const cases = golden.noise.cases as { seed: number; sample: number; stream: number; first8: number[] }[];
  for (const { seed, sample, stream, first8 } of cases) {
    const found = await harness('noise', { seed, stream, firstSample: sample, count: 1 }, 8);
    for (const [i, value] of first8.entries()) {
      expect(Math.abs((found.first8[0]?.[i] as number) - value)).toBeLessThan(NORMAL_TOLERANCE);
    }
  }
  const edges = [0, 1, 2, 2 ** 22, 2 ** 23 - 1, 2 ** 23, 2 ** 23 + 1, 3 * 2 ** 22, 2 ** 24 - 2, 2 ** 24 - 1];
  const pairs = edges.flatMap((m) => edges.map((n) => [m, n] as const));
  const found = await harness(
    'normalsOfWords',
    pairs.flatMap(([m, n]) => [m * 256 + 255, n * 256, n * 256, m * 256]),
  );
  const exact = pairs.flatMap(([m, n]) =>
    [[m, n] as const, [n, m] as const].flatMap(([a, b]) => {
      const radius = Math.sqrt(-2 * Math.log((a + 0.5) / 2 ** 24));
      const angle = (2 * Math.PI * (b + 0.5)) / 2 ** 24;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
  );
  expect(found).toHaveLength(exact.length);
  for (const [i, value] of exact.entries()) {
    expect(Math.abs((found[i] as number) - value)).toBeLessThan(NORMAL_TOLERANCE);
  }
});

test('noisy copies and projections are those of the CPU, whatever the batch', async () => {
  for (const count of [5, 70]) {
    // Beyond 2^32 the sample's number has a second word.
    const samples = { seed: 123_456_789_012_345, stream: 2, firstSample: 2 ** 32 - 3, count };
    const { plain, shifted } = await harness('noise', samples, 211);
    expect(plain).toBeLessThan(NORMAL_TOLERANCE);
    expect(shifted).toBeLessThan(NORMAL_TOLERANCE);
    // Of length 1 each: the errors of the normals and of float32 sums add up as random ones do.
    expect(await harness('projections', samples, 211, 5)).toBeLessThan(NORMAL_TOLERANCE);
  }
});

test('calls know ties, their margins, and what is no number', async () => {
  const logits = [
    [1, 2, 0],
    [2, 2, 1],
    [3, 2, 1],
    [0, 2, 2],
    [1, Number.NaN, 0],
    [1, 0, Number.POSITIVE_INFINITY],
  ];
  expect(await harness('calls', logits, 0)).toEqual({
    called: [1, 1, 0, 1, -1, -1],
    margins: [-1, 0, 1, -2, null, null],
  });
  expect(await harness('calls', logits.slice(0, 4), 2)).toEqual({
    called: [1, 0, 0, 1],
    margins: [-2, -1, -2, 0],
  });
});

test('Jacobians, averages and Gram matrices are those of float64 up to rounding', async () => {
  const inputs = (golden.convNet.cases as { x: number[] }[]).slice(0, 3).flatMap(({ x }) => x);
  // One backward pass for all, several for one input, several inputs at a time.
  for (const rows of [128, 2, 10]) {
    const found = await harness('convolutional', inputs, rows);
    expect(found.logits).toBeLessThan(1e-5);
    expect(found.jacobian).toBeLessThan(1e-5);
    expect(found.gram).toBeLessThan(1e-5);
  }
  // Few classes by a kernel of our own, many by tfjs's product.
  for (const K of [3, 40]) {
    const found = await harness('linear', K, 50);
    expect(Math.max(found.logits, found.jacobian)).toBeLessThan(1e-4);
    expect(found.gram).toBeLessThan(1e-5);
  }
});

interface Known {
  readonly id: string;
  readonly kind: string;
  readonly dim: number;
  readonly z: number[];
  readonly R?: number[][];
  readonly oneFactor?: number[];
  readonly p: number;
}

test('Gaussian CDFs of up to 99 variables', async () => {
  const known = (fixture('mvn-cdf.json').problems as Known[]).filter(
    ({ kind, dim }) => kind !== 'tail' && dim > 2 && dim <= 99,
  );
  const problems = known.map(({ z, R, oneFactor }) => ({
    z,
    correlation: [...(R?.flat() ?? oneFactorCorrelation(oneFactor as number[]))],
  }));
  expect(known.length).toBeGreaterThan(20);
  // What float32 costs, on the same points; FLOAT32_ERROR promises ten times as much.
  const rounding = await harness('samePoints', problems, 512);
  for (const [i, { id }] of known.entries()) {
    const { device, fail, exact, sameCount } = rounding[i] as (typeof rounding)[number];
    expect(sameCount, id).toBe(true);
    expect(Math.abs((device as number) - exact), id).toBeLessThan(1e-7 * 3);
    expect(Math.abs((device as number) + (fail as number) - 1), id).toBeLessThan(1e-6);
  }
  const found = await harness('gaussianCdfs', problems);
  for (const [i, { id, p }] of known.entries()) {
    const result = found[i];
    expect(result, id).not.toBeNull();
    expect(Math.abs((result?.p ?? Number.NaN) - p), id).toBeLessThan(3e-4);
    expect(Math.abs((result?.p ?? Number.NaN) - p), id).toBeLessThan(6 * (result?.stdErr ?? 0));
  }
});
