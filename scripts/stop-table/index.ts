/**
 * Computes z of the planned stop by precision and writes it to src/estimators/stopping/z-table.ts. Run: npm run stop-table
 *
 * The probability of every end of counting is known exactly: the ways there times p^k (1-p)^(n-k). `misses.ts` bounds from
 * it, over all p, how often intervals miss; z is the smallest on a grid for which that is at most 5 %. A rule without a cap
 * has a z for each half-width; a rule with a cap that can bind has one that holds for all caps up to the next kind.
 */
import { writeFileSync } from 'node:fs';
import { ALPHAS, allowedCap, KINDS_OF_CAP } from '../../src/estimators/stopping/allowed';
import { cappedEnds, openEnds, type Rule, ruleOf } from './ending';
import { neededMultiples } from './misses';

const OUTPUT = new URL('../../src/estimators/stopping/z-table.ts', import.meta.url);
/** Half-widths of rules whose cap cannot bind. At the largest all counting ends at the first look. */
const OPEN = [
  ...steps(0.005, 0.01, 0.0005),
  ...steps(0.011, 0.03, 0.001),
  ...steps(0.0325, 0.0625, 0.0025),
  0.0125,
].sort((a, b) => a - b);
const CAPPED = [0.001, 0.0025, 0.005, 0.007, 0.01, 0.014, 0.02, 0.028, 0.04, 0.056];
/** Cells of p for one copy. */
const CELLS = { open: 16, capped: 4, least: 4000 } as const;

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) =>
    Number((from + i * step).toPrecision(6)),
  );
}

interface Row {
  readonly halfWidth: number;
  readonly z: readonly number[];
}

const largest = (lists: Iterable<readonly number[]>): number[] => {
  const most = ALPHAS.map(() => 0);
  for (const list of lists)
    for (const [i, value] of list.entries()) most[i] = Math.max(most[i] as number, value);
  return most;
};

const suffices = (needed: readonly number[]): boolean => (needed[0] as number) < 1 + 1e-9;

/** z at each alpha: the rule's own, then so many times as much; rounded up. */
function zRow(z: number, needed: readonly number[]): number[] {
  return needed.map((multiple, i) => (i === 0 ? z : Math.ceil(z * multiple * 1000 - 1e-6) / 1000));
}

function openRow(halfWidth: number): Row {
  for (let z = halfWidth < 0.03 ? 1.97 : 1.9; ; z = Number((z + 0.005).toFixed(3))) {
    const rule = ruleOf(z, halfWidth);
    const ends = openEnds(rule);
    const cells = (halfWidth < 0.01 ? CELLS.open / 2 : CELLS.open) * rule.last;
    const needed = (stride: number) => neededMultiples(ends, ALPHAS, cells, stride);
    if (!suffices(needed(101)) || !suffices(needed(11))) continue;
    const all = needed(1);
    if (suffices(all)) return { halfWidth, z: zRow(z, all) };
  }
}

/** Every cap of a kind that can bind under a rule. */
function capsOf({ last }: Rule, from: number, to: number): number[] {
  const caps = [];
  for (let cap = from; cap < Math.min(to, last); cap++) if (allowedCap(cap) === cap) caps.push(cap);
  return caps;
}

function cappedRow(halfWidth: number, from: number, to: number): Row | null {
  for (let z = from < 1000 ? 2.06 : 2.02; ; z = Number((z + 0.02).toFixed(2))) {
    const rule = ruleOf(z, halfWidth, to);
    const caps = capsOf(rule, from, to);
    if (caps.length === 0) return null;
    const needed = (every: readonly number[], stride: number) =>
      largest(
        every.map((cap) =>
          neededMultiples(cappedEnds(rule, cap), ALPHAS, CELLS.capped * cap + CELLS.least, stride),
        ),
      );
    const some = caps.filter((_, i) => i % 9 === 0);
    if (!suffices(needed(some, 7)) || !suffices(needed(caps, 17))) continue;
    const all = needed(caps, 1);
    if (suffices(all)) return { halfWidth, z: zRow(z, all) };
    process.stderr.write(`  z ${z} did not suffice: ${all[0]}\n`);
  }
}

const literal = (rows: readonly Row[]): string =>
  rows.map(({ halfWidth, z }) => `  { halfWidth: ${halfWidth}, z: [${z.join(', ')}] },`).join('\n');

const started = performance.now();
const say = (what: string, row: Row | null) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stderr.write(
    `${seconds} s ${what} ${row === null ? 'none' : `${row.halfWidth}: ${row.z.join(' ')}`}\n`,
  );
};
const part = process.argv[2];
const open =
  part === 'capped'
    ? []
    : OPEN.toReversed()
        .map((halfWidth) => {
          const row = openRow(halfWidth);
          say('open', row);
          return row;
        })
        .reverse();
const capped =
  part === 'open'
    ? []
    : KINDS_OF_CAP.filter((_, i) => i === Number(process.argv[3])).map(({ from, to }) => ({
        from,
        rows: (from === 1 ? [1e-6] : CAPPED.toReversed())
          .flatMap((halfWidth) => {
            const row = cappedRow(halfWidth, from, to);
            say(`cap ${from} to ${to}`, row);
            return row ?? [];
          })
          .reverse(),
      }));
writeFileSync(
  part === undefined ? OUTPUT : `/tmp/pb/stop-${part}${process.argv[3] ?? ''}.txt`,
  `// Written by \`npm run stop-table\`: how z is found stands there.

/** z of a rule with this half-width, or a larger one whose interval and spread are scaled up, at each of ALPHAS. */
export interface ZRow {
  readonly halfWidth: number;
  readonly z: readonly number[];
}

/** Rules whose cap never binds, by half-width. */
export const OPEN: readonly ZRow[] = [
${literal(open)}
];

/** Rules whose cap can bind: for caps from \`from\` to the next kind, by half-width. */
export const CAPPED: readonly { readonly from: number; readonly rows: readonly ZRow[] }[] = [
${capped.map(({ from, rows }) => `  { from: ${from}, rows: [\n${literal(rows)}\n  ] },`).join('\n')}
];
`,
);
