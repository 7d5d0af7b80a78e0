/**
 * Computes z of the planned stop by precision and writes it to src/estimators/stopping/z-table.ts. Run: npm run stop-table
 * (some 20 minutes of one core; a number of rows as its argument computes only so many of each part, and writes nothing)
 *
 * The probability of every end of counting is known exactly: the ways there times p^k (1-p)^(n-k). `misses.ts` bounds from
 * it, over all p, how often intervals miss; z is the first on a grid for which that is at most 5 %. A rule without a cap
 * has a z for each half-width; a rule with a cap that can bind has one that holds for all caps of a kind.
 */
import { writeFileSync } from 'node:fs';
import { ALPHAS, allowedCap, KINDS_OF_CAP } from '../../src/estimators/stopping/allowed';
import { cappedEnds, openEnds, type Rule, ruleOf } from './ending';
import { neededMultiples } from './misses';

const OUTPUT = new URL('../../src/estimators/stopping/z-table.ts', import.meta.url);
const ROWS = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);

/** Half-widths of rules whose cap cannot bind. At the largest all counting ends at the first look. */
const OPEN = [
  ...steps(0.005, 0.01, 0.0005),
  ...steps(0.011, 0.03, 0.001),
  ...steps(0.0325, 0.0625, 0.0025),
  0.0125,
].sort((a, b) => b - a);
/** Half-widths of rules whose cap can bind, by kind of cap; at 1e-6 nothing but the cap ends counting. */
const CAPPED = [
  [1e-6],
  [0.056, 0.04, 0.028, 0.02, 0.014, 0.01, 0.007, 0.005, 1e-6],
  [0.028, 0.02, 0.014, 0.01, 0.007, 0.005, 0.0025],
];
/** Cells of p: some for each copy, up to where more do not tighten the bound. */
const CELLS = {
  open: (last: number) => Math.min(16 * last, 80_000),
  capped: (cap: number) => Math.min(4 * cap + 4000, 20_000),
};
/** Where the search for z begins, and its steps. */
const SEARCH = {
  open: { wide: 1.9, narrow: 1.97, step: 0.005 },
  capped: { few: 2.06, many: 2.02, step: 0.02 },
};

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) =>
    Number((from + i * step).toPrecision(6)),
  );
}

interface Row {
  readonly halfWidth: number;
  readonly thousandZ: readonly number[];
}

/** The largest of each place. */
function largest(lists: readonly (readonly number[])[]): number[] {
  return ALPHAS.map((_, i) => Math.max(...lists.map((list) => list[i] as number)));
}

const suffices = (needed: readonly number[]): boolean => (needed[0] as number) < 1 + 1e-9;

/** z at each alpha: the rule's own, then so many times as much; in thousandths, rounded up. */
function toRow(halfWidth: number, z: number, needed: readonly number[]): Row {
  const thousandZ = needed.map((multiple, i) =>
    i === 0 ? Math.round(1000 * z) : Math.ceil(1000 * z * multiple - 1e-6),
  );
  return { halfWidth, thousandZ };
}

function openRow(halfWidth: number): Row {
  const { wide, narrow, step } = SEARCH.open;
  for (let z = halfWidth < 0.03 ? narrow : wide; ; z = Number((z + step).toFixed(3))) {
    const rule = ruleOf(z, halfWidth);
    const ends = openEnds(rule);
    const needed = (stride: number) => neededMultiples(ends, ALPHAS, CELLS.open(rule.last), stride);
    if (!suffices(needed(101)) || !suffices(needed(11))) continue;
    const all = needed(1);
    if (suffices(all)) return toRow(halfWidth, z, all);
  }
}

/** Every cap of a kind that can bind under a rule. */
function capsOf({ last }: Rule, from: number, to: number): number[] {
  const caps = [];
  for (let cap = from; cap < Math.min(to, last); cap++) if (allowedCap(cap) === cap) caps.push(cap);
  return caps;
}

function cappedRow(halfWidth: number, from: number, to: number): Row | null {
  const { few, many, step } = SEARCH.capped;
  for (let z = from < 1000 ? few : many; ; z = Number((z + step).toFixed(2))) {
    const rule = ruleOf(z, halfWidth, to);
    const caps = capsOf(rule, from, to);
    if (caps.length === 0) return null;
    const needed = (every: readonly number[], stride: number) =>
      largest(every.map((cap) => neededMultiples(cappedEnds(rule, cap), ALPHAS, CELLS.capped(cap), stride)));
    const some = caps.filter((_, i) => i % 9 === 0);
    if (!suffices(needed(some, 7)) || !suffices(needed(caps, 17))) continue;
    const all = needed(caps, 1);
    if (suffices(all)) return toRow(halfWidth, z, all);
  }
}

const say = (what: string, { halfWidth, thousandZ }: Row): void => {
  process.stderr.write(`${what} ${halfWidth}: ${thousandZ.join(' ')}\n`);
};

function rowsOf(what: string, halfWidths: readonly number[], find: (halfWidth: number) => Row | null): Row[] {
  const rows = halfWidths.slice(0, ROWS).flatMap((halfWidth) => {
    const row = find(halfWidth);
    if (row === null) return [];
    say(what, row);
    return row;
  });
  return rows.reverse();
}

const literal = (rows: readonly Row[]): string =>
  rows
    .map(
      ({ halfWidth, thousandZ }) =>
        `{ halfWidth: ${halfWidth.toFixed(6)}, thousandZ: [${thousandZ.join(', ')}] },`,
    )
    .join('\n');

const open = rowsOf('no cap', OPEN, openRow);
const capped = KINDS_OF_CAP.map(({ from, to }, i) => ({
  from,
  rows: rowsOf(`cap ${from} to ${to}`, CAPPED[i] ?? [], (halfWidth) => cappedRow(halfWidth, from, to)),
}));

if (ROWS === Number.POSITIVE_INFINITY) {
  writeFileSync(
    OUTPUT,
    `// Written by \`npm run stop-table\`: how z is found stands there.

/** 1000 z of a rule with this half-width, or a larger one whose interval and spread are scaled up, at each of ALPHAS. */
export interface ZRow {
  readonly halfWidth: number;
  readonly thousandZ: readonly number[];
}

/** Rules whose cap never binds, by half-width. */
export const OPEN: readonly ZRow[] = [
${literal(open)}
];

/** Rules whose cap can bind: for caps from \`from\` to the next kind, by half-width. */
export const CAPPED: readonly { readonly from: number; readonly rows: readonly ZRow[] }[] = [
${capped.map(({ from, rows }) => `{ from: ${from}, rows: [\n${literal(rows)}\n] },`).join('\n')}
];
`,
  );
  process.stderr.write('Run npm run format.\n');
}
